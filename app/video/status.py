"""What is known of one player at one moment, for tile, health board and evidence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.video.states import StreamState

if TYPE_CHECKING:
    from app.video.address import Quality


class Fault(StrEnum):
    """Why there is no live picture."""

    NONE = "NONE"
    REFUSED = "REFUSED"  # the network: refused, unreachable, name unknown
    TIMEOUT = "TIMEOUT"  # accepted and silent
    UNAUTHORIZED = "UNAUTHORIZED"
    NOT_FOUND = "NOT_FOUND"
    NO_VIDEO = "NO_VIDEO"  # a page, sound only, a codec that nobody knows
    WRONG_CAMERA = "WRONG_CAMERA"
    BAD_STREAM = "BAD_STREAM"  # nothing of it can be decoded
    TOO_LARGE = "TOO_LARGE"
    LOST = "LOST"  # was there, ended
    NO_ADDRESS = "NO_ADDRESS"  # the backend gave none: camera or backend offline


class Mode(StrEnum):
    """A step of the overload ladder."""

    FULL = "FULL"
    HALF = "HALF"
    KEYS = "KEYS"
    STILLS = "STILLS"


class Look(StrEnum):
    """What the picture itself says about its truth."""

    UNKNOWN = "UNKNOWN"
    GOOD = "GOOD"
    FROZEN = "FROZEN"
    BLACK = "BLACK"
    BLURRED = "BLURRED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Times are monotonic seconds. `since`: of the state; `picture_at`: arrival of the newest
    decoded frame, shown or not; `loss`: share of the frames of the last `loss_over_s`
    (five minutes at the most) that never came, None before the first one; `size`: of the stream in pixels."""

    state: StreamState = StreamState.IDLE
    fault: Fault = Fault.NONE
    attempt: int = 0
    since: float = 0.0
    picture_at: float | None = None
    lag_s: float = 0.0
    quality: "Quality | None" = None
    size: tuple[int, int] | None = None
    fps: float = 0.0
    loss: float | None = None
    loss_over_s: float = 0.0
    mode: Mode = Mode.FULL
    look: Look = Look.UNKNOWN
    look_since: float | None = None
    demo: bool = False
