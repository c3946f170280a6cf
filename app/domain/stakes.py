"""Stake numbers 桩号 as people write and say them.

`K123+456` is 123 km and 456 m from the zero of a route. Letters before the K name a
ramp (`AK0+120`), a word after it one of two equal stakes of a long chain (`K10+050长`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class StakeProblem(StrEnum):
    """Why a text is no stake; screens translate it."""

    EMPTY = "empty"
    NO_STAKE = "no_stake"
    METRES = "metres"
    TWO_DIRECTIONS = "two_directions"


class StakeError(ValueError):
    """A text that cannot be read as a stake; `reason` is a StakeProblem."""

    def __init__(self, reason: StakeProblem, text: str) -> None:
        super().__init__(f"{reason}: {text!r}")
        self.reason = reason
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """One stake: metres from zero, ramp letters, and the label of a long chain."""

    metres: float
    branch: str = ""
    label: str = ""

    def __str__(self) -> str:
        return format_stake(self.metres, self.branch, self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeReference:
    """What a text says of a place on a route; everything but `start` may be missing.

    `route` is a code such as G2, `words` other words (a road's name), `direction` the
    words of a direction as written (上行, down, 北京方向).
    """

    start: Stake
    end: Stake | None = None
    route: str = ""
    words: str = ""
    direction: str = ""


ROUTE_CODE: Final = re.compile(r"[GSXYCZ]\d{1,4}[A-Z]?")

_STAKE: Final = (
    r"(?:(?P<branch{n}>[A-Z]{{0,2}})(?P<k{n}>K)|(?<!-))(?P<km{n}>\d{{1,4}})"
    r"(?:\+(?P<m{n}>\d+(?:\.\d+)?))?(?P<label{n}>[长短]?)"
)
_RANGE: Final = re.compile(
    r"(?<![A-Z\d+.])"
    + _STAKE.format(n=1)
    + r"(?:\s*[~\-–—至到]\s*"
    + _STAKE.format(n=2).replace("(?<!-)", "")
    + r")?(?![\d+.])",
    re.IGNORECASE,
)
_ROUTE_BEFORE: Final = re.compile(
    r"(?P<route>[GSXYCZ] ?\d{1,4}(?:[A-Z](?![A-Z]?K?\d))?)(?![\d+])", re.IGNORECASE
)
_DIRECTION: Final = re.compile(
    r"上行|下行|\b(?:up|down)\b|[一-鿿]+方向|[A-Za-z]+ ?bound\b", re.IGNORECASE
)
_NOISE: Final = re.compile(r"[\s()\[\],，。;:、/]+")
_TOWARDS: Final = re.compile(r"^(?:开往|去往|[往向去至到])+")


def format_stake(metres: float, branch: str = "", label: str = "") -> str:
    """Write a stake to the metre: 110300 is K110+300."""
    whole = round(metres)
    return f"{branch}K{whole // 1000}+{whole % 1000:03d}{label}"


def normal_code(text: str) -> str | None:
    """Return the route code in its one spelling (`g 2` is G2), or None if it is none."""
    code = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()
    return code if ROUTE_CODE.fullmatch(code) else None


def parse(text: str) -> StakeReference:
    """Read one stake or a range with whatever route and direction stand around it.

    Raises StakeError.
    """
    plain = re.sub(r"\s*\+\s*", "+", unicodedata.normalize("NFKC", text)).strip()
    if not plain:
        raise StakeError(StakeProblem.EMPTY, text)
    route, rest = _take_route(plain)
    match = _first_stake(rest)
    if match is None:
        raise StakeError(StakeProblem.NO_STAKE, text)
    around = f"{rest[: match.start()]} {rest[match.end() :]}"
    direction, words = _take_direction(around, text)
    has_end = match["km2"] is not None
    return StakeReference(
        start=_stake(match, 1, text),
        end=_stake(match, 2, text) if has_end else None,
        route=route,
        words=words,
        direction=direction,
    )


def towards(direction: str) -> str:
    """Return the place that a direction names: 往北京方向 is 北京."""
    return _TOWARDS.sub("", direction.removesuffix("方向")).strip()


def _take_route(text: str) -> tuple[str, str]:
    match = _ROUTE_BEFORE.search(text)
    if match is None:
        return "", text
    return match["route"].upper().replace(
        " ", ""
    ), f"{text[: match.start()]} {text[match.end() :]}".strip()


def _first_stake(text: str) -> re.Match[str] | None:
    """A bare number is no stake: it needs the K or the +."""
    return next((m for m in _RANGE.finditer(text) if m["k1"] or m["m1"]), None)


def _take_direction(around: str, text: str) -> tuple[str, str]:
    found = _DIRECTION.findall(around)
    if len(set(found)) > 1:
        raise StakeError(StakeProblem.TWO_DIRECTIONS, text)
    words = _NOISE.sub(" ", _DIRECTION.sub(" ", around)).strip()
    return (found[0] if found else ""), words


def _stake(match: re.Match[str], n: int, text: str) -> Stake:
    metres = float(match[f"m{n}"] or 0)
    if metres >= 1000:
        raise StakeError(StakeProblem.METRES, text)
    branch = match[f"branch{n}"] or (match["branch1"] if n == 2 else "")
    return Stake(
        metres=int(match[f"km{n}"]) * 1000 + metres,
        branch=branch.upper(),
        label=match[f"label{n}"],
    )
