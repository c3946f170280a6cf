"""Every row of the incident's table (handbook 5.1): who, from, to, with which fields."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from app.domain.incident import IncidentState
from app.domain.machine import INCIDENT
from app.domain.roles import Role
from tests.domain.desk import KNOWN_AT, POINT, USERS, Desk, case_in

TIME = KNOWN_AT.isoformat()
DISPATCHERS = {"DISPATCHER", "SHIFT_CHIEF"}  # the chief does whatever a dispatcher does
OPEN = {"NEW", "VERIFYING", "CONFIRMED", "RESPONDING", "CONTROLLED", "CLEARED"}
CONFIRMED_OPEN = OPEN - {"NEW", "VERIFYING"}


@dataclass(frozen=True)
class Row:
    """`said` are complete fields, `needs` those that may not be missing."""

    event: str
    sources: set[str]
    target: str | None
    who: set[str]
    said: dict[str, Any] = field(default_factory=dict)
    needs: set[str] = field(default_factory=set)
    facts: dict[str, Any] = field(default_factory=dict)


HANDBOOK = [
    Row("ACCEPT", {"NEW"}, "VERIFYING", DISPATCHERS),
    Row(
        "CONFIRM",
        {"VERIFYING"},
        "CONFIRMED",
        DISPATCHERS,
        {"type": "HAZ", "place": POINT, "verify_method": "VIDEO", "occurred_at": TIME},
        {"type", "verify_method", "occurred_at"},
        {"type": None, "occurred_at": None},
    ),
    Row("REJECT", {"NEW", "VERIFYING"}, "FALSE", DISPATCHERS, {"reason": "误报"}, {"reason"}),
    Row(
        "MERGE_INTO",
        {"NEW", "VERIFYING", "CONFIRMED"},
        "MERGED",
        DISPATCHERS,
        {"target_id": "i2"},
        {"target_id"},
    ),
    Row(
        "CLASSIFY",
        {"CONFIRMED"},
        None,
        {"SHIFT_CHIEF", "DUTY_LEADER"},
        {"severity": "IV", "basis": "1 人重伤"},
        {"severity", "basis"},
    ),
    Row(
        "START_RESPONSE",
        {"CONFIRMED"},
        "RESPONDING",
        DISPATCHERS,
        {"on_scene_statement": True},
        {"on_scene_statement"},
        {"severity": "IV"},
    ),
    Row(
        "CONTROL",
        {"RESPONDING"},
        "CONTROLLED",
        DISPATCHERS,
        {"scene_statement": "已堵漏", "no_growth_statement": True},
        {"scene_statement", "no_growth_statement"},
    ),
    Row("RELAPSE", {"CONTROLLED"}, "RESPONDING", DISPATCHERS, {"reason": "复燃"}, {"reason"}),
    Row(
        "CLEAR",
        {"RESPONDING", "CONTROLLED"},
        "CLEARED",
        DISPATCHERS,
        {"lanes_open_at": TIME, "signs_statement": True},
        {"lanes_open_at", "signs_statement"},
    ),
    Row(
        "CLOSE",
        {"CLEARED"},
        "CLOSED",
        {"SHIFT_CHIEF", "DUTY_LEADER"},
        {"loss_cny": 30000, "cause": "疲劳驾驶", "no_open_work_statement": True},
        {"loss_cny", "cause", "no_open_work_statement"},
    ),
    Row(
        "REOPEN",
        {"CLEARED", "CLOSED"},
        "RESPONDING",
        {"SHIFT_CHIEF"},
        {"reason": "再漏"},
        {"reason"},
    ),
    Row(
        "RECLASSIFY",
        OPEN,
        None,
        {"SHIFT_CHIEF", "DUTY_LEADER"},
        {"severity": "III", "reason": "伤亡增加"},
        {"severity", "reason"},
        {"severity": "II"},
    ),
    Row("ASSIGN", OPEN, None, DISPATCHERS, {"owner_id": "patrol", "reason": "下班"}, {"owner_id"}),
    Row(
        "AMEND",
        CONFIRMED_OPEN,
        None,
        DISPATCHERS,
        {"facts": {"queue_m": 800}, "reason": "现场更新"},
        {"facts", "reason"},
    ),
]
BY_LEVEL = {"CLASSIFY", "RECLASSIFY", "CLOSE"}
"""Rows where the level decides which of the roles may: see test_handbook_conditions."""


def by_event(row: Row) -> str:
    return row.event


def desk_for(row: Row, state: str) -> Desk:
    desk = Desk()
    desk.put(case_in(state, **row.facts))
    desk.put(case_in("NEW", id="i2"))
    return desk


def actor_for(row: Row, facts: dict[str, Any]) -> Any:
    serious = facts.get("severity") in ("I", "II", "III")
    leader = row.event in BY_LEVEL and serious
    return USERS["DUTY_LEADER" if leader else "SHIFT_CHIEF"]


def test_the_machine_knows_the_rows_of_the_handbook_and_no_other() -> None:
    assert {row.event for row in INCIDENT} == {row.event for row in HANDBOOK} | {"REPORT"}


@pytest.mark.parametrize("row", HANDBOOK, ids=by_event)
def test_the_event_leads_from_each_source_to_its_target(row: Row) -> None:
    for state in row.sources:
        desk = desk_for(row, state)
        made = desk.act(actor_for(row, row.facts), row.event, **row.said)
        assert made[0].state == (row.target or state)


@pytest.mark.parametrize("row", HANDBOOK, ids=by_event)
def test_from_any_other_state_the_event_is_refused(row: Row) -> None:
    for state in set(IncidentState) - row.sources:
        desk = desk_for(row, state)
        assert desk.codes(actor_for(row, row.facts), row.event, **row.said) == ["WRONG_STATE"]


@pytest.mark.parametrize("row", HANDBOOK, ids=by_event)
def test_only_the_roles_of_the_row_may_fire_it(row: Row) -> None:
    for role in Role:
        desk = desk_for(row, min(row.sources))
        codes = desk.codes(USERS[role], row.event, **row.said)
        if role in (Role.AUDITOR, Role.ANALYST):
            assert codes == ["READ_ONLY_ROLE"]
        elif role not in row.who:
            assert codes == ["NOT_YOUR_ROLE"]
        elif row.event not in BY_LEVEL and row.event not in ("AMEND", "ASSIGN"):
            assert codes == []


@pytest.mark.parametrize("row", HANDBOOK, ids=by_event)
def test_each_required_field_is_asked_for_by_name(row: Row) -> None:
    for name in row.needs:
        desk = desk_for(row, min(row.sources))
        said = {key: value for key, value in row.said.items() if key != name}
        outcome = desk.try_(actor_for(row, row.facts), row.event, **said)
        assert [(r.code, r.params["field"]) for r in outcome.refusals] == [("MISSING_FIELD", name)]


@pytest.mark.parametrize("row", HANDBOOK, ids=by_event)
def test_an_event_leaves_one_row_in_the_timeline_with_who_when_from_and_to(row: Row) -> None:
    state = min(row.sources)
    desk = desk_for(row, state)
    actor = actor_for(row, row.facts)
    made = desk.act(actor, row.event, **row.said)
    entry = next(e for e in made[1:] if getattr(e, "type", "") == "EVENT")
    assert (entry.event, entry.author_id, entry.at, entry.seat) == (
        row.event, actor.id, KNOWN_AT, "席位1",
    )  # fmt: skip
    assert (entry.from_state, entry.to_state) == (state, row.target or state)
    assert entry.reason == (
        row.said.get("reason") or row.said.get("basis") or row.said.get("scene_statement") or ""
    )


REPORTERS = {"DISPATCHER", "SHIFT_CHIEF", "VIDEO_OP", "LIAISON", "SYSTEM"}
REPORT: dict[str, Any] = {"source": "12122", "known_at": TIME, "type": "HAZ", "place": POINT}


@pytest.mark.parametrize("role", Role)
def test_reporting_belongs_to_those_who_hear_first(role: Role) -> None:
    codes = Desk().codes(USERS[role], "REPORT", **REPORT)
    if role in REPORTERS:
        assert codes == []
    else:
        assert codes == ["READ_ONLY_ROLE" if role in ("AUDITOR", "ANALYST") else "NOT_YOUR_ROLE"]


@pytest.mark.parametrize(
    ("left_out", "instead", "missing"),
    [
        ("source", {}, ["source"]),
        ("known_at", {}, ["known_at"]),
        ("type", {}, ["type"]),
        ("type", {"text": "有车翻了"}, []),
        ("place", {}, ["place"]),
        ("place", {"text": "G25 附近有车翻了"}, []),
    ],
)
def test_a_report_needs_source_time_and_what_or_where_at_least_in_words(
    left_out: str, instead: dict[str, Any], missing: list[str]
) -> None:
    said: dict[str, Any] = {
        name: value for name, value in REPORT.items() if name != left_out
    } | instead
    outcome = Desk().try_(USERS["DISPATCHER"], "REPORT", **said)
    assert [refusal.params["field"] for refusal in outcome.refusals] == missing


def test_a_report_makes_a_new_case_with_the_call_in_its_timeline() -> None:
    desk = Desk()
    call = {"caller": "王先生", "caller_number": "13812341234"}
    incident, entry = desk.act(USERS["DISPATCHER"], "REPORT", **REPORT, **call)
    assert (incident.state, incident.known_at, incident.owner_id) == ("NEW", KNOWN_AT, None)
    assert incident.detail.created_by == "dispatcher"
    assert (entry.from_state, entry.to_state, entry.source) == (None, "NEW", "12122")
    assert (entry.caller, entry.caller_number) == ("王先生", "13812341234")


def test_the_same_id_is_never_reported_twice() -> None:
    desk = Desk()
    desk.act(USERS["DISPATCHER"], "REPORT", **REPORT)
    assert desk.codes(USERS["DISPATCHER"], "REPORT", **REPORT) == ["ALREADY_EXISTS"]


def test_what_is_not_in_the_table_is_refused_by_name() -> None:
    desk = Desk()
    assert desk.codes(USERS["DISPATCHER"], "EXPLODE") == ["UNKNOWN_EVENT"]
    assert desk.codes(USERS["DISPATCHER"], "ACCEPT", "nobody") == ["NOT_FOUND"]
    assert desk.codes(USERS["DISPATCHER"], "ACCEPT", kind="camera") == ["UNKNOWN_EVENT"]
