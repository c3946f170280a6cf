"""All layers of one map in their order, each as the user wants it."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from maps.layers.area_layer import AreaLayer
from maps.layers.layer import Layer
from maps.layers.link_states import LinkStates
from maps.layers.network_layer import NetworkLayer
from maps.layers.traffic_layer import TrafficLayer
from widgets.map.layers.wishes import Wish, Wishes

ORDER: Final = (
    "sea", "boundary", "skeleton", "districts", "density", "roads", "traffic", "names", "stakes",
    "found", "rings", "facility", "sign", "camera", "vehicles", "incident",
)  # fmt: skip
"""The lowest first; a layer that is not named here lies below the roads if it is an area, else
below the facilities."""


class LayerStack(QObject):
    """A layer that did not change stays the same object, so that the map keeps its work.

    Signals: changed().
    """

    changed = Signal()

    def __init__(self, wishes: Wishes, parent: QObject) -> None:
        super().__init__(parent)
        self.wishes = wishes
        self._given: dict[str, Layer] = {}  # as they came
        self._layers: dict[str, Layer] = {}  # as they are wanted
        self._made: dict[str, tuple[Layer, Wish]] = {}  # of what
        self._coloured: tuple[NetworkLayer, LinkStates, NetworkLayer] | None = None
        wishes.changed.connect(self._on_wishes_changed)

    @property
    def all(self) -> tuple[Layer, ...]:
        """Every layer, the lowest first."""
        ids = sorted(self._layers, key=self._rank)
        return tuple(self._layers[layer_id] for layer_id in self._moved(ids))

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What the map draws, the lowest first: traffic shows on its roads."""
        drawn = [layer for layer in self.all if not isinstance(layer, TrafficLayer)]
        traffic = next((o for o in self._layers.values() if isinstance(o, TrafficLayer)), None)
        if traffic is None or not traffic.visible:
            return tuple(drawn)
        return tuple(self._with_traffic(layer, traffic) for layer in drawn)

    def get(self, layer_id: str) -> Layer | None:
        return self._layers.get(layer_id)

    def put(self, *layers: Layer) -> None:
        """Show these, in place of the former ones with the same ids."""
        for layer in layers:
            self._given[layer.id] = layer
            self._want(layer)
        self.changed.emit()

    def drop(self, layer_id: str) -> None:
        if self._given.pop(layer_id, None) is not None:
            del self._layers[layer_id], self._made[layer_id]
            self.changed.emit()

    def show(self, layer_id: str, visible: bool) -> None:
        """What the user wants from now on, at every start."""
        self.wishes.wish(layer_id, visible=visible)

    def wish(self, layer_id: str, **values: Any) -> None:
        """As `show`, for `visible`, `opacity` and `zooms`."""
        self.wishes.wish(layer_id, **values)

    def move(self, layer_id: str, before: str | None) -> None:
        """Put a layer directly below another of its group; None: above all of the group."""
        ids = [layer.id for layer in self.all if layer.group == self._layers[layer_id].group]
        ids.remove(layer_id)
        ids.insert(len(ids) if before is None else ids.index(before), layer_id)
        others = [known for known in self.wishes.order if known not in ids]
        self.wishes.set_order([*others, *ids])

    def _rank(self, layer_id: str) -> tuple[int, str]:
        if layer_id in ORDER:
            return ORDER.index(layer_id), ""
        above = "districts" if isinstance(self._layers[layer_id], AreaLayer) else "found"
        return ORDER.index(above), layer_id

    def _moved(self, ids: list[str]) -> list[str]:
        """The layers of a group share out the places that they have among themselves."""
        wanted = {layer_id: at for at, layer_id in enumerate(self.wishes.order)}
        moved = list(ids)
        for group in {self._layers[layer_id].group for layer_id in ids if layer_id in wanted}:
            places = [
                at for at, layer_id in enumerate(ids) if self._layers[layer_id].group == group
            ]
            mine = [ids[at] for at in places]
            ordered = iter(sorted((i for i in mine if i in wanted), key=lambda i: wanted[i]))
            for at, layer_id in zip(places, mine, strict=True):
                moved[at] = next(ordered) if layer_id in wanted else layer_id
        return moved

    def _with_traffic(self, layer: Layer, traffic: TrafficLayer) -> Layer:
        if not isinstance(layer, NetworkLayer) or layer.id != traffic.network:
            return layer
        known = self._coloured
        if known is None or known[0] is not layer or known[1] is not traffic.states:
            states = replace(layer, states=traffic.states)
            known = self._coloured = (layer, traffic.states, states)
        return known[2]

    def _on_wishes_changed(self) -> None:
        for layer in self._given.values():
            self._want(layer)
        self.changed.emit()

    def _want(self, layer: Layer) -> None:
        wish = self.wishes.of(layer.id)
        made = self._made.get(layer.id)
        if made is None or made[0] is not layer or made[1] != wish:
            self._layers[layer.id] = wish.applied(layer)
            self._made[layer.id] = (layer, wish)
