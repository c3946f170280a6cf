"""Every panel and every action of the desk, in the order of menus."""

from app.actions import Action
from app.panels import Panel
from widgets import alarms, case, outbox, queue, report, video
from widgets import map as map_panel
from widgets.frame.actions import ACTIONS as FRAME_ACTIONS
from widgets.video import health as video_health

PANELS: tuple[Panel, ...] = (
    queue.PANEL,
    map_panel.PANEL,
    case.PANEL,
    video.PANEL,
    report.PANEL,
    alarms.PANEL,
    outbox.PANEL,
    video_health.PANEL,
    *map_panel.FURTHER,
    *video.FURTHER,
)
ACTIONS: tuple[Action, ...] = (
    *report.ACTIONS,
    *queue.ACTIONS,
    *map_panel.ACTIONS,
    *video.ACTIONS,
    *FRAME_ACTIONS,
)
