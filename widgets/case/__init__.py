"""The case page 事件页: one case, its next acts, duties, facts and timeline."""

from typing import Any

from app.panels import Area, Panel


def _build(services: Any) -> Any:
    from widgets.case.panel import CasePanel

    return CasePanel(services)


PANEL = Panel(id="case", title="事件", area=Area.RIGHT, build=_build, icon="case")
