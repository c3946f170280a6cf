"""Spellings of stakes (handbook 3.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.stakes import (
    Stake,
    StakeError,
    StakeProblem,
    format_stake,
    normal_code,
    parse,
    towards,
)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("K123+456", 123_456),
        ("k123+456", 123_456),
        ("K123+456.5", 123_456.5),
        ("K123", 123_000),
        ("123+456", 123_456),
        ("K123＋456", 123_456),
        ("Ｋ１２３＋４５６", 123_456),
        ("K123 + 456", 123_456),
        (" K0+000 ", 0),
        ("K1102+5", 1_102_005),
    ],
)
def test_one_stake_in_every_spelling(text: str, metres: float) -> None:
    assert parse(text).start == Stake(metres=metres)


@pytest.mark.parametrize("dash", ["~", "～", "-", "–", "—", "至", " 至 ", "到"])
@pytest.mark.parametrize("end", ["K1103+100", "1103+100"])
def test_range_has_start_and_end(dash: str, end: str) -> None:
    reference = parse(f"K1102+300{dash}{end}")
    assert (reference.start.metres, reference.end) == (1_102_300, Stake(metres=1_103_100))


@pytest.mark.parametrize(
    ("text", "route", "direction", "words"),
    [
        ("G2 K110+300", "G2", "", ""),
        ("G2K110+300", "G2", "", ""),
        ("g 2 k110+300", "G2", "", ""),
        ("G0111K110+300", "G0111", "", ""),
        ("G2 110+300", "G2", "", ""),
        ("X565 K110+300", "X565", "", ""),
        ("G2上行K110+300", "G2", "上行", ""),
        ("G2 K110+300 下行", "G2", "下行", ""),
        ("G2 down K110+300", "G2", "down", ""),
        ("K110+300（北京方向）", "", "北京方向", ""),
        ("往北京方向 G2K110+300", "G2", "往北京方向", ""),
        ("京沪高速K110+300", "", "", "京沪高速"),
        ("G2京沪高速 K110+300 第1车道", "G2", "", "京沪高速 第1车道"),
    ],
)
def test_words_around_a_stake_are_told_apart(
    text: str, route: str, direction: str, words: str
) -> None:
    reference = parse(text)
    assert reference.start.metres == 110_300
    assert (reference.route, reference.direction, reference.words) == (route, direction, words)


@pytest.mark.parametrize(
    ("text", "route", "branch", "metres"),
    [
        ("AK0+120", "", "A", 120),
        ("bk0+300", "", "B", 300),
        ("G2 AK0+120", "G2", "A", 120),
        ("G2AK0+120", "G2", "A", 120),
        ("S30 ZK10+200", "S30", "Z", 10_200),
        ("G0211A K3+000", "G0211A", "", 3000),
    ],
)
def test_letters_before_the_k_name_a_ramp(
    text: str, route: str, branch: str, metres: float
) -> None:
    reference = parse(text)
    assert reference.route == route
    assert reference.start == Stake(metres=metres, branch=branch)


def test_label_of_a_long_chain_is_kept() -> None:
    assert parse("K10+050长").start == Stake(metres=10_050, label="长")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", StakeProblem.EMPTY),
        ("  ", StakeProblem.EMPTY),
        ("渤海十路", StakeProblem.NO_STAKE),
        ("123", StakeProblem.NO_STAKE),
        ("K", StakeProblem.NO_STAKE),
        ("K-5+100", StakeProblem.NO_STAKE),
        ("K1+2+3", StakeProblem.NO_STAKE),
        ("K12345+000", StakeProblem.NO_STAKE),
        ("117.4,39.1", StakeProblem.NO_STAKE),
        ("K12+1456", StakeProblem.METRES),
        ("K12+1000", StakeProblem.METRES),
        ("上行K1+000下行", StakeProblem.TWO_DIRECTIONS),
    ],
)
def test_bad_text_is_refused_with_a_reason(text: str, reason: StakeProblem) -> None:
    with pytest.raises(StakeError) as error:
        parse(text)
    assert error.value.reason is reason


@given(st.text(max_size=40))
def test_any_text_is_a_stake_or_a_stake_error(text: str) -> None:
    try:
        reference = parse(text)
    except StakeError:
        return
    assert reference.start.metres >= 0


@given(
    st.integers(0, 9_999_999),
    st.sampled_from(["", "A", "Z", "AB"]),
    st.sampled_from(["", "长"]),
)
def test_a_written_stake_reads_back_the_same(metres: int, branch: str, label: str) -> None:
    stake = Stake(metres=metres, branch=branch, label=label)
    assert parse(str(stake)).start == stake


@pytest.mark.parametrize(
    ("metres", "text"),
    [(110_300, "K110+300"), (5, "K0+005"), (999.6, "K1+000"), (123_456.4, "K123+456")],
)
def test_stake_is_written_to_the_metre(metres: float, text: str) -> None:
    assert format_stake(metres) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("g 2", "G2"),
        ("Ｇ0111", "G0111"),
        ("s50", "S50"),
        ("G2502A", "G2502A"),
        ("K2", None),
        ("G", None),
    ],
)
def test_route_code_has_one_spelling(text: str, code: str | None) -> None:
    assert normal_code(text) == code


@pytest.mark.parametrize("text", ["北京方向", "往北京方向", "去往北京方向", "至北京方向"])
def test_direction_names_its_place(text: str) -> None:
    assert towards(text) == "北京"
