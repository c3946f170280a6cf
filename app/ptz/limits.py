"""What a move that comes late is worth, and how long a stop is tried: resources/rules/ptz.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.domain.rules import RULES_DIR


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds; what each is for stands in the file, table `moves`."""

    repeat_s: float
    late_s: float
    refused_after_s: float
    silence_s: float
    gap_s: float
    timeout_s: float
    stop_for_s: float
    closing_s: float
    renew_below_s: float


@cache
def load_limits(folder: Path = RULES_DIR) -> Limits:
    """Raises OSError, tomllib.TOMLDecodeError or TypeError on a broken file."""
    return Limits(**tomllib.loads((folder / "ptz.toml").read_text("utf-8"))["moves"])
