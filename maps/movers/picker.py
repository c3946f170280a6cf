"""Which moving thing is where: hits, and the place of one. No Qt."""

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera, grid_scale
from maps.geo.mercator import Floats, Grid, from_grid, to_grid
from maps.layers.mover_layer import MoverLayer
from maps.movers.fixes import Fixes
from maps.movers.view import is_wanted

type Rows = npt.NDArray[np.int64]


def hit(
    layer: MoverLayer, camera: Camera, at: float, px: float, py: float, reach: float
) -> int | None:
    """The row nearest to a pixel, at most ``reach`` logical pixels away; None if there is none."""
    if layer.is_density(camera.zoom) or not len(layer.movers):
        return None
    here = to_grid(camera.to_world(px, py))
    units = reach * camera.pixel_ratio / grid_scale(camera)
    rows = _near(layer, here, units)
    if not len(rows):
        return None
    kept, spots = _spots(layer, rows, at)
    away = np.hypot(*(spots - here).T)
    best = int(np.argmin(away)) if len(away) else -1
    return int(kept[best]) if best >= 0 and away[best] <= units else None


def place_of(layer: MoverLayer, mover_id: int, at: float) -> tuple[float, float] | None:
    """Where a thing is shown at this time, in Mercator metres; None if it is unknown."""
    row = layer.movers.row_of(mover_id)
    if row is None:
        return None
    _, spots = _spots(layer, np.array([row]), at)
    if not len(spots):
        return None
    x, y = from_grid(spots[0]).tolist()
    return x, y


def _near(layer: MoverLayer, here: Grid, units: float) -> Rows:
    """Rows that are shown and may be so close."""
    movers = layer.movers
    far = np.zeros(len(movers), dtype=np.bool_)
    for axis in (0, 1):
        # Differences of int32 wrap at the antimeridian as the grid does.
        away = np.abs((movers.newest[:, axis] - here[axis]).astype(np.float32))
        way = np.abs((movers.newest[:, axis] - movers.before[:, axis]).astype(np.float32))
        far |= away > 1.5 * way + units
    return np.flatnonzero(~far & is_wanted(layer, movers.kinds, movers.states))


def _spots(layer: MoverLayer, rows: Rows, at: float) -> tuple[Rows, Floats]:
    """Rows that have a place, and the place of each on the grid."""
    fixes = Fixes.of(layer.movers.take(rows), layer.glide_s, at)
    return rows[fixes.rows], fixes.spots(at)
