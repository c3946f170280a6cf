"""All layers of the map in their order, and which of them the user wants to see."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.preferences import Preferences
from maps.layers.layer import Layer

ORDER: Final = (
    "sea", "boundary", "skeleton", "roads", "names", "found",
    "facility", "sign", "camera", "incident",
)  # fmt: skip
HIDDEN: Final = "map.hidden"


class LayerStack(QObject):
    """A layer that did not change stays the same object, so that the map keeps its work.

    Signals: changed().
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._layers: dict[str, Layer] = {}
        preferences.changed.connect(self._on_preference)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The lowest first."""
        return tuple(self._layers[name] for name in ORDER if name in self._layers)

    def get(self, layer_id: str) -> Layer | None:
        return self._layers.get(layer_id)

    def put(self, *layers: Layer) -> None:
        """Show these, in place of the former ones with the same ids."""
        for layer in layers:
            self._layers[layer.id] = self._as_wanted(layer)
        self.changed.emit()

    def drop(self, layer_id: str) -> None:
        if self._layers.pop(layer_id, None) is not None:
            self.changed.emit()

    def show(self, layer_id: str, visible: bool) -> None:
        """What the user wants from now on, at every start."""
        hidden = self._hidden()
        hidden.discard(layer_id) if visible else hidden.add(layer_id)
        self._preferences.set(HIDDEN, sorted(hidden))

    def _hidden(self) -> set[str]:
        stored = self._preferences.get(HIDDEN, [])
        return set(stored) if isinstance(stored, Iterable) else set()

    def _as_wanted(self, layer: Layer) -> Layer:
        visible = layer.id not in self._hidden()
        return layer if layer.visible == visible else replace(layer, visible=visible)

    def _on_preference(self, key: str) -> None:
        if key in ("", HIDDEN):
            self._layers = {name: self._as_wanted(layer) for name, layer in self._layers.items()}
            self.changed.emit()
