"""Paints placed labels: those that come and go fade, those that stay do not change."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from maps.geo.camera import Camera
from maps.geo.mercator import Floats
from maps.labels.place import Box
from maps.labels.placed import NEAR_PX, PlacedLabels

FADE_S: Final = 0.15
_MARGIN_PX: Final = 200.0  # a label's middle may be this far outside and still reach in
_SOFT: Final = 0.08  # zoom levels over which a label gives way
_FARTHEST: Final = 2.0  # zoom levels: labels of a picture this much nearer say nothing


class LabelPainter:
    """The labels of the newest picture, and those of the one before that fade away."""

    def __init__(self) -> None:
        self.placed = PlacedLabels()
        self._gone = PlacedLabels()
        self._came = np.empty(0)  # (N,) when each of the placed ones came, in seconds
        self._went = np.empty(0)
        self._zoom = math.inf  # at which they were painted last
        self._fading_to = 0.0

    def take(self, placed: PlacedLabels, now: float) -> None:
        """Show these from now on; what has nothing in common with what was there comes at once."""
        if placed is self.placed:
            return
        before, self.placed = self.placed, placed
        seen = _apart(before, self._zoom) > 0.0
        strength, keys, here = self._in(now) * seen, _keys(before), set(_keys(placed))
        going = zip(_keys(self._gone), self._out(now).tolist(), strict=True)
        if here.isdisjoint(keys):
            self._gone, self._went = PlacedLabels(), np.empty(0)
            self._came = np.full(len(placed.labels), now - FADE_S)
            return
        came = {key: now - FADE_S * part for key, part in going if part > 0.0}
        standing = zip(keys, self._came.tolist(), seen.tolist(), strict=True)
        came |= {key: since for key, since, is_seen in standing if is_seen}
        away = np.array([key not in here for key in keys], dtype=np.bool_)
        self._gone = before.chosen(np.flatnonzero(away))
        self._went = now - FADE_S * (1.0 - strength[away])
        # What is new waits until what goes is gone: it may stand in its place.
        free = FADE_S + self._went.max(initial=now - FADE_S)
        self._came = np.array([came.get(key, free) for key in _keys(placed)])
        self._fading_to = FADE_S + max(self._came.max(initial=0.0), self._went.max(initial=0.0))

    def fades(self, now: float) -> bool:
        """Whether the labels look different a moment later although nothing moves."""
        return now < self._fading_to

    def paint(
        self, painter: QPainter, camera: Camera, obstacles: tuple[Box, ...], now: float
    ) -> None:
        """Paint the labels where the camera sees them now; towards an obstacle they fade."""
        self._zoom = camera.zoom
        if self.fades(now):
            _paint(painter, self._gone, camera, obstacles, self._out(now))
        _paint(painter, self.placed, camera, obstacles, self._in(now))

    def _in(self, now: float) -> Floats:
        return np.clip((now - self._came) / FADE_S, 0.0, 1.0)

    def _out(self, now: float) -> Floats:
        return np.clip(1.0 - (now - self._went) / FADE_S, 0.0, 1.0)


def _keys(placed: PlacedLabels) -> list[tuple[str, int]]:
    return [label.key for label in placed.labels]


def _paint(
    painter: QPainter,
    placed: PlacedLabels,
    camera: Camera,
    obstacles: tuple[Box, ...],
    strength: Floats,
) -> None:
    spots = camera.points_to_screen(placed.spots)
    strength = strength * _clear(placed.boxes + np.tile(spots, 2), obstacles)
    strength *= _apart(placed, camera.zoom) * placed.opacity
    rows = _visible(placed, spots, camera, strength)
    ratio, usual = camera.pixel_ratio, painter.opacity()
    places, strengths = spots[rows].tolist(), strength[rows].tolist()
    for row, (x, y), opacity in zip(rows.tolist(), places, strengths, strict=True):
        sprite = placed.sprites[row]
        y += placed.labels[row].shift
        # Whole device pixels keep the glyphs sharp.
        left = round(x * ratio - sprite.width() / 2) / ratio
        top = round(y * ratio - sprite.height() / 2) / ratio
        if opacity < 1.0:
            painter.setOpacity(usual * opacity)
        painter.drawImage(QPointF(left, top), sprite)
        if opacity < 1.0:
            painter.setOpacity(usual)


def _clear(boxes: Floats, obstacles: tuple[Box, ...]) -> Floats:
    """(N,) 0 for what touches an obstacle, 1 for what keeps its distance."""
    if not obstacles or not len(boxes):
        return np.ones(len(boxes))
    others = np.array(obstacles)
    gaps = np.maximum(others[:, None, :2] - boxes[:, 2:], boxes[:, :2] - others[:, None, 2:])
    clear: Floats = np.clip(gaps.max(axis=2).min(axis=0) / NEAR_PX, 0.0, 1.0)
    return clear


def _apart(placed: PlacedLabels, zoom: float) -> Floats:
    """(N,) towards 0 for what comes to touch a more important label as the camera moves away."""
    if placed.camera is None:
        return np.ones(len(placed.labels))
    room = np.clip(placed.camera.zoom - placed.apart_from, 1e-6, _SOFT)
    return np.clip((zoom - placed.apart_from) / room, 0.0, 1.0)


def _visible(
    placed: PlacedLabels, spots: Floats, camera: Camera, strength: Floats
) -> npt.NDArray[np.int64]:
    """The labels in view that are to be seen at all."""
    if placed.camera is None or camera.zoom < placed.camera.zoom - _FARTHEST:
        return np.empty(0, dtype=np.int64)
    room = (camera.width + _MARGIN_PX, camera.height + _MARGIN_PX)
    near = ((spots > -_MARGIN_PX) & (spots < room)).all(axis=1)
    return np.flatnonzero(near & (strength > 0.0))
