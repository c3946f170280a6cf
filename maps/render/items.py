"""Which layers the GPU draws, and what it keeps of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from maps.layers.area_layer import AreaLayer
from maps.layers.heat_layer import HeatLayer
from maps.layers.layer import Layer
from maps.layers.mover_layer import MoverLayer
from maps.layers.network_layer import NetworkLayer
from maps.layers.path_layer import PathLayer
from maps.layers.raster_layer import RasterLayer
from maps.render.area_item import AreaItem
from maps.render.heat_item import HeatItem
from maps.render.item import Item
from maps.render.mover_item import MoverItem
from maps.render.network_item import NetworkItem
from maps.render.path_item import PathItem
from maps.render.raster_item import RasterItem


@dataclass(frozen=True, slots=True)
class Kind:
    """How layers of one type get to the GPU."""

    item: Callable[[Any], Item]
    data: str  # the field that the item is made from; the others may change under it


KINDS: Final[dict[type[Layer], Kind]] = {  # the canvas paints layers of other types
    AreaLayer: Kind(AreaItem, "areas"),
    NetworkLayer: Kind(NetworkItem, "network"),
    PathLayer: Kind(PathItem, "lines"),
    HeatLayer: Kind(HeatItem, "id"),
    RasterLayer: Kind(RasterItem, "raster"),
    MoverLayer: Kind(MoverItem, "id"),  # takes new fixes over, with the trails of the old ones
}


class Items:
    """One item per layer, by id."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}

    def __getitem__(self, layer_id: str) -> Item:
        return self._items[layer_id]

    def match(self, layers: tuple[Layer, ...]) -> None:
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
    if type(old) is not type(new):
        return False
    was, now = (getattr(layer, KINDS[type(new)].data) for layer in (old, new))
    return was is now or (isinstance(was, str) and was == now)
