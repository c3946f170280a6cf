"""Draws requests: keeps one item per layer on the GPU."""

import time
from dataclasses import replace

from maps.geo.camera import Camera
from maps.layers.area_layer import AreaLayer
from maps.layers.layer import Layer
from maps.layers.network_layer import NetworkLayer
from maps.layers.path_layer import PathLayer
from maps.render.area_item import AreaItem, AreaProgram
from maps.render.colour import rgba
from maps.render.gl import GL
from maps.render.line_program import LineProgram, picture_size
from maps.render.network_item import NetworkItem
from maps.render.path_item import PathItem
from maps.render.request import Picture, RenderRequest
from maps.render.target import Target
from maps.theme import MapTheme

# Drawn around the view, as a fraction of it, so that a pan has something to show: less of it while
# pictures take long, because then they had better come soon.
_WIDE, _NARROW = 0.25, 0.12
_LONG = 0.06  # seconds

_DRAWN = (AreaLayer, NetworkLayer, PathLayer)  # the canvas paints the others

type Item = AreaItem | NetworkItem | PathItem


class Scene:
    """Everything that lives on the GPU. Made and used while the context is current."""

    def __init__(self) -> None:
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glBindVertexArray(GL.glGenVertexArrays(1))
        self._target = Target()
        self._areas = AreaProgram()
        self._lines = LineProgram()
        self._items: dict[str, Item] = {}
        self._margin = _WIDE
        self._wanted: tuple[Camera, MapTheme, tuple[Layer, ...]] | None = None
        self._picture: Picture | None = None

    def draw(self, request: RenderRequest) -> Picture:
        """The picture of a request; the last one when nothing that is in it has changed."""
        drawn = tuple(layer for layer in request.layers if isinstance(layer, _DRAWN))
        wanted = (request.camera, request.theme, drawn)
        if self._picture is None or wanted != self._wanted:
            self._picture = self._draw(request)
            self._wanted = wanted
        return replace(self._picture, request=request)

    def _draw(self, request: RenderRequest) -> Picture:
        started = time.perf_counter()
        camera = request.camera.grown(self._margin)
        red, green, blue, _ = rgba(request.theme.land)
        self._target.begin(*picture_size(camera), (red, green, blue))
        self._match(request.layers)
        for layer in request.layers:
            match self._items.get(layer.id):
                case AreaItem() as area if layer.shows_at(camera.zoom):
                    area.draw(self._areas, self._lines, camera, request.theme)
                case (NetworkItem() | PathItem()) as lines if layer.shows_at(camera.zoom):
                    lines.draw(self._lines, camera, request.theme)
        image = self._target.read()
        image.setDevicePixelRatio(camera.pixel_ratio)
        self._margin = _NARROW if time.perf_counter() - started > _LONG else _WIDE
        return Picture(image, camera, request)

    def _match(self, layers: tuple[Layer, ...]) -> None:
        """Make items for new layers, renew those whose data changed, drop the rest."""
        wanted = {layer.id: layer for layer in layers}
        for layer_id in [key for key in self._items if key not in wanted]:
            self._items.pop(layer_id).delete()
        for layer_id, layer in wanted.items():
            item = self._items.get(layer_id)
            if item is not None and _same_data(item.layer, layer):
                item.layer = layer  # type: ignore[assignment]  # same kind: _same_data says so
                continue
            if item is not None:
                self._items.pop(layer_id).delete()
            made = _item(layer)
            if made is not None:
                self._items[layer_id] = made


def _item(layer: Layer) -> Item | None:
    """The GPU side of a layer; None for those that the canvas paints."""
    match layer:
        case AreaLayer():
            return AreaItem(layer)
        case NetworkLayer():
            return NetworkItem(layer)
        case PathLayer():
            return PathItem(layer)
    return None


def _same_data(old: Layer, new: Layer) -> bool:
    match old, new:
        case AreaLayer(), AreaLayer():
            return old.areas is new.areas
        case NetworkLayer(), NetworkLayer():
            return old.network is new.network
        case PathLayer(), PathLayer():
            return old.lines is new.lines
    return False
