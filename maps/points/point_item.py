"""A point layer as it stands in a view: clusters by zoom, positions, hits. No Qt."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from maps.geo.camera import Camera
from maps.geo.mercator import Floats, is_place
from maps.labels.label import Label, LabelStyle
from maps.layers.point_layer import PointLayer, Symbol
from maps.points.clusters import Clusters, cluster, zoom_step

SIZE_PX: Final = {
    Symbol.SEVERITY_1: 24.0, Symbol.SEVERITY_2: 26.0, Symbol.SEVERITY_3: 28.0,
    Symbol.SEVERITY_4: 22.0, Symbol.SEVERITY_UNKNOWN: 22.0, Symbol.PLANNED: 20.0,
    Symbol.CAMERA: 16.0, Symbol.SIGN: 16.0, Symbol.TOLL: 16.0, Symbol.SERVICE: 16.0,
    Symbol.FACILITY: 16.0,
}  # fmt: skip
BADGE_PX: Final = 10.0  # how far a count stands out of its symbol
_LABEL_DOWN_PX: Final = 15.0  # clear of the own symbol
_LABELS: Final = 20.0  # priority of texts beside symbols


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Clusters within a view, the lowest first."""

    clusters: Clusters
    numbers: npt.NDArray[np.int64]  # (K,) clusters in view
    spots: Floats  # (K, 2) logical pixels


class PointItem:
    """One point layer. Each thread has its own."""

    def __init__(self, layer: PointLayer) -> None:
        self.layer = layer
        self._clusters: dict[int | None, Clusters] = {}
        self._radii: Floats | None = None
        self._rows: dict[str, int] | None = None

    def row_of(self, point_id: str) -> int | None:
        """The row of a point that has a place; None when the layer has no such point."""
        if self._rows is None:
            self._rows = {key: row for row, key in enumerate(self.layer.ids)}
        row = self._rows.get(point_id)
        placed = row is not None and bool(is_place(self.layer.lonlat[row]))
        return row if placed else None

    def count_at(self, row: int) -> int:
        """How many points are where this one is."""
        return int((self.layer.lonlat == self.layer.lonlat[row]).all(axis=1).sum())

    def shown(self, camera: Camera, margin: float = 20.0) -> Shown:
        """What of the layer is within the view or this close to it, in pixels."""
        clusters = self._at(camera.zoom)
        spots = camera.points_to_screen(clusters.spots)
        spots[:, 1] -= self.layer.lift
        inside = (
            (spots[:, 0] > -margin) & (spots[:, 0] < camera.width + margin)
            & (spots[:, 1] > -margin) & (spots[:, 1] < camera.height + margin)
        )  # fmt: skip
        if not self.layer.shows_at(camera.zoom):
            inside[:] = False
        numbers = np.flatnonzero(inside)
        return Shown(clusters, numbers, spots[numbers])

    def hit(self, camera: Camera, px: float, py: float, reach: float) -> tuple[int, int] | None:
        """The topmost cluster under a pixel: its number and the row that speaks for it."""
        shown = self.shown(camera)
        if not len(shown.numbers):
            return None
        rows = shown.clusters.rows[shown.numbers]
        radius = self._radius(rows)
        distance = np.hypot(shown.spots[:, 0] - px, shown.spots[:, 1] - py)
        under = np.flatnonzero(distance <= np.maximum(radius, reach))
        if not len(under):
            return None
        top = int(under[-1])
        return int(shown.numbers[top]), int(rows[top])

    def rows_of(self, camera: Camera, number: int) -> list[int]:
        """All rows of a cluster at this zoom, the one that speaks for it first."""
        rows: list[int] = self._at(camera.zoom).rows_of(number).tolist()
        return rows

    def boxes(self, camera: Camera) -> list[tuple[float, float, float, float]]:
        """What the symbols cover, in pixels; the badge of a cluster stands out to the upper right."""
        shown = self.shown(camera)
        radius = self._radius(shown.clusters.rows[shown.numbers])
        (x, y), badge = shown.spots.T, (shown.clusters.counts[shown.numbers] > 1) * BADGE_PX
        boxes = np.column_stack((x - radius, y - radius - badge, x + radius + badge, y + radius))
        return list(map(tuple, boxes.tolist()))

    def labels(self, camera: Camera) -> list[Label]:
        """Texts beside the single symbols in view."""
        layer = self.layer
        if not layer.labels or camera.zoom < layer.labels_from:
            return []
        shown = self.shown(camera)
        single = shown.numbers[shown.clusters.counts[shown.numbers] == 1]
        spots = shown.clusters.spots[single].tolist()
        rows = shown.clusters.rows[single].tolist()
        return [
            self._label(row, x, y)
            for row, (x, y) in zip(rows, spots, strict=True)
            if layer.labels[row]
        ]

    def _label(self, row: int, x: float, y: float) -> Label:
        shift = SIZE_PX[self.layer.symbols[row]] / 2.0 + _LABEL_DOWN_PX - self.layer.lift
        priority = _LABELS - self.layer.pick_rank
        key = (f"{self.layer.id}/{self.layer.ids[row]}", 0)
        text = self.layer.labels[row]
        return Label(key, text, LabelStyle.POINT, x, y, priority, shift=shift)

    def _at(self, zoom: float) -> Clusters:
        layer = self.layer
        step = zoom_step(layer.cluster_below, zoom)
        if layer.clusters is not None:
            return layer.clusters.steps[step]
        if step not in self._clusters:
            self._clusters[step] = cluster(layer.lonlat, layer.ranks, step)
        return self._clusters[step]

    def _radius(self, rows: npt.NDArray[np.int64]) -> Floats:
        """Half the size of each of these symbols, in pixels."""
        if self._radii is None:
            self._radii = np.array([SIZE_PX[symbol] / 2.0 for symbol in self.layer.symbols])
        return self._radii[rows]
