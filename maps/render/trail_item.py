"""The trails of one layer of moving things."""

import math

import numpy as np

from maps.geo.camera import Camera
from maps.layers.mover_layer import MoverLayer
from maps.layers.movers import Movers
from maps.movers.history import History, Rows
from maps.movers.view import in_view, is_wanted
from maps.render.frame import Frame
from maps.render.gl import TextureBuffer
from maps.render.trail_program import TrailProgram, TrailSource


class TrailItem:
    """Remembers former fixes and draws the way that things in view have come."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._history = History(1.0)
        self._given: Movers | None = None
        self._source = TrailSource()
        self._uploaded: tuple[object, ...] = ()
        self._gone_at = -math.inf  # when all that was uploaded has faded

    def add(self, layer: MoverLayer) -> None:
        """Remember the fixes of a layer; without trails nothing is kept."""
        if layer.trail_s != self._seconds:
            self._seconds, self._history, self._given = layer.trail_s, History(layer.trail_s), None
            self._gone_at = -math.inf
        if layer.trail_s > 0.0 and layer.movers is not self._given:
            self._history.add(layer.movers)
            self._given = layer.movers

    def draw(self, layer: MoverLayer, frame: Frame, styles: TextureBuffer) -> None:
        if self._seconds <= 0.0:
            return
        thing = frame.followed
        followed = thing.id if thing is not None and thing.layer == layer.id else None
        zoom = frame.camera.zoom
        everyone = zoom >= layer.trails_from and not layer.is_density(zoom)
        key = (
            self._given,
            frame.camera,
            followed,
            everyone,
            layer.hidden_kinds,
            layer.hidden_states,
        )
        if key != self._uploaded:
            rows = self._rows(layer, frame.camera, followed, everyone)
            trails = self._history.trails(rows, layer.glide_s)
            self._source.upload(trails, float(np.floor(frame.at)))
            self._gone_at = float(trails["end_at"].max(initial=-np.inf)) + self._seconds
            self._uploaded = key
        if self._source.count:
            frame.programs.get(TrailProgram).draw(self._source, frame, styles, self._seconds)

    def due(self, at: float) -> float:
        """When trails have faded a little more."""
        return at + self._seconds / 40.0 if at < self._gone_at else math.inf

    def delete(self) -> None:
        self._source.delete()

    def _rows(
        self, layer: MoverLayer, camera: Camera, followed: int | None, everyone: bool
    ) -> Rows:
        movers = self._history.movers
        if movers is None:
            return np.empty(0, dtype=np.int64)
        shown = in_view(camera, movers.before, movers.newest) & everyone
        if followed is not None:
            shown |= movers.ids == followed
        return np.flatnonzero(shown & is_wanted(layer, movers.kinds, movers.states))
