"""What stands near a case, in the order in which it helps."""

import pytest

from app.domain.camera import Camera
from app.domain.incident import Place
from app.domain.nearby import nearest_along

G25 = {"route_id": "r-g25", "route_code": "G25"}
TANKER = Place(**G25, stake_m=1_102_300, direction="down", lon=117.7, lat=39.0)


def camera(camera_id: str, **place: object) -> Camera:
    return Camera(id=camera_id, place=Place(**place))  # type: ignore[arg-type]  # fields of Place


def test_the_same_carriageway_comes_before_a_nearer_camera_of_the_other() -> None:
    cameras = [
        camera("CAM-G25-1101", **G25, stake_m=1_101_800, direction="up"),
        camera("CAM-G25-1103", **G25, stake_m=1_103_050, direction="down"),
    ]
    found = nearest_along(TANKER, cameras)
    assert [(n.entity.id, n.distance_m, n.same_carriageway) for n in found] == [
        ("CAM-G25-1103", 750, True),
        ("CAM-G25-1101", 500, False),
    ]


def test_off_the_route_the_straight_distance_counts() -> None:
    near = nearest_along(TANKER, [camera("crossing", lon=117.7, lat=39.01)])[0]
    assert near.distance_m == pytest.approx(1112, abs=1)
    assert near.same_carriageway is None


def test_an_unknown_direction_is_neither_same_nor_other() -> None:
    near = nearest_along(TANKER, [camera("mast", **G25, stake_m=1_102_000)])[0]
    assert (near.distance_m, near.same_carriageway) == (300, None)


def test_what_is_too_far_or_without_a_place_is_left_out() -> None:
    far = camera("far", **G25, stake_m=1_200_000, direction="down")
    assert nearest_along(TANKER, [far, camera("nowhere")]) == []
    assert nearest_along(Place(text="somewhere"), [far]) == []


def test_equal_distances_keep_one_order() -> None:
    pair = [camera(name, **G25, stake_m=1_102_300, direction="down") for name in ("b", "a")]
    assert [n.entity.id for n in nearest_along(TANKER, pair)] == ["a", "b"]
