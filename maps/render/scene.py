"""Draws requests: what stands still is kept as a picture, what moves is drawn above it."""

import math
import time
from dataclasses import dataclass, replace
from typing import Final

from maps.geo.camera import Camera
from maps.layers.layer import Layer
from maps.layers.mover_layer import MoverLayer
from maps.layers.network_layer import NetworkLayer
from maps.render.colour import rgba
from maps.render.frame import Frame, Programs
from maps.render.gl import GL
from maps.render.item import LiveItem
from maps.render.items import KINDS, Items
from maps.render.line_program import picture_size
from maps.render.mover_item import MoverItem
from maps.render.request import Followed, Picture, RenderRequest
from maps.render.target import Reader, Target
from maps.render.veil import Veil
from maps.theme import MapTheme

# Drawn around the view, as a fraction of it, so that a pan has something to show: less of it while
# pictures take long, because then they had better come soon.
_WIDE, _NARROW = 0.25, 0.12
_LONG: Final = 0.06  # seconds
_USED_UP: Final = 0.4  # of the margin: then the next picture has its middle elsewhere
_WHOLE_PX: Final = 0.02  # what is less than this beside whole device pixels is not seen

type Layers = tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class _Base:
    """What the picture of the things that stand still shows."""

    view: Camera
    camera: Camera  # sees a margin around the view
    theme: MapTheme
    layers: Layers
    due: float = math.inf  # when it will no longer be true, in seconds since 1970


class Scene:
    """Everything that lives on the GPU. Made and used while the context is current."""

    def __init__(self) -> None:
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glBindVertexArray(GL.glGenVertexArrays(1))
        self._programs = Programs()
        self._items = Items()
        self._below, self._whole = Target(), Target()
        self._reader = Reader()
        self._margin = _WIDE
        self._largest = GL.glGetInteger(GL.GL_MAX_TEXTURE_SIZE)
        self._base: _Base | None = None
        self._above: tuple[Layers, Followed | None] = ((), None)
        self._picture: Picture | None = None

    def draw(self, request: RenderRequest) -> Picture:
        """The picture of a request; the last one when nothing that is in it has changed."""
        started = time.perf_counter()
        below, above = _parted(request)
        base = self._base
        kept = base if base is not None and _serves(base, request, below) else None
        picture = self._picture
        if kept is not None and picture is not None and self._is_true(picture, above, request):
            return replace(picture, request=request)
        self._items.match(request.layers)
        self._base = kept or self._draw_base(request, below)
        self._picture = self._finish(self._base, above, request)
        self._above = above, request.followed
        if kept is None:
            self._margin = _NARROW if time.perf_counter() - started > _LONG else _WIDE
        return self._picture

    def _is_true(self, picture: Picture, above: Layers, request: RenderRequest) -> bool:
        same = (above, request.followed) == self._above
        return same and picture.request.at <= request.at < picture.due

    def _draw_base(self, request: RenderRequest, layers: Layers) -> _Base:
        camera = request.camera.grown(self._margin, self._largest)
        self._below.begin(*picture_size(camera), rgba(request.theme.land))
        base = _Base(request.camera, camera, request.theme, layers)
        self._draw_layers(self._frame(base, self._below, request), layers)
        items = (self._items[layer.id] for layer in layers)
        dues = (item.density_due for item in items if isinstance(item, MoverItem))
        return replace(base, due=min(dues, default=math.inf))

    def _finish(self, base: _Base, above: Layers, request: RenderRequest) -> Picture:
        """Draw what moves above the base, and read the picture."""
        target = self._below
        if above:
            target = self._whole
            target.begin_with(self._below)
        frame = self._frame(base, target, request)
        self._draw_layers(frame, above)
        image = self._reader.read(target)
        image.setDevicePixelRatio(base.camera.pixel_ratio)
        items = ((layer.id, self._items[layer.id]) for layer in above)
        live = {layer_id: item for layer_id, item in items if isinstance(item, LiveItem)}
        return Picture(
            image,
            base.camera,
            request,
            due=min((base.due, *(item.due(frame) for item in live.values()))),
            counts={layer_id: item.counts for layer_id, item in live.items()},
        )

    def _draw_layers(self, frame: Frame, layers: Layers) -> None:
        for layer in layers:
            item = self._items[layer.id]
            draw = item.draw
            if isinstance(item, MoverItem) and frame.target is self._below:
                draw = item.draw_density
            if layer.opacity < 1.0:
                self._programs.get(Veil).draw(draw, frame, layer.opacity)
            else:
                draw(frame)

    def _frame(self, base: _Base, target: Target, request: RenderRequest) -> Frame:
        return Frame(
            base.camera, request.theme, self._programs, target, request.followed, request.at
        )


def _parted(request: RenderRequest) -> tuple[Layers, Layers]:
    """What is to be seen, parted where the first layer is that moves.

    How many of its things there are is the ground of the roads: it must not tint their states.
    """
    zoom = request.camera.zoom
    drawn = tuple(
        layer
        for layer in request.layers
        if type(layer) in KINDS and layer.shows_at(zoom) and layer.opacity > 0.0
    )
    moving = (number for number, layer in enumerate(drawn) if isinstance(layer, MoverLayer))
    first = next(moving, len(drawn))
    roads = (number for number, layer in enumerate(drawn) if isinstance(layer, NetworkLayer))
    ground = min(next(roads, first), first)
    densities = (o for o in drawn if isinstance(o, MoverLayer) and o.is_density(zoom))
    return (*drawn[:ground], *densities, *drawn[ground:first]), drawn[first:]


def _serves(base: _Base, request: RenderRequest, below: Layers) -> bool:
    """Whether the base is still what is to be seen, perhaps moved by whole pixels."""
    view, camera = base.view, request.camera
    if (base.theme, base.layers) != (request.theme, below) or request.at >= base.due:
        return False
    if replace(camera, x=view.x, y=view.y) != view:
        return False
    x, y = view.to_screen(camera.x, camera.y)
    return _near(x - view.width / 2, base.camera.width - view.width, view) and _near(
        y - view.height / 2, base.camera.height - view.height, view
    )


def _near(way: float, margins: int, view: Camera) -> bool:
    beside = abs(way * view.pixel_ratio - round(way * view.pixel_ratio))
    return abs(way) <= _USED_UP * margins / 2 and beside < _WHOLE_PX
