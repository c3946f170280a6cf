"""What changed, as it travels: one change from the server, one batch to the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PUT = "put"
DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row of the change stream. `entity` is None for a drop (no longer in sight)."""

    rev: int
    op: str
    kind: str
    id: str
    entity: Any = None


@dataclass(frozen=True, slots=True)
class KindChanges:
    added: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()

    @property
    def touched(self) -> frozenset[str]:
        return self.added | self.updated | self.removed


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids per kind. Views read the store for the rest."""

    kinds: Mapping[str, KindChanges] = field(default_factory=dict)

    def of(self, kind: str) -> KindChanges:
        return self.kinds.get(kind, KindChanges())

    def __bool__(self) -> bool:
        return bool(self.kinds)
