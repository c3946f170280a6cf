"""Map 地图: the road network with what happens on it."""

from collections.abc import Callable
from typing import Any

from app.actions import Action
from app.panels import Area, Panel
from app.services import Services
from app.text import QT_TRANSLATE_NOOP


def _build(services: Services) -> Any:
    from widgets.map.panel import MapPanel

    return MapPanel(services)


def _on_panel(act: Callable[[Any], None]) -> Callable[[Any, Any], None]:
    def run(_services: Any, window: Any) -> None:
        from widgets.map.panel import MapPanel

        panel = window.findChild(MapPanel)
        if panel is not None:
            act(panel)

    return run


PANEL = Panel(
    id="map", title=QT_TRANSLATE_NOOP("Panel", "地图"), area=Area.CENTRE, build=_build, icon="map"
)
ACTIONS = (
    Action(
        id="map.find",
        text=QT_TRANSLATE_NOOP("Action", "地图查找"),
        tip=QT_TRANSLATE_NOOP("Action", "查找道路、桩号、路口或坐标;在地图上按 Ctrl+F"),
        group=QT_TRANSLATE_NOOP("Action", "地图"),
        run=_on_panel(lambda panel: panel.find_place()),
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
