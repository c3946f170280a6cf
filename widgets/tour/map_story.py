"""The map in the story: three scales with all that is live, its layers, a second map."""

from datetime import datetime

from app.domain.incident import Incident
from app.selection import Ref
from app.services import Services
from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from widgets.map.base import CITY
from widgets.map.panel import MapPanel
from widgets.tour.driver import Desk
from widgets.tour.player import Picture, Story, Until

STREET_ZOOM = 15.5


def with_traffic(desk: Desk) -> Story:
    """Until the map as it stands shows the traffic of just now."""
    yield from _fresh(desk.services, _map(desk))
    yield Until("地图已绘制", desk.map_is_crisp)


def three_scales(desk: Desk, look: str) -> Story:
    """Region, city and street; `look` goes into the names of the pictures."""
    canvas = _map(desk).canvas
    for name, camera in (
        ("region", canvas.camera.fitted(canvas.home)),
        ("city", canvas.camera.fitted(CITY)),
        ("street", _around_the_case(desk, canvas.camera)),
    ):
        yield from _look(desk, camera)
        yield Picture(f"map-{name}-{look}")


def open_the_layers(desk: Desk, look: str) -> Story:
    panel = _map(desk)
    case = _case(desk)
    desk.services.selection.select(Ref("incident", case.id))
    panel.canvas.setFocus()
    panel.toggle_rings()
    panel.toggle_layers()
    yield Until("图层树打开", panel.overlay.tree.isVisible)
    panel.overlay.tree.view.choose("traffic")
    yield from _look(desk, panel.canvas.camera.zoomed(12.6, 0.0, 0.0).centred(*_spot(case)))
    yield Until("距离圈画出", lambda: panel.stack.get("rings") is not None)
    yield Until("地图已绘制", desk.map_is_crisp)
    yield Picture(f"map-layers-{look}")
    panel.toggle_layers()
    panel.toggle_rings()


def two_maps(desk: Desk) -> Story:
    desk.window.fire("map.new")
    yield Until("第二个地图打开", lambda: _second(desk) is not None)
    second = _second(desk)
    assert second is not None
    yield Until("第二个地图有路网", lambda: second.stack.get("roads") is not None, 20)
    first = _map(desk)
    first.canvas.set_camera(_around_the_case(desk, first.canvas.camera))
    second.canvas.set_camera(second.canvas.camera.fitted(CITY))
    yield from _fresh(desk.services, first)
    yield Until("两个地图已绘制", lambda: first.canvas.is_settled and second.canvas.is_settled)
    yield Picture("map-two")
    assert desk.window.workspace is not None
    desk.window.workspace.docks.docks[second.name].closeDockWidget()
    yield Until("第二个地图关闭", lambda: _second(desk) is None)


def _look(desk: Desk, camera: Camera) -> Story:
    _map(desk).canvas.set_camera(camera)
    yield from with_traffic(desk)


def _fresh(services: Services, panel: MapPanel) -> Story:
    since = services.clock.now()

    def told() -> bool:
        layers = [panel.stack.get(name) for name in ("traffic", "vehicles")]
        fresh = all(layer is not None and _since(layer.as_of, since) for layer in layers)
        return fresh and panel.live.is_current

    yield Until("路况和车辆是此刻的", told)


def _since(as_of: datetime | None, since: datetime) -> bool:
    return as_of is not None and as_of >= since


def _map(desk: Desk) -> MapPanel:
    desk.window.show_panel("map")
    found = [panel for panel in desk.window.findChildren(MapPanel) if panel.name == "map"]
    return found[0]


def _second(desk: Desk) -> MapPanel | None:
    panels = desk.window.findChildren(MapPanel)
    return next((panel for panel in panels if panel.name != "map" and panel.isVisible()), None)


def _around_the_case(desk: Desk, camera: Camera) -> Camera:
    return camera.zoomed(STREET_ZOOM, 0.0, 0.0).centred(*_spot(_case(desk)))


def _case(desk: Desk) -> Incident:
    """An open one with a point."""
    case = desk.entity("incident", lambda c: c.is_open and c.type == "HAZ" and c.place.has_point)
    assert isinstance(case, Incident)
    return case


def _spot(case: Incident) -> tuple[float, float]:
    """Mercator metres."""
    place = case.place
    assert place.lon is not None
    assert place.lat is not None
    return point_to_mercator(place.lon, place.lat)
