"""A coordinate as people type it -> degrees WGS-84.

Understood: decimal degrees and degrees, minutes, seconds, the hemisphere as letter or Chinese word
before or after, either order, full-width marks, and a datum's name anywhere.
"""

import re
import unicodedata
from enum import StrEnum
from typing import Final, NamedTuple

from app.domain.datum import Datum, to_wgs84

_DATUMS: Final = (
    (Datum.GCJ02, re.compile(r"GCJ[-_ ]?0?2|国测局|火星(坐标)?|高德(坐标)?|腾讯(坐标)?", re.I)),
    (Datum.BD09, re.compile(r"BD[-_ ]?0?9(LL)?|百度(坐标)?", re.I)),
    (Datum.CGCS2000, re.compile(r"CGCS[-_ ]?2000|国家2000|2000国家|(国家)?大地2000", re.I)),
    (Datum.WGS84, re.compile(r"WGS[-_ ]?(19)?84|GPS|国际坐标", re.I)),
)
_SAYS_SO: Final = re.compile(r"[°º˚]|([南北]纬|[东西]经|[经纬]度)[\s:]*\d")
"""What only a coordinate says: a text with it is a coordinate, or a wrong one."""
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
    """What is wrong with a coordinate; screens translate it."""

    NOT_TWO = "not_two"  # not exactly two numbers
    EXTRA = "extra"  # something is left over
    SAME_AXIS = "same_axis"  # two latitudes or two longitudes
    MINUTES = "minutes"  # minutes or seconds of 60 and more
    OFF_EARTH = "off_earth"  # beyond ±180 or ±90 degrees


class CoordinateError(ValueError):
    """The text is meant as a coordinate but names no point; ``fault`` says why."""

    def __init__(self, fault: CoordinateFault, text: str) -> None:
        super().__init__(f"{fault}: {text!r}")
        self.fault = fault


class TypedCoordinate(NamedTuple):
    """What was typed, in degrees WGS-84; ``datum`` is the one that it was typed in."""

    lon: float
    lat: float
    datum: Datum


class _Angle(NamedTuple):
    value: float
    axis: str | None  # "lon", "lat", None when not said


def parse_coordinate(text: str) -> TypedCoordinate | None:
    """The point of a text; None: plainly no coordinate. Raises CoordinateError.

    Two whole numbers without a word or a degree sign are none: they may be anything.
    """
    datum, rest = _take_datum(unicodedata.normalize("NFKC", text))
    said = _SAYS_SO.search(rest) is not None
    matches, left_over = _angles(_with_letters(rest))
    if not said and (left_over or len(matches) != 2 or not all(map(_is_degrees, matches))):
        return None
    if len(matches) != 2:
        raise CoordinateError(CoordinateFault.NOT_TWO, text)
    if left_over:
        raise CoordinateError(CoordinateFault.EXTRA, text)
    lon, lat = _ordered(_angle(matches[0], text), _angle(matches[1], text), text)
    if abs(lon) > 180.0 or abs(lat) > 90.0:
        raise CoordinateError(CoordinateFault.OFF_EARTH, text)
    return TypedCoordinate(*to_wgs84(lon, lat, datum), datum)


def _take_datum(text: str) -> tuple[Datum, str]:
    for datum, pattern in _DATUMS:
        if pattern.search(text):
            return datum, pattern.sub(" ", text)
    return Datum.WGS84, text


def _with_letters(text: str) -> str:
    """Chinese words and typographic marks as N, S, E, W, °, ' and \"."""
    for word, mark in _WORDS.items():
        text = text.replace(word, mark)
    return text.upper()


def _angles(rest: str) -> tuple[list[re.Match[str]], str]:
    """The angles of a text, and what stands there besides."""
    if _PLAIN.fullmatch(rest):
        rest = _with_marks(rest)
    return list(_ANGLES.finditer(rest)), re.sub(r"[\s,;:/()\[\]]", "", _ANGLES.sub("", rest))


def _with_marks(plain: str) -> str:
    """Four or six bare numbers are degrees, minutes (and seconds) twice."""
    numbers = re.findall(rf"[+-]?{_NUMBER}", plain)
    half = len(numbers) // 2
    if len(numbers) % 2:
        return plain
    pairs = (numbers[:half], numbers[half:])
    return " , ".join("".join(n + m for n, m in zip(p, "°'\"", strict=False)) for p in pairs)


def _is_degrees(match: re.Match[str]) -> bool:
    return "." in match[0] or "°" in match[0]


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


def _ordered(first: _Angle, second: _Angle, text: str) -> tuple[float, float]:
    """Longitude, latitude: as said, as possible, or as it lies in China."""
    a, b = first.value, second.value
    if first.axis is not None and first.axis == second.axis:
        raise CoordinateError(CoordinateFault.SAME_AXIS, text)
    if first.axis == "lon" or second.axis == "lat":
        return a, b
    if first.axis == "lat" or second.axis == "lon":
        return b, a
    swapped = abs(a) <= 90.0 < abs(b) or (not _in_box(a, b) and _in_box(b, a))
    return (b, a) if swapped else (a, b)


def _in_box(lon: float, lat: float) -> bool:
    return _LON_BOX[0] <= lon <= _LON_BOX[1] and _LAT_BOX[0] <= lat <= _LAT_BOX[1]
