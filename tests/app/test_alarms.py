"""The seat counts the clocks of its cases by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.alarms import AlarmDesk
from app.domain.entry import Entry
from app.domain.rules import load_rules
from app.store import Store
from tests.support.fake_services import NOW, FakeClock, incident, put

RULES = load_rules()
QUIET = timedelta(minutes=30)
type Rang = Callable[[], list[str]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(clock: FakeClock) -> Store:
    return Store(RULES, clock)


@pytest.fixture
def desk(store: Store, clock: FakeClock, qtbot: QtBot) -> Iterator[AlarmDesk]:
    made = AlarmDesk(store, RULES, clock, lambda: False)
    yield made
    made.shutdown()


@pytest.fixture
def rang(desk: AlarmDesk, store: Store) -> Rang:
    """Look at the clocks now; the rules of all that has rung by then."""

    def look() -> list[str]:
        desk._on_tick()
        return [alarm.rule for alarm in store.all("alarm").values()]

    return look


def note(number: int, incident_id: str, after: timedelta) -> Entry:
    return Entry(
        id=f"note-{number}", version=1, incident_id=incident_id, type="NOTE", at=NOW + after
    )


def test_a_case_without_update_rings_after_half_an_hour(
    rang: Rang, store: Store, clock: FakeClock
) -> None:
    store.apply(put(incident(1, state="RESPONDING", severity="IV", updated_at=NOW)))
    clock.time = NOW + QUIET - timedelta(seconds=1)
    assert rang() == []
    clock.time = NOW + QUIET
    assert rang() == ["RESPONDING_QUIET"]


def test_a_note_starts_the_half_hour_again(rang: Rang, store: Store, clock: FakeClock) -> None:
    case = incident(1, state="RESPONDING", severity="IV", updated_at=NOW)
    fresh = timedelta(minutes=20)
    store.apply(put(case))
    store.apply(put(note(1, case.id, fresh)))
    clock.time = NOW + QUIET
    assert rang() == []
    clock.time = NOW + fresh + QUIET
    assert rang() == ["RESPONDING_QUIET"]


def test_a_case_that_rang_rings_again_half_an_hour_after_its_next_note(
    rang: Rang, store: Store, clock: FakeClock
) -> None:
    case = incident(1, state="RESPONDING", severity="IV", updated_at=NOW)
    store.apply(put(case))
    clock.time = NOW + QUIET
    assert rang() == ["RESPONDING_QUIET"]
    store.apply(put(note(1, case.id, QUIET)))
    clock.time = NOW + 2 * QUIET
    assert rang() == ["RESPONDING_QUIET", "RESPONDING_QUIET"]
