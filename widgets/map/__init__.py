"""Map 地图: the road network with what happens on it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from app.actions import Action
from app.messages import Level
from app.panels import Area, Panel
from app.services import Services
from app.text import QT_TRANSLATE_NOOP, translate


def prepare(words: str) -> None:
    """Read what lies under every map before the first one is built. Not on the GUI thread."""
    from widgets.map.base import city_base

    city_base(words)


def _build(name: str, services: Services) -> Any:
    from widgets.map.panel import MapPanel

    return MapPanel(services, name)


def _on_panel(act: Callable[[Any], None]) -> Callable[[Any, Any], None]:
    def run(_services: Any, window: Any) -> None:
        from widgets.map.panel import MapPanel

        panels = [panel for panel in window.findChildren(MapPanel) if panel.isVisible()]
        if panels:
            act(max(panels, key=lambda panel: (panel.in_hand, panel.name == PANEL.id)))

    return run


def _open_further(services: Services, window: Any) -> None:
    if not window.open_further("map"):
        text = translate("Map", "最多同时打开 {count} 个地图").format(count=1 + len(FURTHER))
        services.messages.post(Level.INFO, text, key="map.new")


PANEL = Panel(
    id="map",
    title=QT_TRANSLATE_NOOP("Panel", "地图"),
    area=Area.CENTRE,
    build=partial(_build, "map"),
    icon="map",
    keys=(
        ("← → ↑ ↓", QT_TRANSLATE_NOOP("Action", "移动地图;也可拖动或双指滑动")),
        ("Shift ← → ↑ ↓", QT_TRANSLATE_NOOP("Action", "一点点移动,把目标放到地图中心")),
        ("+ −", QT_TRANSLATE_NOOP("Action", "放大、缩小;也可滚轮、双指捏合或双击")),
        ("Home", QT_TRANSLATE_NOOP("Action", "显示全部路网")),
        ("N P", QT_TRANSLATE_NOOP("Action", "选中下一起、上一起事件")),
        ("Space", QT_TRANSLATE_NOOP("Action", "点击地图中心的目标;选点时选取地图中心")),
        ("Enter", QT_TRANSLATE_NOOP("Action", "打开选中的事件或摄像机;选点时选取地图中心")),
        ("L", QT_TRANSLATE_NOOP("Action", "定位所选")),
        ("R", QT_TRANSLATE_NOOP("Action", "所选事件周围的距离圈")),
        ("Tab", QT_TRANSLATE_NOOP("Action", "到图例、查找、图层、工具和坐标")),
        ("Ctrl+F", QT_TRANSLATE_NOOP("Action", "地图查找")),
        ("Ctrl+Shift+C", QT_TRANSLATE_NOOP("Action", "复制光标处的坐标和桩号")),
        ("Esc", QT_TRANSLATE_NOOP("Action", "回到地图;结束选点")),
    ),
)
FURTHER = (
    Panel(
        id="map-2", title=QT_TRANSLATE_NOOP("Panel", "地图 2"), area=Area.CENTRE,
        build=partial(_build, "map-2"), icon="map", further=True,
    ),
    Panel(
        id="map-3", title=QT_TRANSLATE_NOOP("Panel", "地图 3"), area=Area.CENTRE,
        build=partial(_build, "map-3"), icon="map", further=True,
    ),
)  # fmt: skip
ACTIONS = (
    Action(
        id="map.new",
        text=QT_TRANSLATE_NOOP("Action", "新建地图窗口"),
        tip=QT_TRANSLATE_NOOP("Action", "再打开一个地图,有自己的视图和图层,可拖到其他屏幕"),
        group=QT_TRANSLATE_NOOP("Action", "地图"),
        run=_open_further,
    ),
    Action(
        id="map.find",
        text=QT_TRANSLATE_NOOP("Action", "地图查找"),
        tip=QT_TRANSLATE_NOOP("Action", "查找道路、桩号、路口或坐标;在地图上按 Ctrl+F"),
        group=QT_TRANSLATE_NOOP("Action", "地图"),
        run=_on_panel(lambda panel: panel.find_place()),
    ),
    Action(
        id="map.layers",
        text=QT_TRANSLATE_NOOP("Action", "地图图层"),
        tip=QT_TRANSLATE_NOOP("Action", "图层的显示、顺序、透明度、来源和时间"),
        group=QT_TRANSLATE_NOOP("Action", "地图"),
        run=_on_panel(lambda panel: panel.toggle_layers()),
    ),
    Action(
        id="map.rings",
        text=QT_TRANSLATE_NOOP("Action", "距离圈"),
        tip=QT_TRANSLATE_NOOP("Action", "所选事件周围的距离圈;在地图上按 R"),
        group=QT_TRANSLATE_NOOP("Action", "地图"),
        run=_on_panel(lambda panel: panel.toggle_rings()),
    ),
    Action(
        id="map.locate",
        text=QT_TRANSLATE_NOOP("Action", "定位所选"),
        tip=QT_TRANSLATE_NOOP("Action", "把选中的事件或设备移到地图中央;在地图上按 L"),
        group=QT_TRANSLATE_NOOP("Action", "地图"),
        run=_on_panel(lambda panel: panel.locate_selected()),
    ),
    Action(
        id="map.home",
        text=QT_TRANSLATE_NOOP("Action", "地图全图"),
        tip=QT_TRANSLATE_NOOP("Action", "显示全部路网;在地图上按 Home"),
        group=QT_TRANSLATE_NOOP("Action", "地图"),
        run=_on_panel(lambda panel: panel.show_all()),
    ),
)
