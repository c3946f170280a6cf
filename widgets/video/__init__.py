"""The video wall 视频: cameras, tiles, tours, health."""

from collections.abc import Callable
from functools import partial
from typing import Any

from app.actions import Action
from app.messages import Level
from app.panels import Area, Panel
from app.services import Services
from app.text import QT_TRANSLATE_NOOP, translate


def _build(name: str, services: Services) -> Any:
    from widgets.video.panel import VideoPanel

    return VideoPanel(services, name)


def _open_further(services: Services, window: Any) -> None:
    if not window.open_further("video", floating=True):
        text = translate("Video", "最多同时打开 {count} 面视频墙").format(count=1 + len(FURTHER))
        services.messages.post(Level.INFO, text, key="video.new")


def _on_panel(act: Callable[[Any], None]) -> Callable[[Any, Any], None]:
    """On the wall that has the keyboard, else on the first that is to be seen."""

    def run(_services: Any, window: Any) -> None:
        from widgets.video.panel import VideoPanel

        panels = [panel for panel in window.findChildren(VideoPanel) if panel.isVisible()]
        if panels:
            act(max(panels, key=lambda panel: (panel.in_hand, panel.name == PANEL.id)))

    return run


KEYS = (
    ("1 2 3 …", QT_TRANSLATE_NOOP("Action", "选中该号窗;两位数连续键入")),
    ("← → ↑ ↓", QT_TRANSLATE_NOOP("Action", "移到相邻的窗;放大时换下一路")),
    ("F Enter", QT_TRANSLATE_NOOP("Action", "把选中的画面放大到整面墙,再按返回;也可双击")),
    ("P", QT_TRANSLATE_NOOP("Action", "固定选中的窗,事件联动和轮巡不占用")),
    ("Del", QT_TRANSLATE_NOOP("Action", "清空选中的窗")),
    ("R", QT_TRANSLATE_NOOP("Action", "立即重新连接")),
    (
        "Z",
        QT_TRANSLATE_NOOP("Action", "在选中的画面上操作云台:拖动、滚轮、方向键、PgUp PgDn、数字"),
    ),
    ("Esc", QT_TRANSLATE_NOOP("Action", "返回多画面;返回事件联动前的原画面")),
    ("Enter F", QT_TRANSLATE_NOOP("Action", "在摄像机列表中:上墙、收藏")),
    ("Space", QT_TRANSLATE_NOOP("Action", "在轮巡表中:暂停、继续")),
)
PANEL = Panel(
    id="video",
    title=QT_TRANSLATE_NOOP("Panel", "视频"),
    area=Area.CENTRE,
    build=partial(_build, "video"),
    icon="video",
    keys=KEYS,
)
FURTHER = (
    Panel(
        id="video-2", title=QT_TRANSLATE_NOOP("Panel", "视频 2"), area=Area.CENTRE,
        build=partial(_build, "video-2"), icon="video", further=True,
    ),
    Panel(
        id="video-3", title=QT_TRANSLATE_NOOP("Panel", "视频 3"), area=Area.CENTRE,
        build=partial(_build, "video-3"), icon="video", further=True,
    ),
)  # fmt: skip
ACTIONS = (
    Action(
        id="video.new",
        text=QT_TRANSLATE_NOOP("Action", "新建视频墙"),
        tip=QT_TRANSLATE_NOOP("Action", "再打开一面视频墙,有自己的画面和布局,可拖到其他屏幕"),
        group=QT_TRANSLATE_NOOP("Action", "视频"),
        run=_open_further,
    ),
    Action(
        id="video.back",
        text=QT_TRANSLATE_NOOP("Action", "视频返回原画面"),
        tip=QT_TRANSLATE_NOOP("Action", "结束放大或事件联动;在视频墙上按 Esc"),
        group=QT_TRANSLATE_NOOP("Action", "视频"),
        run=_on_panel(lambda panel: panel.keeper.back()),
    ),
)
