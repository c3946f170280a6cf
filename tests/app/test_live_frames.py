"""A stream is cut into frames, whatever pieces it comes in; states are folded."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.live import CLOSED, NEVER_S, FrameError, Head
from app.live.frames import Columns, FrameReader
from app.live.links import LinkFold, LinkPicture
from tests.support.live import links, vehicles

STREAM = links([(0, 1, 2, 3)]) + vehicles([(7, 117.5, 39.0, 1.5)]) + links([], whole=False)
STALE_S = 300.0


def read(data: bytes) -> list[tuple[Head, Columns]]:
    return list(FrameReader().feed(data))


@given(cuts=st.lists(st.integers(0, len(STREAM)), max_size=9))
def test_frames_are_the_same_in_whatever_pieces_they_come(cuts: list[int]) -> None:
    reader, places = FrameReader(), [0, *sorted(cuts), len(STREAM)]
    found = [item for a, b in pairwise(places) for item in reader.feed(STREAM[a:b])]
    reader.end()
    assert [(head.kind, head.count) for head, _ in found] == [
        ("links", 1), ("vehicles", 1), ("links", 0),
    ]  # fmt: skip
    assert found[1][1]["lon"].tolist() == [1_175_000_000]


@given(length=st.integers(1, len(links([(0, 1, 2, 3)])) - 1))
def test_a_stream_that_ends_within_a_frame_is_told(length: int) -> None:
    reader = FrameReader()
    assert list(reader.feed(STREAM[:length])) == []
    with pytest.raises(FrameError, match="half a frame"):
        reader.end()


@given(data=st.binary(min_size=100, max_size=300))
def test_noise_ends_the_reading_at_once(data: bytes) -> None:
    with pytest.raises(FrameError):
        read(data)


def folded(fold: LinkFold, data: bytes) -> LinkPicture:
    return [fold(head, columns) for head, columns in read(data)][-1]


def test_changes_are_laid_over_what_was_known() -> None:
    fold = LinkFold(3)
    first = folded(fold, links([(0, 1, 2, 10), (2, 3, 0, NEVER_S)], at=1000))
    second = folded(fold, links([(0, 5, 2, 0)], at=1005, whole=False))
    assert first.values.tolist() == [[1, 2], [0, 0], [3, 0]]
    assert second.values.tolist() == [[5, 2], [0, 0], [3, 0]]
    assert second.seen_at.tolist() == [1005, 0, 0]


def test_a_state_for_a_link_that_does_not_exist_is_ignored_and_counted(
    expect_log: Callable[[str], None],
) -> None:
    expect_log("links that do not exist")
    fold = LinkFold(2)
    folded(fold, links([(2, 5, 5, 0)]))
    picture = folded(fold, links([(1, 4, 4, 0), (2, 5, 5, 0), (4_000_000_000, 5, 5, 0)]))
    assert picture.values.tolist() == [[0, 0], [4, 4]]
    assert fold.unknown_links == 3


def test_a_level_that_is_too_old_is_none_but_a_closure_stays() -> None:
    picture = folded(LinkFold(2), links([(0, 5 | CLOSED, 1, 100), (1, 2, 2, 0)], at=1000))
    assert picture.at_time(1000, STALE_S).tolist() == [[5 | CLOSED, 1], [2, 2]]
    assert picture.at_time(1201, STALE_S).tolist() == [[CLOSED, 0], [2, 2]]
    assert picture.at_time(1301, STALE_S).tolist() == [[CLOSED, 0], [0, 0]]


def test_a_frame_without_news_says_so() -> None:
    fold = LinkFold(1)
    assert folded(fold, links([(0, 1, 1, 0)])).has_news
    assert not folded(fold, links([], whole=False)).has_news


def test_what_was_handed_out_does_not_change() -> None:
    fold = LinkFold(1)
    first = folded(fold, links([(0, 1, 1, 0)]))
    folded(fold, links([(0, 5, 5, 0)], whole=False))
    assert np.array_equal(first.values, [[1, 1]])


def test_a_level_that_is_not_known_here_is_no_data_and_its_marks_stay() -> None:
    picture = folded(LinkFold(2), links([(0, 6, 7 | CLOSED, 0), (1, 5, 5 | CLOSED, 0)]))
    assert picture.values.tolist() == [[0, CLOSED], [5, 5 | CLOSED]]


def test_a_server_whose_clock_is_set_back_leaves_nothing_new_for_hours() -> None:
    fold = LinkFold(2)
    folded(fold, links([(0, 5, 5, 0), (1, 5, 5, 500)], at=10_000))
    back = folded(fold, links([], at=6_400, whole=False))
    assert back.seen_at.tolist() == [6_400, 6_400]
    assert back.at_time(6_400 + STALE_S + 1, STALE_S).tolist() == [[0, 0], [0, 0]]
