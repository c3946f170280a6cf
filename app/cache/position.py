"""How far the cache has followed the server."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """`rev` of the change log `epoch` is in the cache. `generation` counts synchronisations
    from 0; `swept` is the last one that reached the head and cleaned up."""

    epoch: str = ""
    rev: int = 0
    generation: int = 1
    swept: int = 0

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Position":
        numbers = {
            name: int(texts[name]) for name in ("rev", "generation", "swept") if name in texts
        }
        return cls(epoch=texts.get("epoch", ""), **numbers)

    def texts(self) -> dict[str, str]:
        return {
            "epoch": self.epoch,
            "rev": str(self.rev),
            "generation": str(self.generation),
            "swept": str(self.swept),
        }
