"""GB/T 28181 commands: the handbook's vectors (4.3), and what is no command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ptz import STILL, Move, PresetAct, PresetCommand, decode, encode

HALF = 0x80 / 255
VECTORS = [
    (STILL, "A50F0100000000B5"),
    (Move(pan=HALF), "A50F010180000036"),
    (Move(pan=-HALF), "A50F010280000037"),
    (Move(tilt=HALF), "A50F01080080003D"),
    (Move(tilt=-HALF), "A50F010400800039"),
    (Move(zoom=5 / 15), "A50F011000005015"),
    (PresetCommand(PresetAct.CALL, 1), "A50F018200010038"),
]
SPEEDS = st.floats(-1, 1)


@pytest.mark.parametrize(("command", "text"), VECTORS)
def test_commands_are_those_of_the_handbook(command: Move | PresetCommand, text: str) -> None:
    assert encode(command, 1) == text
    assert decode(text) == (1, command)


@given(SPEEDS, SPEEDS, SPEEDS, st.integers(0, 0xFFF))
def test_a_move_comes_out_as_it_went_in(pan: float, tilt: float, zoom: float, at: int) -> None:
    address, move = decode(encode(Move(pan, tilt, zoom), at))
    assert address == at
    assert isinstance(move, Move)
    assert (move.pan, move.tilt) == pytest.approx((pan, tilt), abs=1 / 255)
    assert move.zoom == pytest.approx(zoom, abs=1 / 15)
    assert (move.pan != 0, move.tilt != 0, move.zoom != 0) == (pan != 0, tilt != 0, zoom != 0)


@given(st.sampled_from(PresetAct), st.integers(1, 255), st.integers(0, 0xFFF))
def test_a_preset_comes_out_as_it_went_in(act: PresetAct, number: int, address: int) -> None:
    command = PresetCommand(act, number)
    assert decode(encode(command, address)) == (address, command)


@given(st.binary(min_size=0, max_size=10))
def test_any_other_bytes_are_refused_or_read_never_more(data: bytes) -> None:
    try:
        address, command = decode(data.hex())
    except ValueError:
        return
    assert decode(encode(command, address)) == (address, command)


@pytest.mark.parametrize(
    "text",
    [
        "A50F0101800000",  # seven bytes
        "A50F010180000037",  # wrong sum
        "B50F010180000046",  # wrong head
        "A50F01038000" + "0038",  # left and right at once
        "A50F018200000037",  # preset 0
        "nonsense",
    ],
)
def test_what_is_no_command_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(text)


@pytest.mark.parametrize("speed", [1.01, -2.0, float("nan"), float("inf")])
def test_what_is_no_velocity_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="no velocity"):
        Move(pan=speed)


@pytest.mark.parametrize("address", [-1, 0x1000])
def test_an_address_has_twelve_bits(address: int) -> None:
    with pytest.raises(ValueError, match="no address"):
        encode(STILL, address)
