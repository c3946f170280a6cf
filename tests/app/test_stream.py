from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.changes import LONGEST_EVENT, messages, split_events
from app.api.codec import BadMessageError, Heartbeat, Page

TEXT = (
    b"event: heartbeat\ndata: {\"server_time\":\"2026-07-15T18:10:00Z\",\"head\":7}\n\n"
    b": a comment\n\n"
    b"id: 9\r\nevent: changes\r\ndata: {\"epoch\":\"e\",\"head\":9,\"next\":9,\"changes\":[]}\r\n\r\n"
    b"event: drone\ndata: {}\n\n"
)  # fmt: skip


@given(cuts=st.lists(st.integers(0, len(TEXT)), max_size=12))
def test_messages_are_the_same_in_whatever_pieces_they_come(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(TEXT)]
    pieces = [TEXT[a:b] for a, b in pairwise(places)]
    beat, page = messages(split_events(pieces), "test")
    assert isinstance(beat, Heartbeat)
    assert isinstance(page, Page)
    assert (beat.head, page.next) == (7, 9)


def test_a_message_that_cannot_be_read_is_dropped_and_the_stream_goes_on(
    expect_log: Callable[[str], None],
) -> None:
    expect_log("dropped message from test: changes")
    spoiled = b"event: changes\ndata: {\"epoch\": 5}\n\n" + TEXT  # fmt: skip
    assert len(list(messages(split_events([spoiled]), "test"))) == 2


def test_an_event_without_end_is_not_gathered_for_ever() -> None:
    endless = (b"data: " + b"x" * 1_000_000 for _ in range(LONGEST_EVENT // 1_000_000 + 2))
    with pytest.raises(BadMessageError):
        list(split_events(endless))
