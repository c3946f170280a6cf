"""Coordinates as people write them: `117.7023, 38.9784`, `117°42'08"E 38°58'42"N`, any datum."""

import re
import unicodedata

from app.domain.datum import Datum, to_wgs84

_DATUMS = {
    Datum.GCJ02: re.compile(r"GCJ-?0?2|火星|高德|腾讯", re.IGNORECASE),
    Datum.BD09: re.compile(r"BD-?0?9|百度", re.IGNORECASE),
    Datum.WGS84: re.compile(r"WGS-?84|CGCS-?2000|国家2000|GPS", re.IGNORECASE),
}
_ANGLE = re.compile(
    r"(?:(?P<before>[EWNS东西南北])[经纬]?)?\s*(?P<sign>-)?(?P<deg>\d{1,3}(?:\.\d+)?)\s*"
    r"(?:[°度]\s*(?:(?P<min>\d{1,2}(?:\.\d+)?)\s*['′分]\s*)?"
    r"(?:(?P<sec>\d{1,2}(?:\.\d+)?)\s*(?:[\"秒]|''|′′))?)?\s*(?P<after>[EWNS])?",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(r"[\s,;/()\[\]经度纬北东:°]*")


class CoordinateError(ValueError):
    """The text is meant as a coordinate but names no point on earth."""


def parse_coordinate(text: str) -> tuple[float, float, Datum] | None:
    """Return lon, lat in degrees WGS-84 and the datum they were given in; None: no coordinate.

    Two numbers without letters are lon, lat, or lat, lon where only that is possible. Raises
    CoordinateError.
    """
    plain = unicodedata.normalize("NFKC", text).replace("，", ",").strip()
    datum = next((known for known, words in _DATUMS.items() if words.search(plain)), Datum.WGS84)
    for words in _DATUMS.values():
        plain = words.sub(" ", plain)
    angles = list(_ANGLE.finditer(plain))
    if len(angles) != 2 or not _LEFT_OVER.fullmatch(_ANGLE.sub("", plain)):
        return None
    if not all("." in angle[0] or angle["min"] or "°" in angle[0] for angle in angles):
        return None
    values = [_degrees(angle) for angle in angles]
    letters = [(angle["before"] or angle["after"] or "").upper() for angle in angles]
    swapped = letters[0] in ("N", "S", "北", "南") or (
        not letters[0] and abs(values[0]) <= 60 < abs(values[1])
    )
    lon, lat = reversed(values) if swapped else values
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise CoordinateError(text)
    return (*to_wgs84(lon, lat, datum), datum)


def _degrees(angle: re.Match[str]) -> float:
    value = float(angle["deg"]) + float(angle["min"] or 0) / 60 + float(angle["sec"] or 0) / 3600
    letter = (angle["before"] or angle["after"] or "").upper()
    return -value if angle["sign"] or letter in ("W", "S", "西", "南") else value
