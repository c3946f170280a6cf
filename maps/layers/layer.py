"""What every layer tells about itself."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.datum import Datum


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Where a layer's data come from and how old they are."""

    id: str
    title: str
    source: str
    datum: Datum = Datum.WGS84  # of the source; the coordinates held here are WGS-84
    as_of: datetime | None = None  # UTC; None when the source does not say
    visible: bool = True
