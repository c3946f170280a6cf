"""A coordinate as people type it -> WGS-84.

Understood: decimal degrees and degrees-minutes-seconds, hemisphere as letter or Chinese word before
or after, either order, full-width marks, and a datum's name anywhere.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from maps.geo.datum import Datum, to_wgs84

_DATUMS: Final = (
    (Datum.GCJ02, re.compile(r"GCJ[-_ ]?02|国测局|火星(坐标)?|高德(坐标)?|腾讯(坐标)?", re.I)),
    (Datum.BD09, re.compile(r"BD[-_ ]?09(LL)?|百度(坐标)?", re.I)),
    (Datum.CGCS2000, re.compile(r"CGCS[-_ ]?2000|国家2000|2000国家|(国家)?大地2000", re.I)),
    (Datum.WGS84, re.compile(r"WGS[-_ ]?(19)?84|GPS|国际坐标", re.I)),
)
_WORDS: Final = {
    "北纬": "N", "南纬": "S", "东经": "E", "西经": "W", "纬度": " ", "经度": " ", "坐标系": " ",
    "坐标": " ", "度": "°", "分": "'", "秒": '"', "′": "'", "″": '"', "’": "'", "”": '"', "‘": "'",
    "“": '"', "''": '"', "º": "°", "˚": "°", "、": ",", "。": ".", "−": "-",
}  # fmt: skip
_NUMBER: Final = r"\d+(?:\.\d+)?"
_ANGLE: Final = (
    rf"(?P<sign{{0}}>[+-]?)\s*(?P<deg{{0}}>{_NUMBER})"
    rf"(?:\s*°(?:\s*(?P<min{{0}}>{_NUMBER})\s*'(?:\s*(?P<sec{{0}}>{_NUMBER})\s*\")?)?)?"
)
_ANGLES: Final = re.compile(
    rf"(?P<before>[NSEW])\s*{_ANGLE.format(1)}|{_ANGLE.format(2)}\s*(?P<after>[NSEW])?"
)
_PLAIN: Final = re.compile(rf"\s*[+-]?{_NUMBER}(?:[\s,]+{_NUMBER}){{3,5}}\s*")
# Where an order that could be either way is taken to be right: China and its seas.
_LON_BOX: Final = (72.0, 138.0)
_LAT_BOX: Final = (3.0, 56.0)


class CoordinateFault(StrEnum):
    """Why a text is no coordinate."""

    EMPTY = "empty"
    NOT_TWO = "not_two"  # not exactly two numbers
    EXTRA = "extra"  # something is left over
    SAME_AXIS = "same_axis"  # two latitudes or two longitudes
    MINUTES = "minutes"  # minutes or seconds of 60 and more
    RANGE = "range"  # beyond ±180 or ±90 degrees


class CoordinateError(ValueError):
    """The text is no coordinate; ``fault`` says why."""

    def __init__(self, fault: CoordinateFault, text: str) -> None:
        super().__init__(f"{fault}: {text!r}")
        self.fault = fault


@dataclass(frozen=True, slots=True)
class TypedCoordinate:
    """What was typed, in WGS-84 degrees."""

    lon: float
    lat: float
    datum: Datum  # the one that was typed, WGS-84 when none was
    guessed: bool  # the order was not said and both orders were possible


@dataclass(frozen=True, slots=True)
class _Angle:
    value: float
    axis: str | None  # "lon", "lat", None when not said


def parse_coordinate(text: str) -> TypedCoordinate:
    """:raises CoordinateError: when the text is no coordinate"""
    datum, rest = _take_datum(unicodedata.normalize("NFKC", text))
    rest = _with_letters(rest)
    if not rest.strip():
        raise CoordinateError(CoordinateFault.EMPTY, text)
    first, second = _angles(rest, text)
    lon, lat, guessed = _ordered(first, second, text)
    if abs(lon) > 180.0 or abs(lat) > 90.0:
        raise CoordinateError(CoordinateFault.RANGE, text)
    lon, lat = to_wgs84([lon, lat], datum).tolist()
    return TypedCoordinate(lon, lat, datum, guessed)


def _with_letters(text: str) -> str:
    """Chinese words and typographic marks as N, S, E, W, °, ' and \"."""
    for word, mark in _WORDS.items():
        text = text.replace(word, mark)
    return text.upper()


def _take_datum(text: str) -> tuple[Datum, str]:
    for datum, pattern in _DATUMS:
        if pattern.search(text):
            return datum, re.sub(r"[()\[\]]", " ", pattern.sub(" ", text))
    return Datum.WGS84, re.sub(r"[()\[\]]", " ", text)


def _angles(rest: str, text: str) -> tuple[_Angle, _Angle]:
    if _PLAIN.fullmatch(rest):
        rest = _with_marks(rest)
    found = list(_ANGLES.finditer(rest))
    if len(found) != 2:
        raise CoordinateError(CoordinateFault.NOT_TWO, text)
    if re.sub(r"[\s,;:/]", "", _ANGLES.sub("", rest)):
        raise CoordinateError(CoordinateFault.EXTRA, text)
    return _angle(found[0], text), _angle(found[1], text)


def _with_marks(plain: str) -> str:
    """Four or six bare numbers are degrees, minutes (and seconds) twice."""
    numbers = re.findall(rf"[+-]?{_NUMBER}", plain)
    half = len(numbers) // 2
    if len(numbers) % 2:
        return plain
    pairs = (numbers[:half], numbers[half:])
    return " , ".join("".join(n + m for n, m in zip(p, "°'\"", strict=False)) for p in pairs)


def _angle(match: re.Match[str], text: str) -> _Angle:
    part = "1" if match["before"] else "2"
    minutes, seconds = float(match["min" + part] or 0), float(match["sec" + part] or 0)
    if minutes >= 60.0 or seconds >= 60.0:
        raise CoordinateError(CoordinateFault.MINUTES, text)
    value = float(match["deg" + part]) + minutes / 60.0 + seconds / 3600.0
    hemisphere = match["before"] or match["after"] or ""
    negative = (match["sign" + part] == "-") != (hemisphere in ("S", "W"))
    axis = {"N": "lat", "S": "lat", "E": "lon", "W": "lon"}.get(hemisphere)
    return _Angle(-value if negative else value, axis)


def _ordered(first: _Angle, second: _Angle, text: str) -> tuple[float, float, bool]:
    """Longitude, latitude, and whether their order was guessed."""
    a, b = first.value, second.value
    if first.axis is not None and first.axis == second.axis:
        raise CoordinateError(CoordinateFault.SAME_AXIS, text)
    if first.axis == "lon" or second.axis == "lat":
        return a, b, False
    if first.axis == "lat" or second.axis == "lon":
        return b, a, False
    if abs(a) > 90.0 or abs(b) > 90.0:
        return (a, b, False) if abs(a) > 90.0 else (b, a, False)
    if not _in_box(a, b) and _in_box(b, a):
        return b, a, True
    return a, b, True


def _in_box(lon: float, lat: float) -> bool:
    return _LON_BOX[0] <= lon <= _LON_BOX[1] and _LAT_BOX[0] <= lat <= _LAT_BOX[1]
