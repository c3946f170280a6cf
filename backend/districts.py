"""Districts come from a GeoJSON file of the operator; nothing of a faulty file is taken."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from shapely import MultiPolygon, get_num_coordinates, transform
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.validation import explain_validity

from app.domain.datum import Datum, to_wgs84
from app.domain.district import District, Ring
from backend.adapters.unit import Unit
from backend.context import Context, open_context
from backend.settings import Settings

MOST_POINTS = 20_000
"""Of one district: it travels to every seat as one row."""
MOST_MB: Final = 50
"""Of a file: enough for the districts of a province at MOST_POINTS."""
_ADCODE = re.compile(r"[1-9]\d{5}")
_WGS84 = re.compile(r"CRS:?84$|EPSG:(:|\d*:)?(4326|4490)$", re.IGNORECASE)


class DistrictError(ValueError):
    """What is wrong with the file and where; the text is for the operator."""


def import_districts(
    settings: Settings, file: Path, source: str, licence: str, datum: str = Datum.WGS84
) -> int:
    """Exit code. Says on standard output what was taken, on standard error why nothing was."""
    try:
        districts = list(read_districts(file, source, licence, Datum(datum)))
    except (OSError, UnicodeDecodeError, DistrictError) as error:
        sys.stderr.write(f"{file}: {error}\nnothing was imported\n")
        return 2
    context = open_context(settings)
    try:
        counts = store_districts(context, districts)
    finally:
        context.close()
    words = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    sys.stdout.write(f"districts: {words}\n")
    return 0


def store_districts(context: Context, districts: list[District]) -> Counter[str]:
    """All in one transaction; how many were new, changed and unchanged."""
    return context.change(lambda unit: Counter(_store(unit, district) for district in districts))


def _store(unit: Unit, district: District) -> str:
    known = unit.get("district", district.id)
    if known is None:
        unit.add(district)
        return "new"
    district = replace(district, version=known.version)
    if district == known:
        return "unchanged"
    unit.put(district)
    return "changed"


def read_districts(
    file: Path, source: str = "", licence: str = "", datum: Datum = Datum.WGS84
) -> Iterator[District]:
    """Features with the properties adcode and name. Raises OSError, DistrictError."""
    if (megabytes := file.stat().st_size / 1e6) > MOST_MB:
        raise DistrictError(f"it has {megabytes:.0f} MB: simplify it to {MOST_MB} MB at most")
    try:
        raw = json.loads(file.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DistrictError(f"this is no JSON in UTF-8: {error}") from error
    features = raw.get("features") if isinstance(raw, dict) else None
    if not isinstance(features, list) or not features:
        raise DistrictError("this is no GeoJSON FeatureCollection with features in it")
    _check_crs(raw.get("crs"))
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        try:
            district = _district(feature, source, licence, datum)
        except DistrictError as error:
            raise DistrictError(f"feature {number}: {error}") from None
        if district.id in seen:
            raise DistrictError(f"feature {number}: adcode {district.id} stands there twice")
        seen.add(district.id)
        yield district


def _check_crs(crs: Any) -> None:
    """GeoJSON is WGS-84; an old file that names another system must be converted first."""
    name = str(_part(crs, "properties").get("name", crs or ""))
    if name and not _WGS84.search(name):
        raise DistrictError(f"its coordinates are {name}: convert them to WGS-84 (EPSG:4326)")


def _district(feature: Any, source: str, licence: str, datum: Datum) -> District:
    properties = _part(feature, "properties")
    adcode, name = str(properties.get("adcode", "")), properties.get("name")
    if not _ADCODE.fullmatch(adcode):
        raise DistrictError(f"its adcode is {adcode!r}: six digits are needed, such as 120116")
    if not isinstance(name, str) or not name.strip():
        raise DistrictError(f"{adcode} has no name")
    polygons = _polygons(_part(feature, "geometry"), f"{adcode} {name}", datum)
    return District(id=adcode, name=name.strip(), polygons=polygons, source=source, licence=licence)


def _part(of: Any, name: str) -> dict[str, Any]:
    """An object within an object; an empty one where there is none."""
    found = of.get(name) if isinstance(of, dict) else None
    return found if isinstance(found, dict) else {}


def _polygons(geometry: dict[str, Any], what: str, datum: Datum) -> tuple[tuple[Ring, ...], ...]:
    kind = geometry.get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        raise DistrictError(f"{what} is a {kind or 'feature without geometry'}, not a polygon")
    try:
        found = shape(geometry)
    except (ShapelyError, ValueError, TypeError, IndexError) as error:
        raise DistrictError(f"{what} has broken coordinates: {error}") from error
    if found.is_empty:
        raise DistrictError(f"{what} is empty")
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise DistrictError(
            f"{what} reaches from {west:g}, {south:g} to {east:g}, {north:g}: these are no degrees"
        )
    if not found.is_valid:
        raise DistrictError(f"{what} is no valid polygon: {explain_validity(found)}")
    if (points := get_num_coordinates(found)) > MOST_POINTS:
        raise DistrictError(f"{what} has {points} points: simplify it to {MOST_POINTS} at most")
    if datum is not Datum.WGS84:
        found = transform(found, lambda lon, lat: _converted(lon, lat, datum), interleaved=False)
    parts = found.geoms if isinstance(found, MultiPolygon) else (found,)
    return tuple(
        (_ring(part.exterior), *(_ring(hole) for hole in part.interiors)) for part in parts
    )


def _converted(lons: Any, lats: Any, datum: Datum) -> tuple[list[float], list[float]]:
    points = [to_wgs84(lon, lat, datum) for lon, lat in zip(lons, lats, strict=True)]
    return [lon for lon, _ in points], [lat for _, lat in points]


def _ring(ring: Any) -> Ring:
    """Six decimals are a tenth of a metre; heights are left out."""
    return tuple((round(point[0], 6), round(point[1], 6)) for point in ring.coords)
