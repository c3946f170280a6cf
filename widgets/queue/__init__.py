"""Incident queue 事件队列: every case in sight, what needs a person first."""

from typing import Any

from app.actions import Action
from app.panels import Area, Panel
from app.services import Services
from app.text import QT_TRANSLATE_NOOP


def _build(services: Services) -> Any:
    from widgets.queue.panel import QueuePanel

    return QueuePanel(services)


def _step(rows: int, window: Any) -> None:
    """Walk in the list that has the focus, else in the queue."""
    from PySide6.QtWidgets import QApplication

    from widgets.queue.panel import QueuePanel
    from widgets.shared.row_view import RowView

    focused = QApplication.focusWidget()
    walked = focused if isinstance(focused, RowView) else window.findChild(QueuePanel)
    if walked is not None:
        walked.step(rows)


PANEL = Panel(
    id="queue",
    title=QT_TRANSLATE_NOOP("Panel", "事件队列"),
    area=Area.LEFT,
    build=_build,
    icon="queue",
)
ACTIONS = (
    Action(
        id="queue.next",
        text=QT_TRANSLATE_NOOP("Action", "下一起事件"),
        tip=QT_TRANSLATE_NOOP("Action", "在队列中选中下面一起"),
        shortcut="J",
        group=QT_TRANSLATE_NOOP("Action", "事件"),
        run=lambda services, window: _step(1, window),
    ),
    Action(
        id="queue.previous",
        text=QT_TRANSLATE_NOOP("Action", "上一起事件"),
        tip=QT_TRANSLATE_NOOP("Action", "在队列中选中上面一起"),
        shortcut="K",
        group=QT_TRANSLATE_NOOP("Action", "事件"),
        run=lambda services, window: _step(-1, window),
    ),
)
