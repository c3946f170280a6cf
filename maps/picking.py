"""What is under the cursor: points first, then what moves, then roads, then areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from maps.geo.camera import Camera
from maps.geo.mercator import point_to_lonlat
from maps.layers.area_layer import AreaLayer
from maps.layers.mover_layer import MoverLayer
from maps.layers.network_layer import NetworkLayer
from maps.movers.picker import hit, place_of
from maps.network.index import nearest
from maps.points.point_item import PointItem

_POINT_REACH_PX: Final = 11.0
_ROAD_REACH_PX: Final = 7.0
_ONE_PLACE_DEG: Final = 5e-6


@dataclass(frozen=True, slots=True)
class PickedPoint:
    """A point, or a cluster of several."""

    layer: str
    id: str  # of the point that speaks for the cluster
    ids: tuple[str, ...]  # all of the cluster
    stacked: bool  # they are all at one place, so that no zoom parts them
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class PickedRoad:
    """A road link and the nearest place on it."""

    layer: str
    link: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class PickedMover:
    """A thing that moves, where it is shown now."""

    layer: str
    id: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class PickedArea:
    """An area, and the place in it that was hit."""

    layer: str
    id: str
    lon: float
    lat: float


type Picked = PickedPoint | PickedMover | PickedRoad | PickedArea


@dataclass(frozen=True, slots=True)
class Pickable:
    """What can be hit."""

    points: Sequence[PointItem] = ()
    movers: Sequence[MoverLayer] = ()
    roads: Sequence[NetworkLayer] = ()
    classes: frozenset[int] | None = None  # of the roads that are drawn; None: all
    areas: Sequence[AreaLayer] = ()  # the lowest first
    at: float = 0.0  # where the movers are: seconds since 1970, UTC


def pick(among: Pickable, camera: Camera, px: float, py: float) -> Picked | None:
    """The thing at a pixel, or None.

    Layers come by their pick rank; within one layer the topmost symbol wins.
    """
    for item in sorted(among.points, key=lambda item: -item.layer.pick_rank):
        found = _point(item, camera, px, py)
        if found is not None:
            return found
    for movers in sorted(among.movers, key=lambda layer: -layer.pick_rank):
        found_mover = _mover(movers, camera, among.at, px, py)
        if found_mover is not None:
            return found_mover
    for layer in among.roads:
        found_road = _road(layer, among.classes, camera, px, py)
        if found_road is not None:
            return found_road
    for area in reversed(among.areas):
        found_area = _area(area, camera, px, py)
        if found_area is not None:
            return found_area
    return None


def _point(item: PointItem, camera: Camera, px: float, py: float) -> PickedPoint | None:
    hit = item.hit(camera, px, py, _POINT_REACH_PX)
    if hit is None:
        return None
    cluster, row = hit
    layer = item.layer
    rows = item.rows_of(camera, cluster)
    lon, lat = layer.lonlat[row].tolist()
    ids = tuple(layer.ids[i] for i in rows)
    stacked = len(rows) > 1 and bool(np.ptp(layer.lonlat[rows], axis=0).max() < _ONE_PLACE_DEG)
    return PickedPoint(layer.id, layer.ids[row], ids, stacked, lon, lat)


def _mover(
    layer: MoverLayer, camera: Camera, at: float, px: float, py: float
) -> PickedMover | None:
    row = hit(layer, camera, at, px, py, _POINT_REACH_PX)
    if row is None:
        return None
    mover_id = int(layer.movers.ids[row])
    place = place_of(layer, mover_id, at)
    return None if place is None else PickedMover(layer.id, mover_id, *point_to_lonlat(*place))


def _road(
    layer: NetworkLayer, classes: frozenset[int] | None, camera: Camera, px: float, py: float
) -> PickedRoad | None:
    x, y = camera.to_world(px, py)
    reach = _ROAD_REACH_PX * camera.pixel_ratio
    hit = nearest(layer.network, x, y, camera.device_zoom, reach, classes)
    if hit is None:
        return None
    return PickedRoad(layer.id, hit.link, *point_to_lonlat(hit.x, hit.y))


def _area(layer: AreaLayer, camera: Camera, px: float, py: float) -> PickedArea | None:
    x, y = camera.to_world(px, py)
    row = layer.areas.at(x, y)
    return None if row is None else PickedArea(layer.id, layer.ids[row], *point_to_lonlat(x, y))
