"""A layer of moving things on the GPU."""

import numpy as np
import numpy.typing as npt

from maps.geo.mercator import Floats
from maps.layers.mover_layer import MoverLayer
from maps.layers.movers import Movers
from maps.movers.fixes import Fixes, MoverCounts
from maps.movers.view import in_view, is_wanted
from maps.render.colour import rgba
from maps.render.frame import Frame
from maps.render.gl import GL, Buffer, TextureBuffer
from maps.render.heat_program import HeatProgram, HeatSource
from maps.render.mover_program import MoverProgram
from maps.render.mover_styles import mover_styles
from maps.render.trail_item import TrailItem


class MoverItem:
    """One mover layer: its fixes are uploaded once, its places follow from the time."""

    def __init__(self, layer: MoverLayer) -> None:
        self.layer = layer
        self._movers: Movers | None = None
        self._fixes = Fixes.of(layer.movers.take(np.arange(0)), layer.glide_s, 0.0)
        self._watch_key: tuple[object, ...] = ()
        self._watch: tuple[Floats, Floats] = (np.empty(0), np.empty(0))
        self._table = Buffer(GL.GL_ARRAY_BUFFER)
        self._places = HeatSource()
        self._places_key: tuple[object, ...] = ()
        self._places_old = False
        self.density_due = np.inf  # when one of those that count becomes old, seconds since 1970
        self._trails = TrailItem()
        self._styles = TextureBuffer(0, GL.GL_RGBA32F)

    @property
    def counts(self) -> MoverCounts:
        """What became of the movers given last."""
        return self._fixes.counts

    def draw_density(self, frame: Frame) -> None:
        """How many there are, which lies below the roads; what is followed is drawn above them."""
        self._upload(frame.at)
        self._upload_places(frame.at)
        ramp = (frame.theme.unknown,) * 4 if self._places_old else frame.theme.heat
        frame.programs.get(HeatProgram).draw(self._places, self.layer.density, frame, ramp)

    def draw(self, frame: Frame) -> None:
        layer = self.layer
        self._upload(frame.at)
        self._trails.add(layer)
        if not len(self._fixes.table):
            return
        self._styles.upload(mover_styles(layer, frame.theme))
        self._trails.draw(layer, frame, self._styles)
        program = frame.programs.get(MoverProgram)
        program.prepare(frame, layer, self._styles, frame.at - self._fixes.epoch)
        if not layer.is_density(frame.camera.zoom):
            program.draw(self._table, 0, len(self._fixes.table))
        for row in np.flatnonzero(self._followed(frame))[:1].tolist():
            program.draw(self._table, row, 1, rgba(frame.theme.accent))

    def due(self, frame: Frame) -> float:
        """When this picture will no longer be true, in seconds since 1970."""
        at, ends = self._watched(frame)
        now = frame.at
        if ((at <= now) & (now < ends)).any():
            return now
        stale_s = np.inf if self.layer.stale_s is None else self.layer.stale_s
        soon = np.concatenate((at[ends > now], at + stale_s))
        return float(soon[soon > now].min(initial=self._trails.due(now)))

    def delete(self) -> None:
        self._table.delete()
        self._places.delete()
        self._trails.delete()
        self._styles.delete()

    def _upload(self, at: float) -> None:
        if self._movers is self.layer.movers:
            return
        self._movers = self.layer.movers
        self._fixes = Fixes.of(self._movers, self.layer.glide_s, at)
        self._table.upload(self._fixes.table.view(np.uint8))

    def _upload_places(self, at: float) -> None:
        """Only what is not old counts; where everything is old, all of it, to be drawn in grey."""
        layer = self.layer
        key = (self._movers, layer.hidden_kinds, layer.hidden_states, layer.stale_s)
        if key == self._places_key and at < self.density_due:
            return
        wanted, old_at = self._wanted(), self._fixes.old_at(layer.stale_s, at)
        fresh = wanted & (old_at > at)
        self._places_old = not fresh.any()
        self._places.upload(self._fixes.table["newest"][wanted if self._places_old else fresh])
        self._places_key = key
        self.density_due = float(np.ceil(old_at[fresh].min(initial=np.inf)))

    def _watched(self, frame: Frame) -> tuple[Floats, Floats]:
        """Times of the fixes in the picture, and when what moves there stands still."""
        layer, camera = self.layer, frame.camera
        hidden = (layer.hidden_kinds, layer.hidden_states, layer.density_below)
        key = (self._movers, camera, frame.followed, hidden)
        if key != self._watch_key:
            table = self._fixes.table
            shown = in_view(camera, table["before"], table["newest"]) & self._wanted()
            if layer.is_density(camera.zoom):
                shown &= self._followed(frame)
            at = self._fixes.epoch + table["at"][shown].astype(np.float64)
            self._watch_key, self._watch = key, (at, self._fixes.ends()[shown])
        return self._watch

    def _followed(self, frame: Frame) -> npt.NDArray[np.bool_]:
        """(N,) true for what the camera goes with."""
        thing = frame.followed
        if thing is None or thing.layer != self.layer.id:
            return np.zeros(len(self._fixes.ids), dtype=np.bool_)
        rows: npt.NDArray[np.bool_] = self._fixes.ids == thing.id
        return rows

    def _wanted(self) -> npt.NDArray[np.bool_]:
        table = self._fixes.table
        return is_wanted(self.layer, table["kind"], table["state"])
