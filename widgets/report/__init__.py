"""Report an incident 接报: one form, by keyboard alone, safe against a crash."""

from typing import Any

from app.actions import Action
from app.panels import Area, Panel
from app.services import Services
from app.text import QT_TRANSLATE_NOOP


def _build(services: Services) -> Any:
    from widgets.report.panel import ReportPanel

    return ReportPanel(services)


def _new(_services: Services, window: Any) -> None:
    from widgets.report.panel import ReportPanel

    window.show_panel("report")  # a dock behind others is no child of the window until shown
    panel = window.findChild(ReportPanel)
    if panel is not None:
        panel.begin()


PANEL = Panel(
    id="report",
    title=QT_TRANSLATE_NOOP("Panel", "接报"),
    area=Area.RIGHT,
    build=_build,
    icon="report",
)
ACTIONS = (
    Action(
        id="report.new",
        text=QT_TRANSLATE_NOOP("Action", "接报"),
        tip=QT_TRANSLATE_NOOP("Action", "记录新的来电或发现;写到一半的会接着写"),
        shortcut="F2",
        group=QT_TRANSLATE_NOOP("Action", "事件"),
        run=_new,
    ),
)
