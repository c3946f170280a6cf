"""The case page 事件页: one case, its next acts, duties, facts and timeline."""

from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.panels import Area, Panel


def _build(services: Any) -> Any:
    from widgets.case.panel import CasePanel

    return CasePanel(services)


PANEL = Panel(
    id="case", title=QT_TRANSLATE_NOOP("Panel", "事件"), area=Area.RIGHT, build=_build, icon="case"
)
