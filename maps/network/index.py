"""Which road is under the cursor."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import UNITS_PER_METRE, Grid, to_grid, units_per_pixel
from maps.network.network import Network
from maps.network.tiles import Box


@dataclass(frozen=True, slots=True)
class Hit:
    """The nearest link and the nearest point on it."""

    link: int
    x: float  # Mercator metres
    y: float
    distance: float  # Mercator metres


def nearest(
    network: Network,
    x: float,
    y: float,
    zoom: float,
    radius_px: float,
    classes: frozenset[int] | None = None,
) -> Hit | None:
    """The link nearest to a Mercator position, as it is drawn at this zoom, or None.

    :param radius_px: how far to look, in pixels at the zoom
    :param classes: only links of these RoadClass values
    """
    reach = radius_px * units_per_pixel(zoom)
    cx, cy = (int(v) for v in to_grid([x, y]))
    rows = network.tiles(zoom).within(
        Box(int(cx - reach), int(cy - reach), int(cx + reach), int(cy + reach))
    )
    if classes is not None:
        rows = rows[np.isin(network.classes[rows[:, 4]], list(classes))]
    if not len(rows):
        return None
    points = _nearest_points(rows, cx, cy)
    distance = np.hypot(points[:, 0], points[:, 1])
    best = int(distance.argmin())
    if distance[best] > reach:
        return None
    dx, dy = points[best] / UNITS_PER_METRE
    return Hit(int(rows[best, 4]), x + dx, y + dy, float(distance[best]) / UNITS_PER_METRE)


def _nearest_points(rows: Grid, cx: int, cy: int) -> npt.NDArray[np.float64]:
    """(N, 2) nearest point on each segment, in grid units from the centre."""
    with np.errstate(over="ignore"):
        start = (rows[:, 0:2] - np.array([cx, cy], np.int32)).astype(np.float64)
        step = (rows[:, 2:4] - rows[:, 0:2]).astype(np.float64)
    length2 = np.maximum((step * step).sum(axis=1), 1.0)
    along = np.clip(-(start * step).sum(axis=1) / length2, 0.0, 1.0)
    nearest: npt.NDArray[np.float64] = start + step * along[:, None]
    return nearest
