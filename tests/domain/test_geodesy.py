import pytest

from app.domain.geodesy import bearing_deg, cumulative_m, distance_m, offset

TANGGU = (117.65, 39.02)


def test_one_degree_of_latitude_is_111_195_m() -> None:
    assert distance_m((117, 39), (117, 40)) == pytest.approx(111_195.08, abs=0.01)


@pytest.mark.parametrize("bearing", [0, 45, 90, 180, 270, 359])
def test_offset_lies_at_its_bearing_and_length(bearing: float) -> None:
    there = offset(TANGGU, bearing, 1500)
    assert distance_m(TANGGU, there) == pytest.approx(1500, abs=1)
    turn = (bearing_deg(TANGGU, there) - bearing + 180) % 360 - 180
    assert turn == pytest.approx(0, abs=0.1)


def test_measures_start_at_zero_and_add_up() -> None:
    line = [TANGGU, offset(TANGGU, 0, 100), offset(TANGGU, 0, 350)]
    assert cumulative_m(line) == pytest.approx([0, 100, 350], abs=0.1)
