"""What every layer tells about itself."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.datum import Datum


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layer:
    """Where a layer's data come from and how old they are, and how it is to be shown.

    Layers are the same when they are the same object: columns are never compared.
    """

    id: str
    title: str
    source: str
    datum: Datum = Datum.WGS84  # of the source; the coordinates held here are WGS-84
    as_of: datetime | None = None  # UTC; None when the source does not say
    stale_s: float | None = None  # age in seconds from which on it is old; None: it does not age
    demo: bool = False  # simulated; the screen says so
    group: str = ""  # the branch of the layer tree that it stands in
    visible: bool = True
    opacity: float = 1.0  # 0 to 1
    zooms: tuple[float, float] = (0.0, 30.0)  # first and last zoom at which it shows

    def shows_at(self, zoom: float) -> bool:
        """True if it is to be drawn at this zoom."""
        return self.visible and self.zooms[0] <= zoom <= self.zooms[1]
