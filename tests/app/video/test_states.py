"""The table of stream states, by handbook 5.5, and its limits."""

from itertools import product

import pytest

from app.video.limits import stream_limits
from app.video.states import TRANSITIONS, StreamEvent, StreamState, after
from app.video.status import Fault

S, E = StreamState, StreamEvent


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([E.OPEN], S.CONNECTING),
        ([E.OPEN, E.FRAME], S.PLAYING),
        ([E.OPEN, E.FRAME, E.QUIET], S.STALLED),
        ([E.OPEN, E.FRAME, E.QUIET, E.FRAME], S.PLAYING),
        ([E.OPEN, E.FRAME, E.QUIET, E.LOST], S.RECONNECTING),
        ([E.OPEN, E.FRAME, E.LOST, E.OPEN], S.RECONNECTING),
        ([E.OPEN, E.FRAME, E.LOST, E.OPEN, E.FRAME], S.PLAYING),
        ([E.OPEN, E.REFUSED], S.ERROR),
        ([E.OPEN, E.LOST, E.OPEN, E.REFUSED], S.ERROR),
        ([E.OPEN, E.REFUSED, E.OPEN], S.CONNECTING),
        ([E.OPEN, E.FRAME, E.HIDE], S.PAUSED),
        ([E.OPEN, E.FRAME, E.HIDE, E.OPEN], S.CONNECTING),
    ],
)
def test_a_stream_lives_by_the_table(events: list[StreamEvent], state: StreamState) -> None:
    now = S.IDLE
    for event in events:
        now = after(now, event)
    assert now is state


def test_closing_ends_every_state() -> None:
    assert {after(state, E.CLOSE) for state in S} == {S.IDLE}


def test_a_frame_that_comes_late_revives_nothing() -> None:
    for state in (S.IDLE, S.ERROR, S.PAUSED):
        assert after(state, E.FRAME) is state


def test_every_state_can_be_reached_and_left() -> None:
    reached = {state for _, state in TRANSITIONS.items()}
    assert reached == set(S)
    for state in set(S):
        assert any(after(state, event) is not state for event in E)


def test_what_the_table_does_not_name_changes_nothing() -> None:
    for state, event in product(S, E):
        if (state, event) not in TRANSITIONS:
            assert after(state, event) is state


def test_the_limits_are_those_of_the_handbook() -> None:
    limits = stream_limits()
    assert (limits.live.stalled_s, limits.live.lost_s) == (3.0, 4.0)
    assert limits.retry.steps_s == (1.0, 2.0)
    assert (limits.retry.hidden_s, limits.retry.lasting_s) == (15.0, 60.0)
    assert {Fault.UNAUTHORIZED, Fault.NOT_FOUND, Fault.NO_VIDEO} < limits.retry.lasting
    assert Fault.LOST not in limits.retry.lasting
