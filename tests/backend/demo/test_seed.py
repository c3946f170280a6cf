"""What a fresh demo backend holds."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.clocks import clocks
from app.domain.entry import Entry
from app.domain.incident import MAIN_PATH, Incident
from app.domain.kinds import KIND_OF
from app.domain.obligation import Obligation, ObligationState
from app.domain.people import Org
from app.domain.roles import Role, may_read
from app.domain.rules import load_rules
from backend.demo import seed
from backend.demo.play import Desk, PlayError

NOW = datetime(2026, 7, 15, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def rows() -> list[Any]:
    return list(seed.entities(NOW, load_rules()))


def of(rows: list[Any], kind: type) -> list[Any]:
    return [row for row in rows if type(row) is kind]


def times(row: Any) -> Iterator[datetime]:
    names = ("at", "known_at", "occurred_at", "updated_at", "closed_at", "sent_at", "raised_at")
    return (time for name in names if (time := getattr(row, name, None)) is not None)


def test_twelve_cases_are_open_and_three_hundred_have_ended(rows: list[Any]) -> None:
    assert Counter(case.is_open for case in of(rows, Incident)) == {True: 12, False: 300}


def test_open_cases_stand_in_every_open_state(rows: list[Any]) -> None:
    states = {case.state for case in of(rows, Incident) if case.is_open}
    assert states == set(MAIN_PATH[:-1])


def test_everything_is_marked_as_demo_and_has_a_version(rows: list[Any]) -> None:
    assert all(row.demo and row.version >= 1 for row in rows)


def test_ids_and_case_numbers_are_unique(rows: list[Any]) -> None:
    keys = Counter((KIND_OF[type(row)], row.id) for row in rows)
    numbers = Counter(case.number for case in of(rows, Incident))
    assert set(keys.values()) == set(numbers.values()) == {1}


def test_nothing_happens_after_now(rows: list[Any]) -> None:
    assert all(time <= NOW for row in rows for time in times(row))


def test_districts_are_unknown(rows: list[Any]) -> None:
    places = [row.place for row in rows if hasattr(row, "place")]
    assert places
    assert {place.adcode for place in places} == {None}


def test_a_newer_start_tells_the_same_cases_later(rows: list[Any]) -> None:
    later = list(seed.entities(NOW + timedelta(days=3), load_rules()))
    before = {case.id: case for case in of(rows, Incident)}
    for case in of(later, Incident):
        assert case.known_at - before[case.id].known_at == timedelta(days=3)
        assert (case.title, case.place, case.state) == (
            before[case.id].title, before[case.id].place, before[case.id].state,
        )  # fmt: skip


def test_every_step_of_a_case_is_on_its_timeline(rows: list[Any]) -> None:
    steps: dict[str, list[Entry]] = {}
    for entry in sorted(of(rows, Entry), key=lambda entry: entry.at):
        if entry.event and entry.from_state != entry.to_state:
            steps.setdefault(entry.incident_id, []).append(entry)
    for case in of(rows, Incident):
        moves = [entry for entry in steps[case.id] if entry.to_state]
        assert moves[0].event == "REPORT"
        assert moves[-1].to_state == case.state
        assert [m.from_state for m in moves[1:]] == [m.to_state for m in moves[:-1]]


def test_clocks_run_on_open_cases_and_ended_ones_owe_no_report(rows: list[Any]) -> None:
    duties: dict[str, list[Obligation]] = {}
    for duty in of(rows, Obligation):
        duties.setdefault(duty.incident_id, []).append(duty)
    rules = load_rules()
    cases = of(rows, Incident)
    running = [case for case in cases if clocks(case, duties.get(case.id, ()), (), rules)]
    assert len(running) >= 6
    owed = [
        duty
        for case in cases
        if not case.is_open
        for duty in duties.get(case.id, ())
        if duty.state == ObligationState.OPEN
    ]
    assert owed == []


def test_one_user_per_role_can_sign_in() -> None:
    people = [user for user, password in seed.users() if password]
    assert {user.role for user in people} == set(Role) - {Role.SYSTEM}
    assert {user.username for user in people} >= {"dispatcher", "dispatcher2", "shift_chief"}


def test_users_belong_to_known_organisations(rows: list[Any]) -> None:
    orgs = {org.id for org in of(rows, Org)}
    assert {user.org_id for user, _ in seed.users()} <= orgs
    assert {row.org_id for row in rows if getattr(row, "org_id", "")} <= orgs


def test_users_of_other_bodies_see_their_own_cases_only(rows: list[Any]) -> None:
    seen = {
        user.username: sum(may_read(user, case) for case in of(rows, Incident))
        for user, _ in seed.users()
    }
    assert seen["dispatcher"] == 312
    assert all(0 < seen[name] < 312 for name in ("liaison", "maint_sup", "maint_unit", "patrol"))


def test_an_act_that_the_domain_refuses_stops_the_script() -> None:
    desk = Desk(load_rules(), {user.username: user for user, _ in seed.users()})
    with pytest.raises(PlayError):
        desk.act("auditor", NOW, "REPORT", "x", source="VIDEO", known_at=NOW, type="ACC")
