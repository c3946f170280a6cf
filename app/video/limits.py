"""The limits of resources/rules/video_streams.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.video.status import Fault

_RULES: Final = Path(__file__).parents[2] / "resources" / "rules" / "video_streams.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLimits:
    schemes: frozenset[str]
    connect_s: float
    read_s: float
    first_frame_s: float
    at_once: int
    slow_s: float
    host_spacing_s: float
    max_pixels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveLimits:
    stalled_s: float
    lost_s: float
    hidden_s: float
    close_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryLimits:
    steps_s: tuple[float, ...]
    hidden_s: float
    hidden_steps: int
    shorter: tuple[float, float]
    lasting: frozenset[Fault]
    lasting_s: float
    other_quality: frozenset[Fault]
    no_address_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LagLimits:
    convert_s: float
    thin_s: float
    patience_s: float
    drop_s: float
    reconnect_s: float
    jump_s: float
    drift: float
    drift_most: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeLimits:
    half_hz: float
    stills_s: float
    look_s: float
    loss_window_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    open: OpenLimits
    live: LiveLimits
    retry: RetryLimits
    lag: LagLimits
    mode: ModeLimits


@cache
def stream_limits() -> Limits:
    """Raises OSError, TypeError for a figure too many or too few, ValueError for a fault."""
    read: dict[str, Any] = tomllib.loads(_RULES.read_text("utf-8"))
    opening, retry = dict(read["open"]), dict(read["retry"])
    opening["schemes"] = frozenset(opening["schemes"])
    for name in ("steps_s", "shorter"):
        retry[name] = tuple(retry[name])
    for name in ("lasting", "other_quality"):
        retry[name] = frozenset(Fault(fault) for fault in retry[name])
    return Limits(
        open=OpenLimits(**opening),
        live=LiveLimits(**read["live"]),
        retry=RetryLimits(**retry),
        lag=LagLimits(**read["lag"]),
        mode=ModeLimits(**read["mode"]),
    )
