"""What the scene expects of the GPU side of a layer."""

from typing import Any, Protocol, runtime_checkable

from maps.movers.fixes import MoverCounts
from maps.render.frame import Frame


class Item(Protocol):
    """Holds one layer on the GPU."""

    layer: Any

    def draw(self, frame: Frame) -> None: ...
    def delete(self) -> None: ...


@runtime_checkable
class LiveItem(Item, Protocol):
    """One that looks different later without a new layer."""

    @property
    def counts(self) -> MoverCounts: ...

    def due(self, frame: Frame) -> float:
        """When the frame will no longer be true, in seconds since 1970."""
        ...
