"""The case page 事件页: one case, its next acts, duties, facts and timeline."""

from typing import Any

from app.panels import Area, Panel
from app.text import QT_TRANSLATE_NOOP


def _build(services: Any) -> Any:
    from widgets.case.panel import CasePanel

    return CasePanel(services)


PANEL = Panel(
    id="case", title=QT_TRANSLATE_NOOP("Panel", "事件"), area=Area.RIGHT, build=_build, icon="case"
)
