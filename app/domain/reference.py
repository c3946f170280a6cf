"""Things along the road that a case refers to: signs, facilities."""

from dataclasses import dataclass

from app.domain.incident import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A variable message sign 可变情报板."""

    id: str
    version: int = 0
    code: str = ""
    name: str = ""
    place: Place = Place()
    org_id: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """`category` is a code of the `facility` list: toll station, depot, hospital …"""

    id: str
    version: int = 0
    category: str = ""
    name: str = ""
    place: Place = Place()
    phone: str = ""
    org_id: str = ""
    demo: bool = False
