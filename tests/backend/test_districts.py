"""Districts: what the operator's import takes and refuses, and that places then know theirs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from shapely import Point
from shapely.geometry import box, mapping

from app.districts import DistrictIndex
from app.domain.datum import Datum, from_wgs84
from app.domain.district import District
from backend.__main__ import main
from backend.adapters.unit import Unit
from backend.context import Context, open_context
from backend.districts import DistrictError, read_districts, store_districts
from backend.settings import Settings
from tests.backend.conftest import DISPATCHER, Clock, Desk, SignIn

CITY = {"adcode": 120000, "name": "天津市"}
BINHAI = {"adcode": "120116", "name": "滨海新区"}


def feature(properties: dict[str, Any], geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(folder: Path, *features: Any, **more: Any) -> Path:
    file = folder / "districts.geojson"
    raw = {"type": "FeatureCollection", "features": list(features), **more}
    file.write_text(json.dumps(raw, ensure_ascii=False), "utf-8")
    return file


def two(folder: Path, name: str = "滨海新区") -> Path:
    """A district inside its city; the place of REPORT lies in both."""
    return geojson(
        folder,
        feature(CITY, mapping(box(116.7, 38.5, 118.1, 40.3))),
        feature(BINHAI | {"name": name}, mapping(box(117.3, 38.6, 118.0, 39.3))),
    )


def stored(context: Context, kind: str, entity_id: str) -> Any:
    with context.database.read() as connection:
        return Unit(connection).get(kind, entity_id)


def adcode_of(context: Context, incident_id: str) -> str | None:
    adcode: str | None = stored(context, "incident", incident_id).place.adcode
    return adcode


def test_before_an_import_the_district_is_unknown(context: Context, desk: Desk) -> None:
    assert adcode_of(context, desk.report()) is None


def test_after_the_command_a_report_and_an_amended_place_know_their_district(
    settings: Settings, context: Context, desk: Desk, tmp_path: Path, capsys: Any
) -> None:
    before = desk.report()
    arguments = ["--data", str(settings.data_dir), "--import-districts", str(two(tmp_path))]
    arguments += ["--url", settings.database_url] if settings.database_url else []
    assert main([*arguments, "--source", "民政厅", "--licence", "CC BY 4.0"]) == 0
    assert capsys.readouterr().out == "districts: 2 new\n"
    incident_id = desk.report()
    assert adcode_of(context, incident_id) == "120116"
    assert adcode_of(context, before) is None
    district = stored(context, "district", "120116")
    assert (district.name, district.source, district.licence) == ("滨海新区", "民政厅", "CC BY 4.0")
    desk.act(DISPATCHER, "ACCEPT", incident_id, 1)
    desk.act(
        DISPATCHER, "CONFIRM", incident_id, 2, type="HAZ", verify_method="VIDEO",
        occurred_at="2026-07-14T22:00:00Z", place={"text": "武清", "lon": 117.0, "lat": 39.4},
    )  # fmt: skip
    assert adcode_of(context, incident_id) == "120000"
    desk.act(
        DISPATCHER, "AMEND", incident_id, 3, reason="位置有误",
        facts={"place": {"text": "塘沽", "lon": 117.6, "lat": 39.0}},
    )  # fmt: skip
    assert adcode_of(context, incident_id) == "120116"


def test_a_place_outside_or_without_a_point_stays_as_it_was_told(
    context: Context, desk: Desk, tmp_path: Path
) -> None:
    store_districts(context, list(read_districts(two(tmp_path))))
    far = desk.report(place={"text": "北京", "lon": 116.4, "lat": 39.9})
    words = desk.report(place={"text": "不知何处", "adcode": "120101"})
    assert (adcode_of(context, far), adcode_of(context, words)) == (None, "120101")


def test_an_import_of_another_process_counts_at_once_and_seats_hear_of_it(
    settings: Settings, clock: Clock, context: Context, desk: Desk, sign_in: SignIn, tmp_path: Path
) -> None:
    store_districts(context, list(read_districts(two(tmp_path))))
    assert adcode_of(context, desk.report()) == "120116"
    other = open_context(settings, clock)
    moved = feature(BINHAI, mapping(box(100.0, 30.0, 101.0, 31.0)))
    assert store_districts(other, list(read_districts(geojson(tmp_path, moved)))) == {"changed": 1}
    other.close()
    assert adcode_of(context, desk.report()) == "120000"
    page = sign_in(DISPATCHER).ask("GET", "/v1/changes?after=0").json()["changes"]
    seen = {row["id"] for row in page if row["kind"] == "district"}
    assert seen == {"120000", "120116"}


def test_the_same_file_again_changes_nothing_and_a_new_name_makes_a_version(
    context: Context, tmp_path: Path
) -> None:
    store_districts(context, list(read_districts(two(tmp_path))))
    head = context.database.head()
    assert store_districts(context, list(read_districts(two(tmp_path)))) == {"unchanged": 2}
    assert context.database.head() == head
    renamed = list(read_districts(two(tmp_path, "新区")))
    assert store_districts(context, renamed) == {"changed": 1, "unchanged": 1}
    assert stored(context, "district", "120116").version == 2


BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
SQUARE = mapping(box(117, 39, 118, 40))


@pytest.mark.parametrize(
    ("features", "why"),
    [
        ([], "no GeoJSON FeatureCollection"),
        ([feature({"name": "无码"}, SQUARE)], "feature 1: its adcode is ''"),
        ([feature({"adcode": "12011", "name": "短"}, SQUARE)], "six digits are needed"),
        ([feature({"adcode": "12011a", "name": "字"}, SQUARE)], "six digits are needed"),
        ([feature({"adcode": 120116}, SQUARE)], "120116 has no name"),
        ([feature(BINHAI, SQUARE), feature(BINHAI, SQUARE)], "feature 2: adcode 120116 stands"),
        ([feature(BINHAI, None)], "feature without geometry"),
        ([feature(BINHAI, mapping(Point(117, 39)))], "is a Point, not a polygon"),
        ([feature(BINHAI, BOW_TIE)], "is no valid polygon: Self-intersection"),
        ([feature(BINHAI, {"type": "Polygon", "coordinates": []})], "is empty"),
        ([feature(BINHAI, {"type": "Polygon", "coordinates": [[["a", 1]]]})], "broken coordinates"),
        ([feature(BINHAI, {"type": "Polygon", "coordinates": [[[1, 2]]]})], "broken coordinates"),
        ([feature(BINHAI, mapping(box(5e5, 4e6, 6e5, 5e6)))], "these are no degrees"),
        (["nonsense"], "six digits are needed"),
        ([{"type": "Feature", "properties": "nonsense"}], "six digits are needed"),
        ([feature(BINHAI, ["nonsense"])], "feature without geometry"),
    ],
)
def test_a_faulty_file_is_refused_with_the_reason(
    tmp_path: Path, features: list[Any], why: str
) -> None:
    with pytest.raises(DistrictError, match=why):
        list(read_districts(geojson(tmp_path, *features)))


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
        ("EPSG:4326", True),
        ("urn:ogc:def:crs:EPSG::4490", True),
        ("urn:ogc:def:crs:EPSG::3857", False),
        ("EPSG:4548", False),
    ],
)
def test_coordinates_of_another_system_are_refused(tmp_path: Path, name: str, taken: bool) -> None:
    crs = {"type": "name", "properties": {"name": name}}
    file = geojson(tmp_path, feature(BINHAI, SQUARE), crs=crs)
    if taken:
        assert len(list(read_districts(file))) == 1
    else:
        with pytest.raises(DistrictError, match="convert them to WGS-84"):
            list(read_districts(file))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no JSON"),
        ("<kml/>", "no JSON"),
        ("[" * 200_000, "no JSON"),
        ('{"features": [{}], "crs": {"type": "name", "properties": "EPSG:3857"}}', "convert them"),
        (" " * 50_000_001, "50 MB at most"),
    ],
    ids=("empty", "other format", "too deep", "odd crs", "too large"),
)
def test_a_file_that_is_something_else_is_refused_in_words(
    tmp_path: Path, text: str, why: str
) -> None:
    file = tmp_path / "districts.geojson"
    file.write_text(text, "utf-8")
    with pytest.raises(DistrictError, match=why):
        list(read_districts(file))


def test_nothing_of_a_faulty_file_is_stored_and_the_operator_reads_why(
    settings: Settings, context: Context, tmp_path: Path, capsys: Any
) -> None:
    file = geojson(tmp_path, feature(BINHAI, SQUARE), feature({"adcode": 1}, SQUARE))
    head = context.database.head()
    arguments = ["--data", str(settings.data_dir), "--import-districts", str(file)]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "feature 2: its adcode is '1'" in said
    assert "nothing was imported" in said
    assert main([*arguments[:-1], str(tmp_path / "no.geojson")]) == 2
    assert context.database.head() == head


def test_a_file_of_a_chinese_public_map_is_brought_to_wgs_84(tmp_path: Path) -> None:
    point = from_wgs84(117.7, 39.0, Datum.GCJ02)
    file = geojson(tmp_path, feature(BINHAI, mapping(Point(point).buffer(0.001))))
    (district,) = read_districts(file, datum=Datum.GCJ02)
    index = DistrictIndex([district])
    assert index.adcode_at(117.7, 39.0) == "120116"
    assert index.adcode_at(*point) is None


def test_a_hole_and_an_island_count(tmp_path: Path) -> None:
    ring = box(117, 39, 118, 40).difference(box(117.4, 39.4, 117.6, 39.6))
    both = ring.union(box(119, 39, 120, 40))
    (district,) = read_districts(geojson(tmp_path, feature(BINHAI, mapping(both))))
    assert isinstance(district, District)
    index = DistrictIndex([district])
    inside = [index.adcode_at(*p) for p in ((117.1, 39.1), (117.5, 39.5), (119.5, 39.5))]
    assert inside == ["120116", None, "120116"]
