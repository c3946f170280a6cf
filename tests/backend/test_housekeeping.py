"""Old answers are forgotten; within their time a repeated command has the same answer."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from backend.adapters.tables import command as answers
from backend.context import Context
from backend.problems import Problem
from backend.services import commands
from backend.services.housekeeping import forget_answers
from tests.backend.conftest import DISPATCHER, REPORT, Clock, Desk, command


def kept(context: Context) -> int:
    with context.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(answers)) or 0


def test_a_command_is_answered_as_before_until_the_last_moment_and_applied_once(
    context: Context, clock: Clock
) -> None:
    report = command(DISPATCHER, "REPORT", str(uuid.uuid4()), **REPORT)
    first = commands.execute(context, report, DISPATCHER)
    head = context.database.head()
    clock.now += context.rules.answers_kept
    assert forget_answers(context) == 0
    assert commands.execute(context, report, DISPATCHER) == first
    assert context.database.head() == head


def test_the_time_is_longer_than_a_seat_may_be_without_the_server(context: Context) -> None:
    assert context.rules.answers_kept >= timedelta(days=7) * 4


def test_an_answer_beyond_its_time_is_forgotten_and_its_command_is_still_not_applied_twice(
    context: Context, clock: Clock, desk: Desk
) -> None:
    report = command(DISPATCHER, "REPORT", str(uuid.uuid4()), **REPORT)
    commands.execute(context, report, DISPATCHER)
    incident_id = desk.report()
    accept = command(DISPATCHER, "ACCEPT", incident_id, 1)
    commands.execute(context, accept, DISPATCHER)
    note = command(
        DISPATCHER, "ADD_NOTE", str(uuid.uuid4()), kind="entry", incident_id=incident_id, text="甲"
    )
    commands.execute(context, note, DISPATCHER)
    clock.now += context.rules.answers_kept + timedelta(seconds=1)
    assert forget_answers(context) == 4
    assert kept(context) == 0
    head = context.database.head()
    for repeated in (report, accept, note):
        with pytest.raises(Problem):
            commands.execute(context, repeated, DISPATCHER)
    assert context.database.head() == head


def test_only_what_is_too_old_goes_however_much_it_is(
    context: Context, clock: Clock, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    monkeypatch.setattr("backend.services.housekeeping._BATCH", 2)
    for _ in range(5):
        desk.report()
    clock.now += context.rules.answers_kept + timedelta(seconds=1)
    young = desk.report()
    assert forget_answers(context) == 5
    assert (kept(context), bool(young)) == (1, True)
