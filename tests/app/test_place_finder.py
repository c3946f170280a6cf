"""The finder over the demo city's routes and names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.clock import Clock
from app.districts import DistrictIndex
from app.domain.changes import PUT, Change
from app.domain.district import District
from app.domain.incident import Place
from app.domain.route import Route
from app.domain.rules import load_rules
from app.place_finder import PlaceFinder
from app.places import NAMES_FILE, Places, _read
from app.store import Store
from app.tasks import TaskRunner
from tests.support.fake_services import demo_entities


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder(demo_entities(Route, "routes"), _read(NAMES_FILE))


def labels(finder: PlaceFinder, text: str) -> list[str]:
    return [candidate.label for candidate in finder.find(text).candidates]


@pytest.mark.parametrize(
    "text", ["G2 K110+300", "g2k110+300", "G2 110+300", "Ｇ２ Ｋ１１０＋３００", "K110+300 G2"]
)
def test_all_spellings_of_a_stake_lead_to_both_directions(finder: PlaceFinder, text: str) -> None:
    assert labels(finder, text) == ["G2 K110+300 北京方向", "G2 K110+300 上海方向"]


@pytest.mark.parametrize(
    ("words", "direction"), [("上行", "up"), ("往北京方向", "up"), ("上海方向", "down")]
)
def test_a_direction_in_words_chooses_the_carriageway(
    finder: PlaceFinder, words: str, direction: str
) -> None:
    (only,) = finder.find(f"G2 K110+300 {words}").candidates
    assert only.place.direction == direction
    assert only.place.has_point


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("G2 K1+000", "OUT_OF_RANGE"),
        ("Z99 K1", "NO_SUCH_ROUTE"),
        ("G2 K10+1200", "METRES"),
        ("G2 K110 上行 下行", "TWO_DIRECTIONS"),
        ("200.5, 39.1", "OFF_EARTH"),
        ("北纬38度 北纬39度", "SAME_AXIS"),
        ("38°61'N 117°E", "MINUTES"),
        ("38°58'N", "NOT_TWO"),
    ],
)
def test_an_impossible_place_says_why(finder: PlaceFinder, text: str, code: str) -> None:
    found = finder.find(text)
    assert found.candidates == ()
    assert found.problem is not None
    assert found.problem.code == code
    assert Places.sentence(found.problem) != code


@pytest.mark.parametrize("text", ["黄海路与第三大街", "黄海路 第三大街 路口", "第三大街/黄海路"])
def test_a_crossing_is_found_by_its_roads_in_any_order(finder: PlaceFinder, text: str) -> None:
    assert "黄海路与第三大街" in labels(finder, text)


def test_a_route_is_found_by_its_code_alone(finder: PlaceFinder) -> None:
    (only,) = finder.find("G103").candidates
    assert only.label.startswith("G103")
    assert only.extent is not None
    assert not only.place.resolved


def test_a_road_gives_its_name_but_no_point(finder: PlaceFinder) -> None:
    first = finder.find("黄海路").candidates[0]
    assert (first.kind, first.place.road, first.place.has_point) == ("road", "黄海路", False)


def test_nonsense_finds_nothing(finder: PlaceFinder) -> None:
    for text in ("", "   ", "'; DROP TABLE--", "<b>", "\u202eمحمد", "💥"):
        assert finder.find(text).candidates == ()


def test_a_point_on_a_route_knows_its_stake(finder: PlaceFinder) -> None:
    there = finder.find("G2 K110+300 上行").candidates[0].place
    assert there.lon is not None
    assert there.lat is not None
    back = finder.at(there.lon, there.lat)
    assert back.route_code == "G2"
    assert back.stake_m == pytest.approx(110_300, abs=2)


def test_a_point_far_from_everything_is_just_a_point(finder: PlaceFinder) -> None:
    place = finder.at(118.6, 38.2)
    assert (place.text, place.route_code, place.has_point) == ("", None, True)


def square(adcode: str, west: float, south: float, east: float, north: float) -> District:
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return District(id=adcode, name=adcode, polygons=((ring,),))


DISTRICTS = DistrictIndex(
    [square("120000", 116.0, 38.0, 119.0, 41.0), square("120116", 117.0, 38.5, 118.2, 39.5)]
)


def test_a_place_knows_the_smallest_district_around_it() -> None:
    finder = PlaceFinder(demo_entities(Route, "routes"), _read(NAMES_FILE), DISTRICTS)
    assert finder.at(117.7, 39.0).adcode == "120116"
    assert finder.at(116.5, 40.0).adcode == "120000"
    assert finder.at(100.0, 30.0).adcode is None
    staked = finder.find("S11 K40+300").candidates
    assert {candidate.place.adcode for candidate in staked} == {"120116"}
    (typed,) = finder.find("117.7, 39.0").candidates
    assert typed.place.adcode == "120116"
    named = [c for c in finder.find("渤海十路与珠江道").candidates if c.place.has_point]
    assert [candidate.place.adcode for candidate in named] == ["120116"]


def test_before_an_import_no_district_is_guessed(finder: PlaceFinder) -> None:
    assert finder.at(117.7, 39.0).adcode is None


def test_districts_that_come_are_used_for_the_next_question(qtbot: QtBot) -> None:
    clock = Clock()
    store, tasks = Store(load_rules(), clock), TaskRunner()
    places, found = Places(store, tasks), list[Place]()
    places.at(117.7, 39.0, found.append)
    qtbot.waitUntil(lambda: len(found) == 1)
    district = replace(square("120116", 117.0, 38.5, 118.2, 39.5), version=1)
    store.apply([Change(rev=1, op=PUT, kind="district", id="120116", entity=district)])
    places.at(117.7, 39.0, found.append)
    qtbot.waitUntil(lambda: len(found) == 2)
    assert [place.adcode for place in found] == [None, "120116"]
    tasks.shutdown()
