"""What the queue shows and in which order: plain values that a saved view can hold."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any


class Sort(StrEnum):
    """Cases that nobody has accepted stand on top in every order."""

    DUE = "due"
    TIME = "time"
    SEVERITY = "severity"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """All conditions hold together; an empty set means any.

    `level` III means III and worse. `areas` are adcodes, `routes` route codes; "" in a set
    stands for unknown. `text` is split at spaces and every word must be found.
    """

    closed: bool = False
    mine: bool = False
    unaccepted: bool = False
    level: str = ""
    types: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    text: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(plain(self.text).split())

    @property
    def narrowed(self) -> bool:
        """True if something beyond open or closed hides cases."""
        return self != Filter(closed=self.closed)

    def to_json(self) -> dict[str, Any]:
        known = asdict(self)
        return {k: sorted(v) if isinstance(v, frozenset) else v for k, v in known.items()}

    @classmethod
    def from_json(cls, raw: object) -> "Filter":
        """Read a saved filter; what is damaged or unknown is left out."""
        found = cls()
        if not isinstance(raw, Mapping):
            return found
        known: dict[str, Any] = {}
        for name, default in asdict(found).items():
            value = raw.get(name)
            if isinstance(default, frozenset) and isinstance(value, list):
                known[name] = frozenset(map(str, value))
            elif isinstance(value, type(default)) and not isinstance(value, frozenset):
                known[name] = value
        return replace(found, **known)


def plain(text: str) -> str:
    """Text as it is compared: full-width and upper case make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()
