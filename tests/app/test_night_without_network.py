"""Story S9 of the handbook, step by step: what waits, what is sent, what never is."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from app.domain.outbox import OutboxItem, OutboxState
from tests.app.conftest import CHEN
from tests.support.direct import DirectSeat

PLACE = {"text": "S11 K23+300", "lon": 117.7, "lat": 38.9}
CONFIRM = {"type": "HAZ", "place": PLACE, "verify_method": "VIDEO",
           "occurred_at": "2026-07-15T18:00:00Z"}  # fmt: skip


def fire(seat: DirectSeat, event: str, entity_id: str, **fields: Any) -> OutboxItem:
    """Fire it and expect it to be taken."""
    taken: list[OutboxItem] = []
    kind = fields.pop("kind", "incident")
    expires_at = fields.pop("expires_at", None)
    refusals = seat.commands.fire(
        kind, entity_id, event, fields, expires_at=expires_at, done=taken.append
    )
    assert refusals == ()
    return taken[0]


def note(seat: DirectSeat, case: str, text: str, **more: Any) -> OutboxItem:
    fields = {"incident_id": case, "text": text, **more}
    return fire(seat, "ADD_NOTE", str(uuid.uuid4()), kind="entry", **fields)


def report(seat: DirectSeat) -> str:
    case = str(uuid.uuid4())
    fields = {"source": "12122", "known_at": seat.clock.now(), "type": "HAZ", "text": "罐车侧翻"}
    fire(seat, "REPORT", case, place=PLACE, **fields)
    return case


@pytest.fixture
def case(wang: DirectSeat, chen: DirectSeat) -> str:
    """A case that 王芳 has accepted and both seats know."""
    incident_id = report(wang)
    fire(wang, "ACCEPT", incident_id)
    wang.push_all()
    for seat in (wang, chen):
        seat.read()
    return incident_id


def state_of(seat: DirectSeat, item: OutboxItem) -> str:
    now = seat.outbox.get(item.id)
    assert now is not None
    return now.state


def number(seat: DirectSeat, case: str) -> str:
    incident = seat.store.get("incident", case)
    assert incident is not None
    return str(incident.number)


def test_acts_of_a_night_are_sent_in_order_and_what_expired_is_not(
    wang: DirectSeat, case: str
) -> None:
    clock = wang.clock
    old_sign = note(wang, case, "情报板", expires_at=clock.now() + timedelta(minutes=1))
    confirm = fire(wang, "CONFIRM", case, **CONFIRM)
    notes = [note(wang, case, "已通知清障"), note(wang, case, "已通知路政")]
    sign = note(wang, case, "雾区限速", expires_at=clock.now() + timedelta(minutes=5))
    assert wang.push("before") == 0.0
    clock.advance(minutes=4, seconds=30)

    wang.push_all()

    assert state_of(wang, old_sign) == OutboxState.EXPIRED
    assert [state_of(wang, item) for item in (confirm, *notes, sign)] == [OutboxState.ACKED] * 4
    texts = [entry.text for entry in wang.store.of_incident("entry", case)]
    assert "情报板" not in texts
    assert {"已通知清障", "已通知路政", "雾区限速"} <= set(texts)


def test_a_case_that_somebody_else_changed_waits_for_a_person_while_its_notes_go_on(
    wang: DirectSeat, chen: DirectSeat, case: str
) -> None:
    confirm = fire(wang, "CONFIRM", case, **CONFIRM)
    later = fire(wang, "AMEND", case, facts={"weather": "雾"}, reason="补充")
    notes = [note(wang, case, "一"), note(wang, case, "二")]
    fire(chen, "ASSIGN", case, owner_id=CHEN.id, reason="接手")
    fire(chen, "ASSIGN", case, owner_id=wang.user.id)
    chen.push_all()

    wang.push_all()

    clash = wang.outbox.get(confirm.id)
    assert clash is not None
    assert clash.state == OutboxState.CONFLICT
    assert (clash.base.version, clash.theirs.version) == (2, 4)
    assert [state_of(wang, item) for item in notes] == [OutboxState.ACKED] * 2
    assert state_of(wang, later) == OutboxState.QUEUED

    assert wang.commands.resolve(confirm.id, confirm.command.fields) == ()
    wang.push_all()
    now = wang.store.server("incident", case)
    assert now is not None
    assert (now.version, now.state) == (5, "CONFIRMED")
    # its author had not seen the other's change either: a person looks at it, too
    assert state_of(wang, later) == OutboxState.CONFLICT
    assert wang.commands.resolve(later.id, later.command.fields) == ()
    wang.push_all()
    assert wang.store.server("incident", case).detail.weather == "雾"  # type: ignore[union-attr]  # it is there


def test_three_queued_changes_of_one_case_are_sent_after_a_restart(
    wang: DirectSeat, case: str
) -> None:
    fire(wang, "CONFIRM", case, **CONFIRM)
    fire(wang, "AMEND", case, facts={"queue_m": 800}, reason="补充")
    fire(wang, "AMEND", case, facts={"weather": "雾"}, reason="补充")

    wang.restart()

    wished, known = wang.store.get("incident", case), wang.store.server("incident", case)
    assert wished is not None
    assert (wished.state, wished.detail.weather) == ("CONFIRMED", "雾")
    assert known is not None
    assert (known.state, known.detail.weather) == ("VERIFYING", None)
    wang.push_all()
    now = wang.store.server("incident", case)
    assert now is not None
    assert (now.version, now.detail.queue_m, now.detail.weather) == (5, 800, "雾")


@pytest.mark.parametrize("fault", ["before", "after", "kill"])
def test_a_command_whose_answer_was_lost_is_applied_once(
    wang: DirectSeat, case: str, fault: str
) -> None:
    confirm = fire(wang, "CONFIRM", case, **CONFIRM)
    wang.push(fault)
    assert state_of(wang, confirm) == OutboxState.RETRY_WAIT

    wang.push_all()
    wang.read()

    assert state_of(wang, confirm) == OutboxState.ACKED
    now = wang.store.server("incident", case)
    assert now is not None
    assert now.version == 3
    events = [entry.event for entry in wang.store.of_incident("entry", case)]
    assert events.count("CONFIRM") == 1


def test_a_command_that_may_have_arrived_keeps_its_payload_when_its_entity_moves_on(
    wang: DirectSeat, chen: DirectSeat, case: str
) -> None:
    """Its key would count for another command if the base version changed under it."""
    fire(wang, "CONFIRM", case, **CONFIRM)
    wang.push_all()
    chen.read()
    fire(chen, "CLASSIFY", case, severity="IV", basis="轻伤")
    chen.push_all()
    duty = chen.store.of_incident("obligation", case)[0]
    sent = fire(chen, "SEND", duty.id, kind="obligation", sent_at=chen.clock.now())
    chen.push("after")
    versions = {("obligation", duty.id): duty.version + 1}
    other = note(chen, case, "另一条")
    chen.outbox.move(other.id, "SEND")

    chen.outbox.accept(other.id, versions)

    kept = chen.outbox.get(sent.id)
    assert kept is not None
    assert kept.command == sent.command


def test_what_was_made_on_a_provisional_case_waits_for_it(wang: DirectSeat) -> None:
    case = report(wang)
    first = note(wang, case, "第一条")
    assert number(wang, case) == ""
    wang.push("before")
    [waiting] = [item for item in wang.outbox.pending() if item.id != first.id]

    assert list(wang.pusher._in_turn(wang.outbox.pending())) == [waiting]

    wang.push_all()
    assert state_of(wang, first) == OutboxState.ACKED
    assert number(wang, case).startswith("INC-20260716-")


def test_notes_on_a_report_that_was_taken_back_are_taken_back_with_it(wang: DirectSeat) -> None:
    case = report(wang)
    orphan = note(wang, case, "无主")
    [item] = [item for item in wang.outbox.pending() if item.id != orphan.id]

    wang.commands.cancel(item.id, "误操作")
    wang.push_all()

    assert state_of(wang, orphan) == OutboxState.CANCELLED
    assert wang.store.get("incident", case) is None
    assert wang.store.of_incident("entry", case) == []


def test_a_refused_act_goes_back_to_its_author_with_the_reason(
    wang: DirectSeat, chen: DirectSeat, case: str
) -> None:
    late = note(wang, case, "x" * 10)
    item = wang.outbox.get(late.id)
    assert item is not None
    # a server with a shorter limit than this client knows
    wang.api.send = lambda token, command: wang.api._asked(_refuse_length)

    wang.push()

    assert state_of(wang, late) == OutboxState.FAILED
    [told] = wang.refused
    assert (told.last_error, dict(told.error_params)) == ("TOO_LONG", {"field": "text", "limit": 5})


def _refuse_length() -> bytes:
    from app.domain.decide import Refusal
    from backend.problems import Problem

    raise Problem("TOO_LONG", refusals=[Refusal("TOO_LONG", {"field": "text", "limit": 5})])


def test_waiting_acts_of_a_signed_out_author_stay_and_those_of_others_go(
    wang: DirectSeat, case: str
) -> None:
    mine = note(wang, case, "我的")
    wang.tokens.absent.add(wang.user.id)

    wang.push_all()

    waiting = wang.outbox.get(mine.id)
    assert waiting is not None
    assert (waiting.state, waiting.last_error) == (OutboxState.RETRY_WAIT, "AUTHOR_SIGNED_OUT")
    wang.tokens.absent.clear()
    wang.pusher.author_returned(wang.user.id)
    wang.push_all()
    assert state_of(wang, mine) == OutboxState.ACKED


def test_a_lost_command_waits_longer_each_time_and_keeps_its_key(
    wang: DirectSeat, case: str
) -> None:
    lost = note(wang, case, "等待")
    waits = []
    for _ in range(7):
        wang.push("before")
        item = wang.outbox.get(lost.id)
        assert item is not None
        assert item.next_at is not None
        waits.append((item.next_at - wang.clock.now()).total_seconds())
        assert item.command.key == lost.id
    assert waits == [1, 2, 5, 15, 30, 60, 60]


def test_a_photo_lets_words_go_first(wang: DirectSeat, case: str) -> None:
    photo = {"sha256": "a" * 64, "name": "现场.jpg", "media_type": "image/jpeg", "size": 20_000_000}
    large = fire(wang, "ADD_ATTACHMENT", "photo", kind="entry", incident_id=case, attachment=photo)
    words = note(wang, case, "已到现场")
    wang.push()
    assert (state_of(wang, words), state_of(wang, large)) == (
        OutboxState.ACKED, OutboxState.QUEUED,
    )  # fmt: skip
    wang.push()
    assert [item.last_error for item in wang.refused] == ["FILE_MISSING"]


def test_a_settled_conflict_is_shown_in_its_old_place_before_the_acts_behind_it(
    wang: DirectSeat, chen: DirectSeat, case: str
) -> None:
    first = fire(wang, "CONFIRM", case, **CONFIRM)
    fire(wang, "AMEND", case, facts={"weather": "雾"}, reason="补充")
    fire(chen, "ASSIGN", case, owner_id=CHEN.id, reason="接手")
    fire(chen, "ASSIGN", case, owner_id=wang.user.id)
    chen.push_all()
    wang.push()
    assert state_of(wang, first) == OutboxState.CONFLICT
    assert wang.commands.resolve(first.id, {**first.command.fields}) == ()
    events = [item.command.event for item in wang.store.pending("incident", case)]
    assert events == ["CONFIRM", "AMEND"]
    amended = [e for e in wang.store.of_incident("entry", case) if e.event == "AMEND"]
    assert [entry.from_state for entry in amended] == ["CONFIRMED"]
