"""Where labels may stand and which fit."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.geo.camera import Camera
from maps.labels.label import Label, LabelStyle
from maps.labels.place import Box, footprints, place
from maps.labels.plates import plate_of, route_numbers

CAMERA = Camera(x=0.0, y=0.0, zoom=14.0, width=1000, height=800)
SIZE = (60.0, 18.0)


def label(number: int, px: float, py: float, priority: float = 50.0, angle: float = 0.0) -> Label:
    x, y = CAMERA.to_world(px, py)
    return Label(("t", number), f"名{number}", LabelStyle.ROAD, x, y, priority, angle)


def bent(one: Label) -> Label:
    """The same with every letter in a place of its own, on an arc."""
    steps = range(-2, 3)
    glyphs = tuple((12.0 * i, 1.5 * i * i, 14.0 * i) for i in steps)
    return replace(one, text="海滨大道" + one.text[-1], glyphs=glyphs, angle=0.0)


def boxes_of(one: Label, camera: Camera = CAMERA) -> list[Box]:
    x, y = camera.to_screen(one.x, one.y)
    rows = footprints([one], [SIZE])[0].tolist()
    return [(x + left, y + top, x + right, y + low) for left, top, right, low in rows]


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def some_label(number: int, row: tuple[float, float, float, float, bool]) -> Label:
    one = label(number, *row[:4])
    return bent(one) if row[4] else one


ROWS = st.tuples(
    st.floats(0, 1000), st.floats(0, 800), st.floats(0, 90), st.floats(-89, 89), st.booleans()
)
LABELS = st.lists(ROWS, max_size=60).map(
    lambda rows: [some_label(number, row) for number, row in enumerate(rows)]
)
OBSTACLES = st.lists(
    st.tuples(st.floats(0, 900), st.floats(0, 700), st.floats(1, 300), st.floats(1, 300)).map(
        lambda o: (o[0], o[1], o[0] + o[2], o[1] + o[3])
    ),
    max_size=6,
)


@given(LABELS, OBSTACLES)
def test_placed_labels_overlap_neither_each_other_nor_an_obstacle(
    labels: list[Label], obstacles: list[Box]
) -> None:
    placed = place(labels, [SIZE] * len(labels), CAMERA, obstacles)
    boxes = [boxes_of(labels[i]) for i in placed]
    for first, own in enumerate(boxes):
        others = [box for second in boxes[:first] for box in second]
        assert not any(overlap(a, b) for a in own for b in [*others, *obstacles])


def test_the_lower_priority_number_is_placed_first() -> None:
    labels = [label(0, 500, 400, 60), label(1, 510, 402, 30)]
    assert place(labels, [(60.0, 18.0)] * 2, CAMERA) == [1]


def test_a_label_that_stands_is_not_pushed_out_by_a_better_one() -> None:
    labels = [label(0, 500, 400, 54), label(1, 510, 402, 30)]
    sizes = [(60.0, 18.0)] * 2
    assert place(labels, sizes, CAMERA, standing=frozenset({("t", 0)})) == [0]
    assert place(labels, sizes, CAMERA) == [1]


def inside(one: Label, camera: Camera) -> bool:
    return all(
        left >= 0 and top >= 0 and right <= camera.width and low <= camera.height
        for left, top, right, low in boxes_of(one, camera)
    )


@given(LABELS, OBSTACLES, st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), max_size=12))
def test_a_label_that_stays_in_view_keeps_its_place_while_panning(
    labels: list[Label], symbols: list[Box], steps: list[tuple[float, float]]
) -> None:
    """Symbols move with the world; whatever is left out while it is in view stays out."""
    sizes = [SIZE] * len(labels)
    camera = CAMERA
    standing = frozenset(labels[i].key for i in place(labels, sizes, camera, symbols))
    for right, down in steps:
        camera = camera.panned(right, down)
        dx, dy = camera.to_screen(*CAMERA.to_world(0.0, 0.0))
        moved = [(a + dx, b + dy, c + dx, d + dy) for a, b, c, d in symbols]
        now = {labels[i].key for i in place(labels, sizes, camera, moved, standing)}
        assert {o.key for o in labels if o.key in standing and inside(o, camera)} <= now
        standing = frozenset(now)


def test_labels_keep_clear_of_symbols() -> None:
    assert place([label(0, 500, 400)], [(60.0, 18.0)], CAMERA, [(490, 390, 510, 410)]) == []


def test_labels_that_would_be_cut_off_are_left_out() -> None:
    assert place([label(0, 10, 400)], [(60.0, 18.0)], CAMERA) == []


def test_one_wording_is_not_repeated_nearby() -> None:
    labels = [replace(label(i, 200 + 150 * i, 400, 50 + i), text="海滨大道") for i in range(5)]
    assert place(labels, [(60.0, 18.0)] * 5, CAMERA) == [0, 2, 4]


@given(LABELS, st.lists(st.integers(0, 3), min_size=60, max_size=60))
def test_equal_plates_keep_their_distance(labels: list[Label], texts: list[int]) -> None:
    plates = [
        replace(label, text=f"G{number}", style=LabelStyle.PLATE)
        for label, number in zip(labels, texts, strict=False)
    ]
    spots: dict[str, list[tuple[float, float]]] = {}
    for index in place(plates, [SIZE] * len(plates), CAMERA):
        plate = plates[index]
        x, y = CAMERA.to_screen(plate.x, plate.y)
        others = spots.setdefault(plate.text, [])
        assert all(math.hypot(x - ox, y - oy) > 279 for ox, oy in others)
        others.append((x, y))


@pytest.mark.parametrize(
    ("number", "plate"),
    [
        ("G2", "national_expressway"),
        ("G25", "national_expressway"),
        ("G0111", "national_expressway"),
        ("G15W2", "national_expressway"),
        ("G1N", "national_expressway"),
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
