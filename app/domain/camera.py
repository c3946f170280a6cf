"""A camera 摄像机 along the road: its health, its presets and who may move it (handbook 5.5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.incident import Place

PRESETS = range(1, 256)
"""Numbers that a head knows: one byte in GB/T 28181 (A.3), and 0 is none."""


class Health(StrEnum):
    """`camera.health`. Nothing is known of a camera until somebody or something says so."""

    UNKNOWN = "UNKNOWN"
    ONLINE = "ONLINE"
    OFFLINE = "OFFLINE"
    FAULT = "FAULT"
    MAINTENANCE = "MAINTENANCE"


class FaultKind(StrEnum):
    """`camera.fault` while the health is FAULT."""

    NO_PICTURE = "NO_PICTURE"
    BLACK = "BLACK"
    BLUR = "BLUR"
    FROZEN = "FROZEN"


class PtzLink(StrEnum):
    """`camera.ptz`: over which way the head is moved; empty where there is none."""

    ONVIF = "ONVIF"
    GATEWAY = "GATEWAY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A kept position. `picture`: SHA-256 of what is seen from there, empty if none was taken."""

    number: int
    name: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PtzLock:
    """Who moves the head, until when. `taken_from`: the user it was taken over from, who is to
    be told; empty if it was free."""

    user_id: str
    rank: int
    until: datetime
    taken_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """`code` is the 20-digit GB/T 28181 number; `node` the kind of place it watches.

    `patrol`: a head that goes back to its home preset when nobody moves it. `streams` are the
    qualities it has: sub, main. `lock` and `maintained_until` end by the clock alone: ask
    `lock_at` and `health_at`.
    """

    id: str
    version: int = 0
    code: str = ""
    name: str = ""
    node: str = ""
    place: Place = Place()
    org_id: str = ""
    demo: bool = False
    health: str = Health.UNKNOWN
    fault: str = ""
    health_since: datetime | None = None
    maintained_until: datetime | None = None
    ptz: str = ""
    patrol: bool = False
    presets: tuple[Preset, ...] = ()
    lock: PtzLock | None = None
    streams: tuple[str, ...] = ()

    def lock_at(self, now: datetime) -> PtzLock | None:
        """The lock that holds at a time; None: the head is free."""
        return self.lock if self.lock is not None and self.lock.until > now else None

    def health_at(self, now: datetime) -> str:
        """After the end of its maintenance nobody knows how a camera is until somebody looks."""
        until = self.maintained_until
        over = self.health == Health.MAINTENANCE and until is not None and until <= now
        return Health.UNKNOWN if over else self.health

    def preset(self, number: int) -> Preset | None:
        return next((preset for preset in self.presets if preset.number == number), None)
