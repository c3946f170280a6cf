"""How a user wants the layers: kept by map and role, over what the role sees at first."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from app.domain.rules import RULES_DIR
from app.preferences import Preferences
from maps.layers.layer import Layer

_SETS: Final = RULES_DIR / "layer_sets.toml"


@dataclass(frozen=True, slots=True)
class Wish:
    """None: as the layer comes. The last two are for things that move: rows that are hidden."""

    visible: bool | None = None
    opacity: float | None = None
    zooms: tuple[float, float] | None = None
    hidden_kinds: frozenset[int] | None = None
    hidden_states: frozenset[int] | None = None

    def applied(self, layer: Layer) -> Layer:
        """The layer as it is wanted; the same object where nothing differs."""
        wanted: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and value != getattr(layer, field.name, value):
                wanted[field.name] = value
        return replace(layer, **wanted) if wanted else layer


class Wishes(QObject):
    """Signals: changed(): some layer is wanted in another way."""

    changed = Signal()

    def __init__(
        self, preferences: Preferences, role: Callable[[], str], map_name: str, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._preferences, self._role, self._map = preferences, role, map_name
        self._wishes: dict[str, Wish] = {}
        self._order: tuple[str, ...] = ()
        self._read()
        preferences.changed.connect(self._on_preference)

    @property
    def order(self) -> tuple[str, ...]:
        """Ids that the user has put into an order, the lowest first; empty: nobody has."""
        return self._order

    def of(self, layer_id: str) -> Wish:
        return self._wishes.get(layer_id, Wish())

    def wish(self, layer_id: str, **values: Any) -> None:
        """What the user wants from now on, at every start."""
        stored = self._stored()
        layers = {**stored.get("layers", {})}
        layers[layer_id] = {**layers.get(layer_id, {}), **values}
        self._preferences.set(self._key, {**stored, "layers": layers})

    def set_order(self, ids: Iterable[str]) -> None:
        self._preferences.set(self._key, {**self._stored(), "order": list(ids)})

    def reset(self) -> None:
        """Back to what the role sees at first."""
        self._preferences.set(self._key, {})

    @property
    def is_first(self) -> bool:
        """True while the user has changed nothing."""
        return not self._stored()

    @property
    def _key(self) -> str:
        return f"{self._map}.layers.{self._role()}"

    def _stored(self) -> dict[str, Any]:
        stored = self._preferences.get(self._key, {})
        return stored if isinstance(stored, dict) else {}

    def _on_preference(self, key: str) -> None:
        if key in ("", self._key):
            self._read()
            self.changed.emit()

    def _read(self) -> None:
        stored = self._stored()
        self._wishes = {layer_id: Wish(visible=False) for layer_id in first_hidden(self._role())}
        rows = stored.get("layers")
        for layer_id, row in (rows if isinstance(rows, dict) else {}).items():
            self._wishes[layer_id] = _wish(row, self.of(layer_id))
        order = stored.get("order")
        self._order = tuple(map(str, order)) if isinstance(order, list) else ()


def _wish(row: Any, first: Wish) -> Wish:
    """What was stored, as far as it makes sense."""
    if not isinstance(row, Mapping):
        return first
    match row.get("visible"):
        case bool(visible):
            first = replace(first, visible=visible)
    match row.get("opacity"):
        case float() | int() as opacity:
            first = replace(first, opacity=min(max(float(opacity), 0.0), 1.0))
    match row.get("zooms"):
        case [float() | int() as low, float() | int() as high] if low <= high:
            first = replace(first, zooms=(float(low), float(high)))
    for name in ("hidden_kinds", "hidden_states"):
        rows = row.get(name)
        if isinstance(rows, list):
            hidden: dict[str, Any] = {name: frozenset(o for o in rows if isinstance(o, int))}
            first = replace(first, **hidden)
    return first


def first_hidden(role: str) -> tuple[str, ...]:
    """Layers that a role does not see until it asks for them."""
    hidden: tuple[str, ...] = _sets().get(role, _sets()[""])
    return hidden


@cache
def _sets() -> dict[str, tuple[str, ...]]:
    read = tomllib.loads(_SETS.read_text("utf-8"))
    return {"": tuple(read["hidden"])} | {role: tuple(ids) for role, ids in read["roles"].items()}
