"""Report duties and their clocks (handbook 1.5), timers and alarms (5.1)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.domain.alarm import Alarm, merge
from app.domain.clocks import AMBER, CALM, RED, clocks, next_ring, ringing
from app.domain.entry import Entry
from app.domain.incident import IncidentDetail
from app.domain.obligation import Obligation
from tests.domain.desk import KNOWN_AT, RULES, USERS, Desk, case_in

DISPATCHER, CHIEF, LEADER = (USERS[r] for r in ("DISPATCHER", "SHIFT_CHIEF", "DUTY_LEADER"))
SHANGHAI = ZoneInfo("Asia/Shanghai")


def minutes(count: float) -> datetime:
    return KNOWN_AT + timedelta(minutes=count)


def classified(severity: str, *, after: float = 18) -> Desk:
    desk = Desk()
    desk.put(case_in("CONFIRMED"))
    desk.now = minutes(after)
    actor = CHIEF if severity == "IV" else LEADER
    desk.act(actor, "CLASSIFY", severity=severity, basis="伤亡")
    return desk


def duties(desk: Desk, state: str = "OPEN") -> dict[str, Obligation]:
    return {d.rule_id: d for d in desk.of_incident("obligation", "i1") if d.state == state}


def local(time: datetime) -> str:
    return time.astimezone(SHANGHAI).strftime("%H:%M")


def test_s1_the_call_at_0612_is_due_by_phone_at_0642_and_in_writing_at_0712() -> None:
    due = {rule: local(duty.due_at) for rule, duty in duties(classified("IV")).items()}
    assert due == {"PHONE_30": "06:42", "WRITTEN_60": "07:12"}


def test_the_clock_starts_when_the_call_came_however_late_the_level_is_set() -> None:
    early, late = duties(classified("IV")), duties(classified("IV", after=300))
    assert {d.due_at for d in early.values()} == {d.due_at for d in late.values()}


@pytest.mark.parametrize(
    ("severity", "rules"),
    [
        ("IV", {"PHONE_30", "WRITTEN_60"}),
        ("III", {"PHONE_30", "WRITTEN_60", "FOLLOW_UP_60"}),
        ("II", {"PHONE_30", "WRITTEN_60", "FOLLOW_UP_60", "MOT_240"}),
        ("I", {"PHONE_30", "WRITTEN_60", "FOLLOW_UP_60", "MOT_240"}),
    ],
)
def test_each_level_has_its_duties(severity: str, rules: set[str]) -> None:
    assert set(duties(classified(severity))) == rules


def test_a_higher_level_adds_duties_and_keeps_the_clocks_of_the_others() -> None:
    desk = classified("IV")
    before = duties(desk)
    desk.act(LEADER, "RECLASSIFY", severity="II", reason="伤亡增加")
    after = duties(desk)
    assert set(after) - set(before) == {"FOLLOW_UP_60", "MOT_240"}
    assert all(after[rule].due_at == before[rule].due_at for rule in before)


def test_a_lower_level_lifts_what_only_the_higher_one_asked_for() -> None:
    desk = classified("II")
    desk.act(LEADER, "RECLASSIFY", severity="IV", reason="更正")
    assert set(duties(desk)) == {"PHONE_30", "WRITTEN_60"}
    assert set(duties(desk, "WAIVED")) == {"FOLLOW_UP_60", "MOT_240"}


def test_a_lifted_duty_comes_back_with_the_level_but_a_waived_one_does_not() -> None:
    desk = classified("II")
    mot = duties(desk)["MOT_240"]
    desk.act(LEADER, "WAIVE", mot.id, "obligation", reason="部里已知")
    desk.act(LEADER, "RECLASSIFY", severity="IV", reason="更正")
    desk.act(LEADER, "RECLASSIFY", severity="II", reason="再更正")
    assert set(duties(desk)) == {"PHONE_30", "WRITTEN_60", "FOLLOW_UP_60"}


def test_sending_in_time_needs_no_reason_and_late_sending_does() -> None:
    desk = classified("IV")
    phone = duties(desk)["PHONE_30"]
    late = {"sent_at": minutes(31).isoformat()}
    assert desk.codes(DISPATCHER, "SEND", phone.id, "obligation", **late) == ["LATE_NEEDS_REASON"]
    said: dict[str, Any] = {**late, "late_reason": "线路忙"}
    sent, entry = desk.act(DISPATCHER, "SEND", phone.id, "obligation", **said)
    assert (sent.state, sent.sent_by, sent.late_reason) == ("SENT", "dispatcher", "线路忙")
    assert (entry.type, entry.incident_id) == ("OBLIGATION", "i1")
    again = desk.codes(DISPATCHER, "SEND", phone.id, "obligation", **said)
    assert again == ["WRONG_STATE"]


def test_each_report_is_sent_by_those_who_sign_it_and_waived_by_the_leader() -> None:
    desk = classified("IV")
    written = duties(desk)["WRITTEN_60"]
    said: dict[str, Any] = {"sent_at": minutes(40).isoformat()}
    assert desk.codes(DISPATCHER, "SEND", written.id, "obligation", **said) == ["NOT_YOUR_ROLE"]
    assert desk.codes(CHIEF, "SEND", written.id, "obligation", **said) == []
    assert desk.codes(CHIEF, "WAIVE", written.id, "obligation", reason="x") == ["NOT_YOUR_ROLE"]
    assert desk.codes(LEADER, "WAIVE", written.id, "obligation") == ["MISSING_FIELD"]
    assert desk.codes(LEADER, "WAIVE", written.id, "obligation", reason="口头同意") == []


def test_a_sent_follow_up_starts_the_next_one() -> None:
    desk = classified("III")
    first = duties(desk)["FOLLOW_UP_60"]
    desk.act(CHIEF, "SEND", first.id, "obligation", sent_at=minutes(70).isoformat())
    following = duties(desk)["FOLLOW_UP_60"]
    assert (following.sequence, following.due_at) == (2, minutes(130))


def test_clearing_a_serious_case_asks_for_the_final_report_instead_of_follow_ups() -> None:
    desk = classified("III")
    desk.put(replace(desk.incident(), state="RESPONDING"))
    said: dict[str, Any] = {"lanes_open_at": minutes(90).isoformat(), "signs_statement": True}
    desk.act(DISPATCHER, "CLEAR", **said)
    assert set(duties(desk)) == {"PHONE_30", "WRITTEN_60", "FINAL_24H"}


def test_a_case_opened_again_needs_another_final_report() -> None:
    desk = classified("III")
    desk.put(replace(desk.incident(), state="RESPONDING"))
    said: dict[str, Any] = {"lanes_open_at": minutes(90).isoformat(), "signs_statement": True}
    desk.act(DISPATCHER, "CLEAR", **said)
    final = duties(desk)["FINAL_24H"]
    desk.act(LEADER, "SEND", final.id, "obligation", sent_at=minutes(100).isoformat())
    desk.act(CHIEF, "REOPEN", reason="再漏")
    desk.act(DISPATCHER, "CLEAR", **said)
    assert duties(desk)["FINAL_24H"].sequence == 2


TIMERS = [
    ("NEW", {}, 2, "UNACCEPTED"),
    ("NEW", {}, 5, "UNACCEPTED_CHIEF"),
    ("VERIFYING", {}, 10, "VERIFYING_LONG"),
    ("RESPONDING", {}, 30, "RESPONDING_QUIET"),
    (
        "CONFIRMED",
        {"detail": IncidentDetail(expected_clear_at=minutes(45))},
        45,
        "CLEAR_OVERDUE",
    ),
]


@pytest.mark.parametrize(("state", "facts", "limit", "rule"), TIMERS)
def test_a_timer_rings_at_its_limit_and_not_before(
    state: str, facts: dict[str, Any], limit: float, rule: str
) -> None:
    case = case_in(state, **facts)
    before = {alarm.rule for alarm in ringing(case, [], (), RULES, minutes(limit - 0.01))}
    at = {alarm.rule for alarm in ringing(case, [], (), RULES, minutes(limit))}
    assert rule not in before
    assert rule in at
    assert next_ring(case, [], (), RULES, minutes(limit - 0.01)) == minutes(limit)


def test_a_note_starts_the_half_hour_without_update_again() -> None:
    desk = Desk()
    desk.put(case_in("RESPONDING"))
    desk.now = minutes(20)
    desk.act(DISPATCHER, "ADD_NOTE", "note", "entry", incident_id="i1", text="拖车已出发")
    case, entries = desk.incident(), desk.of_incident("entry", "i1")
    assert list(ringing(case, (), entries, RULES, minutes(49))) == []
    assert next_ring(case, (), entries, RULES, minutes(49)) == minutes(50)
    assert [a.rule for a in ringing(case, (), entries, RULES, minutes(50))] == ["RESPONDING_QUIET"]


def test_a_late_row_of_the_timeline_does_not_turn_the_half_hour_back() -> None:
    call = Entry(id="e1", incident_id="i1", type="REPORT", at=minutes(-15))
    assert next_ring(case_in("RESPONDING"), (), (call,), RULES, minutes(0)) == minutes(30)


def test_an_ended_case_has_no_clocks() -> None:
    desk = classified("I")
    case = replace(desk.incident(), state="CLOSED")
    assert clocks(case, desk.of_incident("obligation", "i1"), (), RULES) == []


def test_a_report_s_clock_turns_amber_at_70_and_red_at_100_per_cent() -> None:
    desk = classified("IV", after=1)
    phone = next(
        clock
        for clock in clocks(desk.incident(), desk.of_incident("obligation", "i1"), (), RULES)
        if clock.rule == "PHONE_30"
    )
    colours = [phone.colour(minutes(m), RULES.amber_share) for m in (20.9, 21, 29.9, 30)]
    assert colours == [CALM, AMBER, AMBER, RED]


def test_a_report_rings_when_it_turns_amber_and_again_when_red() -> None:
    desk = classified("IV", after=1)
    case, owed = desk.incident(), desk.of_incident("obligation", "i1")
    assert next_ring(case, owed, (), RULES, minutes(1)) == minutes(21)
    assert {a.rule for a in ringing(case, owed, (), RULES, minutes(21))} == {"REPORT_AMBER"}
    assert "REPORT_RED" in {a.rule for a in ringing(case, owed, (), RULES, minutes(30))}
    assert next_ring(case, owed, (), RULES, minutes(60)) is None


def test_every_seat_gives_the_same_alarm_the_same_id() -> None:
    case = case_in("NEW")
    first, later = (list(ringing(case, [], (), RULES, minutes(m))) for m in (3, 4))
    assert first == later


def rung(at: float, rule: str = "REPORT_AMBER", **facts: Any) -> Alarm:
    alarm = Alarm(
        id=f"{rule}-{at}",
        rule=rule,
        incident_id="i1",
        raised_at=minutes(at),
        last_at=minutes(at),
    )
    return replace(alarm, **facts)


def test_a_rule_that_rings_again_is_counted_on_its_waiting_alarm() -> None:
    known = rung(21, version=1)
    changed = merge([known], [rung(21), rung(42)])
    assert changed == [replace(known, count=2, last_at=minutes(42))]
    assert merge(changed, [rung(21), rung(42)]) == []


def test_a_rule_that_rings_after_it_was_acknowledged_is_a_new_alarm() -> None:
    known = rung(21, version=1, acknowledged_by="dispatcher")
    assert merge([known], [rung(21), rung(42)]) == [rung(42)]


def test_other_rules_are_other_alarms() -> None:
    red = rung(30, "REPORT_RED")
    assert merge([rung(21, version=1)], [rung(21), red]) == [red]


def test_an_alarm_is_acknowledged_once_by_those_who_operate() -> None:
    desk = Desk()
    desk.put(case_in("NEW"))
    desk.put(rung(21, version=1))
    for role in ("VIDEO_OP", "PATROL", "ADMIN"):
        assert desk.codes(USERS[role], "ACKNOWLEDGE", "REPORT_AMBER-21", "alarm") == [
            "NOT_YOUR_ROLE"
        ]
    (alarm,) = desk.act(DISPATCHER, "ACKNOWLEDGE", "REPORT_AMBER-21", "alarm")
    assert (alarm.acknowledged_by, alarm.acknowledged_at) == ("dispatcher", KNOWN_AT)
    assert desk.codes(CHIEF, "ACKNOWLEDGE", "REPORT_AMBER-21", "alarm") == ["WRONG_STATE"]
