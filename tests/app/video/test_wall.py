"""The wall's tiles: nothing is lost, a pin holds, and one step leads back from an incident."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.camera import Camera, Preset
from app.domain.incident import Place
from app.video.wall import FREE, Tile, Wall, read, written
from app.video.wall_rules import load_wall_rules
from tests.support.handbook import S1_CALL, case, fixture, on_g25

LAYOUTS = load_wall_rules().layouts


def wall(*cameras: str, layout: str = "4", pinned: tuple[int, ...] = ()) -> Wall:
    tiles = tuple(Tile(camera=c, pinned=i in pinned) for i, c in enumerate(cameras))
    return Wall(layout=layout, shown=len(LAYOUTS[layout]), tiles=tiles)


def cameras(made: Wall) -> str:
    """The visible tiles, a free one as a dot."""
    return "".join(made.tile(i).camera or "." for i in range(made.shown))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_tiles_of_a_layout_fill_the_wall_and_never_overlap(layout: str) -> None:
    fields = [
        (x, y)
        for cell in LAYOUTS[layout]
        for x in range(round(cell.left * 60), round((cell.left + cell.width) * 60))
        for y in range(round(cell.top * 60), round((cell.top + cell.height) * 60))
    ]
    assert len(fields) == len(set(fields)) == 60 * 60


def test_layouts_have_as_many_tiles_as_their_names_say() -> None:
    assert {name: len(cells) for name, cells in LAYOUTS.items()} == {
        "1": 1, "4": 4, "9": 9, "16": 16, "25": 25, "1+5": 6, "1+7": 8, "1+12": 13,
    }  # fmt: skip


def test_a_camera_that_is_put_twice_changes_places() -> None:
    assert cameras(wall("A", "B").put(3, "A")) == ".B.A"
    assert cameras(wall("A", "B").put(1, "A")) == "BA.."


def test_a_pin_goes_with_its_camera_when_tiles_are_swapped() -> None:
    made = wall("A", "B", pinned=(0,)).swap(0, 1)
    assert made.tile(1) == Tile(camera="A", pinned=True)
    assert not made.tile(0).pinned


def test_a_free_tile_cannot_be_pinned() -> None:
    assert wall().pin(0, pinned=True) == wall()


def test_cameras_beyond_a_smaller_layout_come_back() -> None:
    full = wall(*"ABCDEFGHI", layout="9")
    small = full.divided("4", 4)
    assert cameras(small) == "ABCD"
    assert cameras(small.divided("9", 9)) == "ABCDEFGHI"


def test_no_camera_slips_out_of_sight_while_a_tile_is_free() -> None:
    made = wall("A", "", "", "D", "", "F", layout="9").divided("4", 4)
    assert cameras(made) == "AF.D"


@pytest.mark.parametrize(
    ("made", "focus", "place"),
    [
        (wall("A"), 2, 2),
        (wall("A"), 0, 1),
        (wall(*"ABCD"), 2, 2),
        (wall(*"ABCD", pinned=(2,)), 2, 0),
        (wall(*"ABCD", pinned=(0, 1, 2, 3)), 2, 2),
    ],
)
def test_one_more_camera_takes_the_tile_that_costs_least(
    made: Wall, focus: int, place: int
) -> None:
    assert made.place_for(focus) == place


def test_a_tour_leaves_pinned_tiles_incidents_and_what_is_in_sight_alone() -> None:
    made = wall(*"ABCD", pinned=(0,)).call_up("case", ["X"])
    assert cameras(made) == "AXCD"
    assert made.on_tour(0, "T") == made.on_tour(1, "T") == made.on_tour(9, "T") == made
    assert made.on_tour(2, "D") == made
    assert cameras(made.on_tour(2, "T")) == "AXTD"


def test_a_call_up_takes_free_tiles_when_there_are_enough() -> None:
    made = wall("A", "B").call_up("case", ["X", "Y"])
    assert cameras(made) == "ABXY"
    assert [made.tile(i).incident for i in range(4)] == ["", "", "case", "case"]


def test_a_call_up_on_a_full_wall_takes_the_first_tiles_but_never_a_pinned_one() -> None:
    made = wall(*"ABCD", pinned=(0, 2)).call_up("case", ["X", "Y", "Z"])
    assert cameras(made) == "AXCY"
    assert made.called == (1, 3)


def test_a_wall_of_pins_stays_as_it_is() -> None:
    made = wall(*"ABCD", pinned=(0, 1, 2, 3))
    assert made.call_up("case", ["X"]) == made


def test_a_camera_that_is_pinned_already_is_not_called_again() -> None:
    assert cameras(wall(*"ABCD", pinned=(3,)).call_up("case", ["D", "X"])) == "XBCD"


def test_a_camera_that_is_on_the_wall_moves_and_nothing_is_doubled() -> None:
    assert cameras(wall(*"ABCD").call_up("case", ["C", "X"])) == "CXAD"


def test_one_step_leads_back_also_after_a_second_incident() -> None:
    before = wall(*"ABCD", pinned=(0,))
    made = before.call_up("one", ["X", "Y"]).call_up("two", ["Z"])
    assert cameras(made) == "AZCD"
    assert made.back() == before


def test_a_call_up_may_bring_its_layout_and_takes_it_along_when_it_goes() -> None:
    before = wall(*"ABCD")
    made = before.call_up("case", ["X"], "1+5", 6)
    assert (made.layout, cameras(made)) == ("1+5", "ABCDX.")
    assert made.back() == before


def test_what_is_done_by_hand_meanwhile_outlives_the_call_up() -> None:
    made = wall(*"ABCD").call_up("case", ["X"]).put(3, "N").clear(2).pin(1, pinned=True)
    assert cameras(made) == "XB.N"
    assert cameras(made.back()) == "AB.N"
    assert made.back().tile(1).pinned


def test_a_camera_displaced_by_a_call_up_may_be_put_elsewhere_without_a_double() -> None:
    made = wall(*"ABCD").call_up("case", ["X"]).put(3, "A")
    assert cameras(made) == "XBCA"
    assert cameras(made.back()) == "DBCA"


def test_a_called_camera_that_is_pinned_stays_and_the_other_is_not_lost() -> None:
    made = wall(*"ABCD").call_up("case", ["X"]).pin(0, pinned=True).back()
    assert cameras(made) == "XBCD"
    assert made.tile(0) == Tile(camera="X", pinned=True)
    assert made.index_of("A") == 4


def test_a_called_camera_is_shown_in_the_order_of_the_handbook() -> None:
    """S1: 1103 is 750 m away on the own carriageway, 1101 500 m on the other."""
    seen = [entity for entity in fixture() if isinstance(entity, Camera)]
    tanker = case(1, S1_CALL, type="HAZ", place=on_g25(1_102_300.0, "down"))
    order = load_wall_rules().cameras_of(tanker, reversed(seen))
    names = {camera.id: camera.name for camera in seen}
    assert [names[camera] for camera in order] == ["CAM-G25-1103", "CAM-G25-1101"]
    made = wall("A", layout="16").call_up(tanker.id, order)
    assert [names[made.tile(i).camera] for i in made.called] == ["CAM-G25-1103", "CAM-G25-1101"]


@pytest.mark.parametrize(
    ("health", "fault", "count"),
    [("OFFLINE", "", 1), ("MAINTENANCE", "", 1), ("FAULT", "BLACK", 1), ("FAULT", "BLUR", 2)],
)
def test_a_camera_that_has_no_picture_is_not_called_up(health: str, fault: str, count: int) -> None:
    seen = [entity for entity in fixture() if isinstance(entity, Camera)]
    seen[0] = replace(seen[0], health=health, fault=fault)
    tanker = case(1, S1_CALL, type="HAZ", place=on_g25(1_102_300.0, "down"))
    assert len(load_wall_rules().cameras_of(tanker, seen)) == count


def test_a_called_camera_offers_the_position_that_looks_at_the_incident() -> None:
    seen = next(entity for entity in fixture() if isinstance(entity, Camera))
    tanker = case(1, S1_CALL, type="HAZ", place=on_g25(1_102_300.0, "down"))
    up, down = Preset(number=2, name="上行来车"), Preset(number=3, name="下行来车")
    lane = Preset(number=4, name="下行应急车道")
    rules = load_wall_rules()
    assert rules.preset_of(tanker, replace(seen, presets=(up, down)), "下行") == down
    assert rules.preset_of(tanker, replace(seen, presets=(up, down, lane)), "下行") == lane
    assert rules.preset_of(tanker, replace(seen, presets=(up,)), "下行") is None


def test_an_incident_without_a_place_calls_nothing_up() -> None:
    seen = [entity for entity in fixture() if isinstance(entity, Camera)]
    lost = replace(case(1, S1_CALL), place=Place(text="某处"))
    assert load_wall_rules().cameras_of(lost, seen) == ()


def test_every_layout_that_a_rule_names_exists() -> None:
    rules = load_wall_rules()
    named = {rule.layout for rule in (rules.default, *rules.types.values())} - {""}
    assert named <= set(rules.layouts)


def test_a_kept_wall_is_read_as_it_was_written() -> None:
    before = wall(*"ABC", pinned=(1,))
    assert read(written(before), LAYOUTS) == before
    assert read(written(before.call_up("case", ["X"])), LAYOUTS) == before


@pytest.mark.parametrize("row", [None, [], {"layout": 3}, {"layout": "99", "tiles": 1}])
def test_a_damaged_wall_is_an_empty_one(row: object) -> None:
    assert read(row, LAYOUTS).tiles == ()


def test_a_damaged_tile_is_free() -> None:
    made = read({"layout": "4", "tiles": [["A", True], [1, False], "x"]}, LAYOUTS)
    assert (made.tile(0).camera, made.tile(1), made.tile(2)) == ("A", FREE, FREE)
