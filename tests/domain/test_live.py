"""Frames of the live channel: they come back as they were sent, or not at all."""

from __future__ import annotations

import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.live import (
    COLUMNS,
    HEAD_SIZE,
    LATEST_S,
    MOST_ROWS,
    FrameError,
    Head,
    LiveKind,
    decode,
    encode,
    read_head,
)

_WIDTHS = {kind: {name: int(code[-1]) for name, code in COLUMNS[kind]} for kind in LiveKind}

heads = st.builds(
    Head,
    kind=st.sampled_from(LiveKind),
    sequence=st.integers(0, 2**32 - 1),
    server_time=st.floats(0.0, LATEST_S),
    count=st.integers(0, 40),
    total=st.integers(0, 2**32 - 1),
    whole=st.booleans(),
    demo=st.booleans(),
    network=st.sampled_from(("", "a1b2", "f" * 64)),
)


def columns(head: Head, fill: int = 7) -> dict[str, bytes]:
    return {
        name: bytes((fill + i) % 256 for i in range(width * head.count))
        for name, width in _WIDTHS[head.kind].items()
    }


HEAD = Head(
    kind=LiveKind.LINKS, sequence=3, server_time=1e9, count=5, total=9, whole=True, demo=True
)
FRAME = encode(HEAD, columns(HEAD))


@given(head=heads, fill=st.integers(0, 255))
def test_a_frame_comes_back_as_it_was_sent(head: Head, fill: int) -> None:
    sent = columns(head, fill)
    frame = encode(head, sent)
    assert len(frame) == HEAD_SIZE + head.payload
    found, got = decode(frame)
    assert found == head
    assert {name: bytes(column) for name, column in got.items()} == sent


@given(bit=st.integers(0, len(FRAME) * 8 - 1))
def test_one_wrong_bit_spoils_the_frame(bit: int) -> None:
    spoiled = bytearray(FRAME)
    spoiled[bit // 8] ^= 1 << bit % 8
    with pytest.raises(FrameError):
        decode(bytes(spoiled))


@given(length=st.integers(0, len(FRAME) - 1))
def test_half_a_frame_is_none(length: int) -> None:
    with pytest.raises(FrameError):
        decode(FRAME[:length])


@given(data=st.binary(min_size=HEAD_SIZE, max_size=400))
def test_noise_is_no_frame(data: bytes) -> None:
    with pytest.raises(FrameError):
        decode(data)


def test_another_version_is_refused() -> None:
    other = FRAME[:4] + bytes([2]) + FRAME[5:]
    with pytest.raises(FrameError, match="version 2"):
        read_head(other)


@pytest.mark.parametrize("count", [6, MOST_ROWS + 1, 2**32 - 1])
def test_a_count_that_does_not_fit_asks_for_no_memory(count: int) -> None:
    at = struct.calcsize("<4sBBHId")
    other = FRAME[:at] + count.to_bytes(4, "little") + FRAME[at + 4 :]
    with pytest.raises(FrameError):
        read_head(other)


def test_columns_of_another_length_are_not_sent() -> None:
    with pytest.raises(FrameError):
        encode(replace(HEAD, count=4), columns(HEAD))


def test_a_long_fingerprint_is_not_cut() -> None:
    with pytest.raises(FrameError, match="64 bytes"):
        encode(replace(HEAD, network="f" * 65), columns(HEAD))


@pytest.mark.parametrize("time", [float("nan"), float("inf"), -1.0, 1e300])
def test_a_time_that_no_calendar_has_is_refused(time: float) -> None:
    with pytest.raises(FrameError, match="damaged head"):
        decode(encode(replace(HEAD, server_time=time), columns(HEAD)))
