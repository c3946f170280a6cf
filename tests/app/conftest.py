"""Seats and backends for the tests of the client's core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.people import User
from backend.context import Context
from tests.support.direct import DirectSeat, SetClock, new_context

WANG = User(id="u1", username="wang", name="王芳", role="DISPATCHER", all_orgs=True)
CHEN = User(id="u2", username="chen", name="陈立", role="SHIFT_CHIEF", all_orgs=True)
ADMIN = User(id="u9", username="admin", name="管理员", role="ADMIN", all_orgs=True)

type NewSeat = Callable[[User], DirectSeat]


@pytest.fixture
def set_clock() -> SetClock:
    return SetClock()


@pytest.fixture
def backend(tmp_path: Path, set_clock: SetClock) -> Iterator[Context]:
    context = new_context(tmp_path / "backend", (WANG, CHEN, ADMIN), set_clock.now)
    yield context
    context.close()


@pytest.fixture
def new_seat(tmp_path: Path, backend: Context, set_clock: SetClock) -> Iterator[NewSeat]:
    seats: list[DirectSeat] = []

    def build(user: User) -> DirectSeat:
        seat = DirectSeat(tmp_path / f"seat-{len(seats)}", backend, user, set_clock)
        seats.append(seat)
        return seat

    yield build
    for seat in seats:
        seat.close()


@pytest.fixture
def wang(new_seat: NewSeat) -> DirectSeat:
    return new_seat(WANG)


@pytest.fixture
def chen(new_seat: NewSeat) -> DirectSeat:
    return new_seat(CHEN)
