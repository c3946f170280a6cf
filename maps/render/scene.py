"""Draws requests: keeps one item per layer on the GPU."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from maps.geo.camera import Camera
from maps.layers.area_layer import AreaLayer
from maps.layers.layer import Layer
from maps.layers.network_layer import NetworkLayer
from maps.layers.path_layer import PathLayer
from maps.render.area_item import AreaItem
from maps.render.colour import rgba
from maps.render.frame import Frame, Programs
from maps.render.gl import GL
from maps.render.line_program import picture_size
from maps.render.network_item import NetworkItem
from maps.render.path_item import PathItem
from maps.render.request import Picture, RenderRequest
from maps.render.target import Target
from maps.theme import MapTheme

# Drawn around the view, as a fraction of it, so that a pan has something to show: less of it while
# pictures take long, because then they had better come soon.
_WIDE, _NARROW = 0.25, 0.12
_LONG = 0.06  # seconds


class Item(Protocol):
    """The GPU side of one layer."""

    layer: Any

    def draw(self, frame: Frame) -> None: ...
    def delete(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """How layers of one type get to the GPU."""

    item: Callable[[Any], Item]
    data: str  # the field that the item is made from; the others may change under it


KINDS: Final[dict[type[Layer], Kind]] = {  # the canvas paints layers of other types
    AreaLayer: Kind(AreaItem, "areas"),
    NetworkLayer: Kind(NetworkItem, "network"),
    PathLayer: Kind(PathItem, "lines"),
}


class Scene:
    """Everything that lives on the GPU. Made and used while the context is current."""

    def __init__(self) -> None:
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE, GL.GL_ONE_MINUS_SRC_ALPHA)
        GL.glBindVertexArray(GL.glGenVertexArrays(1))
        self._target = Target()
        self._programs = Programs()
        self._items: dict[str, Item] = {}
        self._margin = _WIDE
        self._wanted: tuple[Camera, MapTheme, tuple[Layer, ...]] | None = None
        self._picture: Picture | None = None

    def draw(self, request: RenderRequest) -> Picture:
        """The picture of a request; the last one when nothing that is in it has changed."""
        drawn = tuple(layer for layer in request.layers if type(layer) in KINDS)
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
        frame = Frame(camera, request.theme, self._programs)
        for layer in request.layers:
            item = self._items.get(layer.id)
            if item is not None and layer.shows_at(camera.zoom):
                item.draw(frame)
        image = self._target.read()
        image.setDevicePixelRatio(camera.pixel_ratio)
        self._margin = _NARROW if time.perf_counter() - started > _LONG else _WIDE
        return Picture(image, camera, request)

    def _match(self, layers: tuple[Layer, ...]) -> None:
        """Make items for new layers, renew those whose data changed, drop the rest."""
        wanted = {layer.id: layer for layer in layers if type(layer) in KINDS}
        for layer_id in [key for key in self._items if key not in wanted]:
            self._items.pop(layer_id).delete()
        for layer_id, layer in wanted.items():
            item = self._items.get(layer_id)
            if item is not None and _same_data(item.layer, layer):
                item.layer = layer
                continue
            if item is not None:
                self._items.pop(layer_id).delete()
            self._items[layer_id] = KINDS[type(layer)].item(layer)


def _same_data(old: Layer, new: Layer) -> bool:
    field = KINDS[type(new)].data
    return type(old) is type(new) and getattr(old, field) is getattr(new, field)
