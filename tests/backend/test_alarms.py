"""Timers raise alarms, merge repeats, and never change a state."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from app.domain.clocks import ringing
from backend.adapters.unit import Unit
from backend.context import Context
from backend.problems import Problem
from backend.services import commands
from backend.services.alarms import Timers
from tests.backend.conftest import CHIEF, DISPATCHER, START, Clock, Desk, command


@pytest.fixture
def timers(context: Context) -> Timers:
    return Timers(context)


def of(context: Context, kind: str, incident_id: str) -> Sequence[Any]:
    with context.database.read() as connection:
        return Unit(connection).of_incident(kind, incident_id)


def rules(context: Context, incident_id: str) -> list[str]:
    return [alarm.rule for alarm in of(context, "alarm", incident_id)]


def test_an_unaccepted_case_rings_after_two_and_after_five_minutes(
    context: Context, desk: Desk, clock: Clock, timers: Timers
) -> None:
    incident_id = desk.report()
    timers.tick()
    assert rules(context, incident_id) == []
    clock.advance(minutes=2)
    timers.tick()
    assert rules(context, incident_id) == ["UNACCEPTED"]
    clock.advance(minutes=3)
    timers.tick()
    timers.tick()
    assert rules(context, incident_id) == ["UNACCEPTED", "UNACCEPTED_CHIEF"]


def test_an_accepted_case_does_not_ring_any_more(
    context: Context, desk: Desk, clock: Clock, timers: Timers
) -> None:
    incident_id = desk.report()
    timers.tick()
    desk.act(DISPATCHER, "ACCEPT", incident_id, 1)
    clock.advance(minutes=2)
    timers.tick()
    assert rules(context, incident_id) == []


def test_a_case_that_rings_when_the_backend_starts_is_heard_at_once(
    context: Context, desk: Desk, clock: Clock
) -> None:
    incident_id = desk.report()
    clock.advance(minutes=4)
    Timers(context).tick()
    Timers(context).tick()
    (alarm,) = of(context, "alarm", incident_id)
    assert (alarm.rule, alarm.count, alarm.version) == ("UNACCEPTED", 1, 1)
    assert alarm.raised_at == START.replace(minute=14)


def test_a_seat_and_the_backend_give_one_alarm_one_id(
    context: Context, desk: Desk, clock: Clock, timers: Timers
) -> None:
    incident_id = desk.report()
    clock.advance(minutes=2)
    timers.tick()
    with context.database.read() as connection:
        case = Unit(connection).get("incident", incident_id)
    assert case is not None
    heard = ringing(case, [], (), context.rules, clock.now)
    assert [alarm.id for alarm in heard] == [a.id for a in of(context, "alarm", incident_id)]


def classified(desk: Desk) -> str:
    incident_id = desk.report()
    desk.act(DISPATCHER, "ACCEPT", incident_id, 1)
    said = {"verify_method": "VIDEO", "occurred_at": START.isoformat()}
    desk.act(DISPATCHER, "CONFIRM", incident_id, 2, **said)
    desk.act(CHIEF, "CLASSIFY", incident_id, 3, severity="IV", basis="x")
    return incident_id


def test_a_rule_that_rings_again_is_counted_until_it_is_acknowledged(
    context: Context, desk: Desk, clock: Clock, timers: Timers
) -> None:
    incident_id = classified(desk)
    clock.advance(minutes=21)
    timers.tick()
    clock.advance(minutes=21)
    timers.tick()
    amber = next(a for a in of(context, "alarm", incident_id) if a.rule == "REPORT_AMBER")
    assert (amber.count, amber.version, amber.last_at) == (2, 2, START.replace(minute=54))
    desk.act(DISPATCHER, "ACKNOWLEDGE", amber.id, kind="alarm")
    clock.advance(minutes=1)
    timers.tick()
    assert rules(context, incident_id).count("REPORT_AMBER") == 1


def test_a_case_with_fresh_notes_is_not_quiet(
    context: Context, desk: Desk, clock: Clock, timers: Timers
) -> None:
    incident_id = classified(desk)
    desk.act(DISPATCHER, "START_RESPONSE", incident_id, 4, on_scene_statement=True)
    said: dict[str, Any] = {"incident_id": incident_id, "text": "处置中"}
    for _ in range(2):
        clock.advance(minutes=29)
        note = command(DISPATCHER, "ADD_NOTE", str(uuid.uuid4()), kind="entry", **said)
        commands.execute(context, replace(note, issued_at=clock.now), DISPATCHER)
        timers.tick()
    clock.advance(minutes=29)
    timers.tick()
    assert "RESPONDING_QUIET" not in rules(context, incident_id)
    clock.advance(minutes=1)
    timers.tick()
    assert "RESPONDING_QUIET" in rules(context, incident_id)


def test_timers_change_no_state_and_no_version(
    context: Context, desk: Desk, clock: Clock, timers: Timers
) -> None:
    incident_id = classified(desk)
    before = of(context, "incident", incident_id), of(context, "obligation", incident_id)
    clock.advance(hours=30)
    timers.tick()
    assert len(rules(context, incident_id)) > 0
    after = of(context, "incident", incident_id), of(context, "obligation", incident_id)
    assert after == before


def test_an_alarm_that_only_a_seat_has_heard_is_raised_when_it_is_acknowledged(
    context: Context, desk: Desk, clock: Clock
) -> None:
    incident_id = desk.report()
    clock.advance(minutes=2)
    with context.database.read() as connection:
        case = Unit(connection).get("incident", incident_id)
    assert case is not None
    (heard,) = ringing(case, [], (), context.rules, clock.now)
    (stored,) = desk.act(DISPATCHER, "ACKNOWLEDGE", heard.id, kind="alarm")
    assert (stored["id"], stored["acknowledged_by"]) == (heard.id, DISPATCHER.id)
    assert of(context, "alarm", incident_id)[0].acknowledged_by == DISPATCHER.id


def test_a_repeat_that_only_a_seat_has_heard_acknowledges_the_alarm_that_it_joined(
    context: Context, desk: Desk, clock: Clock, timers: Timers
) -> None:
    incident_id = classified(desk)
    clock.advance(minutes=21)
    timers.tick()
    clock.advance(minutes=21)
    with context.database.read() as connection:
        unit = Unit(connection)
        case, duties = (
            unit.get("incident", incident_id),
            unit.of_incident("obligation", incident_id),
        )
    assert case is not None
    phone = min(duties, key=lambda duty: duty.due_at)
    later = [replace(phone, state="SENT") if duty is phone else duty for duty in duties]
    (heard,) = (
        a for a in ringing(case, later, (), context.rules, clock.now) if a.rule == "REPORT_AMBER"
    )
    (acknowledged,) = desk.act(DISPATCHER, "ACKNOWLEDGE", heard.id, kind="alarm")
    assert acknowledged["id"] != heard.id
    assert (acknowledged["rule"], acknowledged["count"]) == ("REPORT_AMBER", 2)


def test_an_alarm_that_nobody_has_heard_is_not_found(desk: Desk) -> None:
    desk.report()
    with pytest.raises(Problem, match="NOT_FOUND"):
        desk.act(DISPATCHER, "ACKNOWLEDGE", str(uuid.uuid4()), kind="alarm")
