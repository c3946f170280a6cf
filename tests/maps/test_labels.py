"""Where labels may stand and which fit."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.geo.camera import Camera
from maps.geo.mercator import point_to_mercator
from maps.labels.label import Label, LabelStyle
from maps.labels.place import STAY_PANNING, Box, footprint, place
from maps.labels.plates import plate_of, route_numbers
from maps.network.labels import LabelAnchors
from tests.maps import roads

CAMERA = Camera(x=0.0, y=0.0, zoom=14.0, width=1000, height=800)


def label(number: int, px: float, py: float, priority: float = 50.0, angle: float = 0.0) -> Label:
    x, y = CAMERA.to_world(px, py)
    return Label(("t", number), f"名{number}", LabelStyle.ROAD, x, y, priority, angle)


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


LABELS = st.lists(
    st.tuples(st.floats(0, 1000), st.floats(0, 800), st.floats(0, 90), st.floats(-89, 89)),
    max_size=60,
)


@given(LABELS)
def test_placed_labels_never_overlap(drawn: list[tuple[float, float, float, float]]) -> None:
    labels = [label(i, *row) for i, row in enumerate(drawn)]
    sizes = [(60.0, 18.0)] * len(labels)
    placed = place(labels, sizes, CAMERA)
    boxes = [
        footprint(labels[i], sizes[i], *CAMERA.to_screen(labels[i].x, labels[i].y)) for i in placed
    ]
    for first in range(len(boxes)):
        for second in range(first):
            assert not any(overlap(a, b) for a in boxes[first] for b in boxes[second])


def test_the_lower_priority_number_is_placed_first() -> None:
    labels = [label(0, 500, 400, 60), label(1, 510, 402, 30)]
    assert place(labels, [(60.0, 18.0)] * 2, CAMERA) == [1]


def test_a_label_that_stands_is_not_pushed_out_by_one_a_little_better() -> None:
    labels = [label(0, 500, 400, 54), label(1, 510, 402, 50)]
    sizes = [(60.0, 18.0)] * 2
    assert place(labels, sizes, CAMERA, staying=frozenset({("t", 0)})) == [0]
    assert place(labels, sizes, CAMERA) == [1]


@given(LABELS, st.integers(-300, 300), st.integers(-300, 300))
def test_panning_changes_labels_at_the_edges_only(
    drawn: list[tuple[float, float, float, float]], right: int, down: int
) -> None:
    labels = [label(i, *row) for i, row in enumerate(drawn)]
    sizes = [(60.0, 18.0)] * len(labels)
    before = place(labels, sizes, CAMERA)
    staying = frozenset(labels[i].key for i in before)
    camera = CAMERA.panned(right, down)
    after = place(labels, sizes, camera, staying=staying, stay=STAY_PANNING)
    for index in before:
        x, y = camera.to_screen(labels[index].x, labels[index].y)
        if 50 < x < CAMERA.width - 50 and 50 < y < CAMERA.height - 50:
            assert index in after


def test_labels_keep_clear_of_symbols() -> None:
    assert place([label(0, 500, 400)], [(60.0, 18.0)], CAMERA, [(490, 390, 510, 410)]) == []


def test_labels_that_would_be_cut_off_are_left_out() -> None:
    assert place([label(0, 10, 400)], [(60.0, 18.0)], CAMERA) == []


def test_one_wording_is_not_repeated_nearby() -> None:
    labels = [replace(label(i, 200 + 150 * i, 400, 50 + i), text="海滨大道") for i in range(5)]
    assert place(labels, [(60.0, 18.0)] * 5, CAMERA) == [0, 2, 4]


@pytest.mark.parametrize(
    ("number", "plate"),
    [
        ("G2", "national_expressway"),
        ("G25", "national_expressway"),
        ("G0111", "national_expressway"),
        ("S11", "provincial_expressway"),
        ("S3500", "provincial_expressway"),
        ("G103", "national_highway"),
        ("S215", "provincial_highway"),
        ("X306", "county_road"),
        ("A4", None),
        ("G12345", None),
    ],
)
def test_the_number_decides_the_plate(number: str, plate: str | None) -> None:
    found = plate_of(number)
    assert (found.id if found else None) == plate


def test_several_numbers_in_one_ref_are_told_apart() -> None:
    assert route_numbers("G2;S11") == ["G2", "S11"]
    assert route_numbers("g103、无") == ["G103"]
    assert route_numbers("") == []


def road(tmp_path: Path) -> LabelAnchors:
    points = [(117.0, 39.0), (117.2, 39.0), (117.4, 39.05)]
    links = [[points[0], points[1]], [points[1], points[2]]]
    packed = roads.segments(links, names=["天津大道", "天津大道"])
    return LabelAnchors(roads.network(tmp_path, packed).names)


def test_links_of_one_name_become_one_line(tmp_path: Path) -> None:
    assert len(road(tmp_path).lines.text) == 1


def test_places_of_one_zoom_are_kept_at_the_next(tmp_path: Path) -> None:
    anchors = road(tmp_path)
    before: set[int] = set()
    for level in range(9, 15):
        numbers = set(anchors.anchors(0, level, 60.0, 200.0).numbers.tolist())
        assert before <= numbers
        before = numbers
    assert len(before) > 30


def test_a_text_longer_than_its_road_has_no_place(tmp_path: Path) -> None:
    assert len(road(tmp_path).anchors(0, 6, 80.0, 200.0).points) == 0


def test_texts_follow_the_road_and_never_stand_on_their_head(tmp_path: Path) -> None:
    found = road(tmp_path).anchors(0, 13, 60.0, 200.0)
    assert ((found.angles >= -90) & (found.angles <= 90)).all()
    level = found.angles[found.points[:, 0] < point_to_mercator(117.19, 39.0)[0]]
    assert np.abs(level).max() < 0.1
    rising = found.angles[found.points[:, 0] > point_to_mercator(117.21, 39.0)[0]]
    assert rising.max() < -10
