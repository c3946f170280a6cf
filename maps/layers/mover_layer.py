"""Things that move: vehicles of the road authority, coaches, dangerous goods, patrols."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from maps.layers.heat import HeatScale
from maps.layers.layer import Layer
from maps.layers.movers import Movers

_DENSITY: Final = HeatScale(radius=18.0, full=80.0)
NOTHING: Final[frozenset[int]] = frozenset()


class MoverShape(StrEnum):
    """What a kind looks like, so that colour is not alone.

    Where the heading is unknown, each has a form of its own that points nowhere.
    """

    ARROW = "arrow"  # notched; a disc
    WEDGE = "wedge"  # slender triangle; a square
    KITE = "kite"  # a diamond
    CHEVRON = "chevron"  # an open angle; a bar


@dataclass(frozen=True, slots=True)
class MoverKind:
    """One kind of thing and how it is drawn."""

    label: str
    shape: MoverShape = MoverShape.ARROW
    colour: str = "device"  # field of MapTheme


@dataclass(frozen=True, slots=True)
class MoverState:
    """One state; what needs attention has a ring in this colour and is larger."""

    label: str
    mark: str | None = None  # field of MapTheme


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MoverLayer(Layer):
    """N moving things as columns. New fixes come as a new layer with the same id.

    A thing is shown on its way from the fix before to the newest one: the way takes as long as lay
    between the two, so that it arrives when the next fix is due. Then it stays where it is.
    What is older than ``stale_s`` is grey and hollow.
    """

    movers: Movers
    kinds: tuple[MoverKind, ...]
    states: tuple[MoverState, ...] = (MoverState(""),)
    hidden_kinds: frozenset[int] = NOTHING  # rows of kinds that are not shown
    hidden_states: frozenset[int] = NOTHING
    glide_s: float = 10.0  # no way takes longer than this
    trail_s: float = 0.0  # length of the trails; 0 for none
    trails_from: float = 12.0  # no trails below this zoom
    density_below: float = 0.0  # below this zoom how many there are, not each of them
    density: HeatScale = _DENSITY
    pick_rank: int = 0  # the layer with the higher one is hit first

    def is_density(self, zoom: float) -> bool:
        """True where no single thing is drawn or hit."""
        return zoom < self.density_below
