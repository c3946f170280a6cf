"""One row of a case's timeline 时间线. Rows are only ever added."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    EVENT = "EVENT"  # the case changed: state, owner, level, facts
    REPORT = "REPORT"  # another call or source on the same case
    NOTE = "NOTE"
    ATTACHMENT = "ATTACHMENT"
    OBLIGATION = "OBLIGATION"  # a report was sent or waived


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """One fact before and after, as short texts that a person reads."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept by content hash. `size` in bytes, `width`/`height` px when it is a picture.

    `camera_id` and `taken_at` (UTC, its first picture) when it came from a camera of the wall.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    camera_id: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who did what, when, from which seat, why. `at` is when it happened at the seat."""

    id: str
    version: int = 0
    incident_id: str
    type: str
    event: str = ""
    at: datetime
    author_id: str = ""
    author_name: str = ""
    seat: str = ""
    from_state: str | None = None
    to_state: str | None = None
    reason: str = ""
    text: str = ""
    changes: tuple[FactChange, ...] = ()
    source: str = ""
    caller: str = ""
    caller_number: str = ""
    attachment: Attachment | None = None
    org_id: str = ""
    demo: bool = False
