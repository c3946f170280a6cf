"""Conditions beyond state, role and fields (handbook 5.1, 1.2)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.entry import Attachment, EntryKind, FactChange
from app.domain.incident import Place
from app.domain.privacy import masked, may_unmask
from tests.domain.desk import KNOWN_AT, POINT, USERS, Desk, case_in, user

DISPATCHER, CHIEF, LEADER = (USERS[r] for r in ("DISPATCHER", "SHIFT_CHIEF", "DUTY_LEADER"))
COLLEAGUE = user("DISPATCHER", "colleague")
TIME = KNOWN_AT.isoformat()
FILE: dict[str, Any] = {
    "sha256": "a" * 64,
    "name": "clip.mp4",
    "media_type": "video/mp4",
    "size": 10,
}
CLOSE: dict[str, Any] = {"loss_cny": 0, "cause": "不明", "no_open_work_statement": True}


def desk_with(*cases: Any) -> Desk:
    desk = Desk()
    desk.put(COLLEAGUE)
    for case in cases:
        desk.put(case)
    return desk


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ({"text": "G25 附近"}, ["PLACE_UNRESOLVED"]),
        ({"route_id": "r1", "stake_m": 1102300}, ["PLACE_UNRESOLVED"]),
        ({"route_id": "r1", "stake_m": 1102300, "direction": "down"}, []),
        ({"lon": 117.4, "lat": 39.2}, []),
        ({"lon": 117.4}, ["BAD_FIELD"]),
        ({"lon": 181, "lat": 39.2}, ["BAD_FIELD"]),
        ({"route_id": "r1", "stake_m": -1, "direction": "down"}, ["BAD_FIELD"]),
        ({"route_id": "r1", "stake_m": 1e9, "direction": "down"}, ["BAD_FIELD"]),
        ({"lon": 117.4, "lat": 39.2, "direction": "sideways"}, ["BAD_FIELD"]),
    ],
)
def test_confirming_needs_a_point_or_route_stake_and_direction(
    place: dict[str, Any], codes: list[str]
) -> None:
    desk = desk_with(case_in("VERIFYING", place=Place()))
    said: dict[str, Any] = {"place": place, "verify_method": "VIDEO"}
    assert desk.codes(DISPATCHER, "CONFIRM", **said) == codes


def test_what_the_case_knows_already_counts_as_given_when_confirming() -> None:
    desk = desk_with(case_in("VERIFYING"))
    confirmed = desk.act(DISPATCHER, "CONFIRM", verify_method="VIDEO")[0]
    assert (confirmed.type, confirmed.place) == ("HAZ", Place(**POINT))


def test_a_detector_s_case_is_rejected_only_with_its_clip() -> None:
    desk = desk_with(case_in("NEW", source="DETECTOR"))
    assert desk.codes(DISPATCHER, "REJECT", reason="鸟") == ["NO_CLIP"]
    desk.act(DISPATCHER, "ADD_ATTACHMENT", "e1", "entry", incident_id="i1", attachment=FILE)
    assert desk.codes(DISPATCHER, "REJECT", reason="鸟") == []


@pytest.mark.parametrize("state", ["FALSE", "MERGED", "CLOSED"])
def test_an_ended_case_is_no_target_of_a_merge(state: str) -> None:
    desk = desk_with(case_in("NEW"), case_in(state, id="i2"))
    assert desk.codes(DISPATCHER, "MERGE_INTO", target_id="i2") == ["TARGET_ENDED"]


def test_a_case_merges_into_another_case_that_exists_and_is_in_sight() -> None:
    desk = desk_with(case_in("NEW"), case_in("NEW", id="i2", org_id="OTHER"))
    assert desk.codes(DISPATCHER, "MERGE_INTO", target_id="i1") == ["TARGET_IS_SELF"]
    assert desk.codes(DISPATCHER, "MERGE_INTO", target_id="i9") == ["NO_SUCH_TARGET"]
    own = user("DISPATCHER", all_orgs=False)
    assert desk.codes(own, "MERGE_INTO", target_id="i2") == ["NO_SUCH_TARGET"]


def test_merging_moves_reports_and_media_and_leaves_the_rest() -> None:
    desk = desk_with(case_in("NEW"), case_in("CONFIRMED", id="i2"))
    said: dict[str, Any] = {"incident_id": "i1", "text": "又一个电话"}
    desk.act(DISPATCHER, "ADD_REPORT", "call", "entry", source="122", at=TIME, **said)
    desk.act(DISPATCHER, "ADD_ATTACHMENT", "photo", "entry", incident_id="i1", attachment=FILE)
    desk.act(DISPATCHER, "ADD_NOTE", "note", "entry", **said)
    merged = desk.act(DISPATCHER, "MERGE_INTO", target_id="i2")[0]
    assert merged.detail.merged_into == "i2"
    there = {entry.id for entry in desk.of_incident("entry", "i2")}
    here = {entry.id for entry in desk.of_incident("entry", "i1")}
    assert {"call", "photo"} <= there
    assert "note" in here
    summary = next(e for e in desk.of_incident("entry", "i2") if e.event == "MERGE_INTO")
    assert (summary.type, summary.text) == (EntryKind.REPORT, "罐车侧翻")


@pytest.mark.parametrize("severity", ["I", "II", "III", "IV"])
def test_the_chief_sets_level_iv_and_the_leader_the_others(severity: str) -> None:
    said: dict[str, Any] = {"severity": severity, "basis": "伤亡"}
    for actor in (CHIEF, LEADER):
        fits = (actor is CHIEF) == (severity == "IV")
        codes = desk_with(case_in("CONFIRMED")).codes(actor, "CLASSIFY", **said)
        assert codes == ([] if fits else ["NOT_YOUR_ROLE"])


@pytest.mark.parametrize(
    ("old", "new", "by_chief"),
    [("IV", "III", False), ("III", "IV", False), ("II", "I", False)],
)
def test_changing_a_level_needs_the_right_for_the_worse_one(
    old: str, new: str, by_chief: bool
) -> None:
    desk = desk_with(case_in("RESPONDING", severity=old))
    said: dict[str, Any] = {"severity": new, "reason": "更正"}
    assert desk.codes(LEADER, "RECLASSIFY", **said) == []
    assert (desk.codes(CHIEF, "RECLASSIFY", **said) == []) is by_chief


def test_a_level_is_set_once_and_then_changed() -> None:
    desk = desk_with(case_in("CONFIRMED", severity="IV"))
    assert desk.codes(CHIEF, "CLASSIFY", severity="IV", basis="x") == ["ALREADY_CLASSIFIED"]
    assert desk.codes(CHIEF, "RECLASSIFY", severity="IV", reason="x") == ["NO_CHANGE"]
    desk = desk_with(case_in("CONFIRMED"))
    assert desk.codes(CHIEF, "RECLASSIFY", severity="IV", reason="x") == ["NOT_CLASSIFIED"]


def test_a_response_starts_only_with_a_level() -> None:
    desk = desk_with(case_in("CONFIRMED"))
    assert desk.codes(DISPATCHER, "START_RESPONSE", on_scene_statement=True) == ["NOT_CLASSIFIED"]


@pytest.mark.parametrize(
    ("severity", "codes"),
    [("I", ["NOT_YOUR_ROLE"]), ("III", ["NOT_YOUR_ROLE"]), ("IV", []), (None, [])],
)
def test_the_chief_does_not_close_a_serious_case(severity: str | None, codes: list[str]) -> None:
    desk = desk_with(case_in("CLEARED", severity=severity))
    assert desk.codes(CHIEF, "CLOSE", **CLOSE) == codes
    assert desk.codes(LEADER, "CLOSE", **CLOSE) == []


def test_a_case_is_not_closed_while_a_report_is_due() -> None:
    desk = desk_with(case_in("CONFIRMED"))
    desk.act(CHIEF, "CLASSIFY", severity="IV", basis="1 人重伤")
    desk.put(replace(desk.incident(), state="CLEARED"))
    outcome = desk.try_(CHIEF, "CLOSE", **CLOSE)
    assert [(r.code, dict(r.params)) for r in outcome.refusals] == [("REPORT_DUE", {"count": 2})]


@pytest.mark.parametrize(("hours", "codes"), [(24, []), (24.01, ["TOO_LATE_TO_REOPEN"])])
def test_a_closed_case_is_opened_again_within_a_day(hours: float, codes: list[str]) -> None:
    desk = desk_with(case_in("CLOSED"))
    desk.now = KNOWN_AT + timedelta(hours=hours)
    assert desk.codes(CHIEF, "REOPEN", reason="再漏") == codes


def test_opening_again_clears_the_closing_time() -> None:
    reopened = desk_with(case_in("CLOSED")).act(CHIEF, "REOPEN", reason="再漏")[0]
    assert (reopened.state, reopened.closed_at, reopened.is_open) == ("RESPONDING", None, True)


@pytest.mark.parametrize(
    ("actor", "owner", "new", "reason", "codes"),
    [
        (DISPATCHER, None, "dispatcher", "", []),
        (DISPATCHER, "colleague", "dispatcher", "", ["REASON_FOR_TAKEOVER"]),
        (DISPATCHER, "colleague", "dispatcher", "交班", []),
        (DISPATCHER, "dispatcher", "colleague", "", []),
        (DISPATCHER, None, "colleague", "", ["TO_SELF_ONLY"]),
        (DISPATCHER, "dispatcher", "dispatcher", "", ["SAME_OWNER"]),
        (CHIEF, "dispatcher", "colleague", "", ["REASON_FOR_TAKEOVER"]),
        (CHIEF, "dispatcher", "colleague", "负荷", []),
        (CHIEF, None, "nobody", "", ["NO_SUCH_USER"]),
        (CHIEF, None, "gone", "", ["NO_SUCH_USER"]),
    ],
)
def test_who_may_hand_a_case_to_whom(
    actor: Any, owner: str | None, new: str, reason: str, codes: list[str]
) -> None:
    desk = desk_with(case_in("NEW", owner_id=owner))
    desk.put(user("DISPATCHER", "gone", active=False))
    assert desk.codes(actor, "ASSIGN", owner_id=new, reason=reason) == codes


def test_accepting_makes_the_author_the_owner() -> None:
    desk = desk_with(case_in("NEW", owner_id=None))
    assert desk.act(DISPATCHER, "ACCEPT")[0].owner_id == "dispatcher"


def test_facts_are_amended_by_the_owner_or_the_chief() -> None:
    said: dict[str, Any] = {"facts": {"queue_m": 800}, "reason": "现场更新"}
    desk = desk_with(case_in("RESPONDING"))
    assert desk.codes(COLLEAGUE, "AMEND", **said) == ["NOT_THE_OWNER"]
    assert desk.codes(CHIEF, "AMEND", **said) == []


def test_an_amendment_shows_each_fact_before_and_after() -> None:
    desk = desk_with(case_in("CONFIRMED"))
    facts = {"queue_m": 800, "lanes": ["2", "应急车道"], "text": "罐车侧翻"}
    entry = desk.act(DISPATCHER, "AMEND", facts=facts, reason="现场更新")[1]
    assert entry.changes == (
        FactChange(field="lanes", old="—", new="2、应急车道"),
        FactChange(field="queue_m", old="—", new="800"),
    )
    assert entry.reason == "现场更新"


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, ["NO_CHANGE"]),
        ({"text": "罐车侧翻"}, ["NO_CHANGE"]),
        ({"queue_m": None}, ["NO_CHANGE"]),
        ({"queue_m": 0}, []),
        ({"type": None}, ["MISSING_FIELD"]),
        ({"place": None}, ["PLACE_UNRESOLVED"]),
        ({"place": {"text": "附近"}}, ["PLACE_UNRESOLVED"]),
        ({"lanes": [None]}, ["BAD_FIELD"]),
        ({"colour": "red"}, ["BAD_FIELD"]),
        ({"casualties": {"dead": -1}}, ["BAD_FIELD"]),
        ({"casualties": {"dead": 1.5}}, ["BAD_FIELD"]),
        ({"hazmat": {"un": None, "leak": True}}, []),
        ({"expected_clear_at": "0001-01-01T00:00:00+14:00"}, ["BAD_FIELD"]),
        ({"expected_clear_at": "9999-12-31T23:59:59-14:00"}, ["BAD_FIELD"]),
        ({"expected_clear_at": "2026-07-15T08:00:00"}, ["BAD_FIELD"]),
    ],
)
def test_a_confirmed_case_keeps_what_confirmed_it(facts: dict[str, Any], codes: list[str]) -> None:
    desk = desk_with(case_in("CONFIRMED"))
    assert desk.codes(DISPATCHER, "AMEND", facts=facts, reason="更正") == codes


def test_a_further_call_belongs_to_an_open_case_only() -> None:
    said: dict[str, Any] = {"incident_id": "i1", "source": "122", "at": TIME, "text": "又一个电话"}
    for state, codes in (("CLEARED", []), ("CLOSED", ["WRONG_STATE"]), ("MERGED", ["WRONG_STATE"])):
        desk = desk_with(case_in(state))
        assert desk.codes(DISPATCHER, "ADD_REPORT", "e1", "entry", **said) == codes
    assert Desk().codes(DISPATCHER, "ADD_REPORT", "e1", "entry", **said) == ["NO_SUCH_INCIDENT"]


def test_a_note_may_be_added_by_all_who_write_in_any_state() -> None:
    desk = desk_with(case_in("CLOSED"))
    for role in ("LIAISON", "VIDEO_OP", "PATROL", "INFO_OFFICER"):
        actor = USERS[role]
        assert desk.codes(actor, "ADD_NOTE", "e1", "entry", incident_id="i1", text="到场") == []
    for role, code in (("AUDITOR", "READ_ONLY_ROLE"), ("ADMIN", "NOT_YOUR_ROLE")):
        codes = desk.codes(USERS[role], "ADD_NOTE", "e1", "entry", incident_id="i1", text="到场")
        assert codes == [code]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("字" * 10_000, []),
        ("字" * 10_001, ["TOO_LONG"]),
        ("a\0b", ["BAD_FIELD"]),
        ("'); DROP TABLE entity; -- <script>alert(1)</script> \u202e مرحبا 🚨", []),
        ("   ", ["MISSING_FIELD"]),
        (7, ["BAD_FIELD"]),
    ],
)
def test_a_note_keeps_any_text_within_its_limit(text: Any, codes: list[str]) -> None:
    desk = desk_with(case_in("NEW"))
    said: dict[str, Any] = {"incident_id": "i1", "text": text}
    assert desk.codes(DISPATCHER, "ADD_NOTE", "e1", "entry", **said) == codes
    if not codes:
        assert desk.act(DISPATCHER, "ADD_NOTE", "e1", "entry", **said)[0].text == text


def test_a_case_out_of_sight_is_out_of_reach() -> None:
    desk = desk_with(case_in("NEW", place=Place(**POINT, route_code="G25")))
    strangers = (
        user("DISPATCHER", org_id="OTHER", all_orgs=False),
        user("DISPATCHER", areas=("S11",)),
    )
    for actor in strangers:
        assert desk.codes(actor, "ACCEPT") == ["NOT_YOUR_AREA"]
    assert desk.codes(user("DISPATCHER", areas=("G25",)), "ACCEPT") == []


def test_a_report_outside_the_author_s_area_is_refused() -> None:
    near = user("DISPATCHER", areas=("S11",))
    said: dict[str, Any] = {"source": "12122", "known_at": TIME, "type": "HAZ"}
    place = {**POINT, "route_code": "G25"}
    assert Desk().codes(near, "REPORT", place=place, **said) == ["NOT_YOUR_AREA"]


def test_an_expired_command_is_refused() -> None:
    from app.domain.command import Command
    from app.domain.decide import decide
    from tests.domain.desk import RULES

    desk = desk_with(case_in("NEW"))
    command = Command(
        key="k", kind="incident", entity_id="i1", event="ACCEPT", fields={}, base_version=1,
        issued_at=KNOWN_AT, author_id="dispatcher", seat="", expires_at=KNOWN_AT,
    )  # fmt: skip
    assert [r.code for r in decide(command, desk, DISPATCHER, RULES, KNOWN_AT).refusals] == [
        "EXPIRED"
    ]


def test_a_seat_whose_clock_runs_ahead_does_not_make_the_future() -> None:
    from app.domain.command import Command
    from app.domain.decide import decide
    from tests.domain.desk import RULES

    command = Command(
        key="k", kind="incident", entity_id="i1", event="ACCEPT", fields={}, base_version=1,
        issued_at=KNOWN_AT + timedelta(hours=3), author_id="dispatcher", seat="",
    )  # fmt: skip
    outcome = decide(command, desk_with(case_in("NEW")), DISPATCHER, RULES, KNOWN_AT)
    assert outcome.entities[0].state_since == KNOWN_AT


@pytest.mark.parametrize(
    ("number", "shown"),
    [("13812341234", "138****1234"), ("12122", "****22"), ("022-24415678", "022****5678")],
)
def test_a_caller_s_number_is_masked_and_masking_again_changes_nothing(
    number: str, shown: str
) -> None:
    desk = Desk()
    said: dict[str, Any] = {"source": "12122", "known_at": TIME, "type": "HAZ", "place": POINT}
    incident, entry = desk.act(DISPATCHER, "REPORT", caller_number=number, **said)
    assert masked(incident).detail.caller_number == shown
    assert masked(masked(entry)).caller_number == shown


def test_numbers_are_shown_to_the_owner_of_the_open_case_and_to_the_chief() -> None:
    case = case_in("RESPONDING")
    assert may_unmask(DISPATCHER, case)
    assert may_unmask(CHIEF, case)
    assert not may_unmask(COLLEAGUE, case)
    assert not may_unmask(LEADER, case)
    assert not may_unmask(DISPATCHER, case_in("CLOSED"))
    assert not may_unmask(user("SHIFT_CHIEF", all_orgs=False, org_id="OTHER"), case)


def test_an_attachment_is_named_by_its_hash() -> None:
    desk = desk_with(case_in("NEW"))
    entry = desk.act(
        DISPATCHER, "ADD_ATTACHMENT", "e1", "entry", incident_id="i1", attachment=FILE
    )[0]
    assert entry.attachment == Attachment(**FILE)
    bad = {**FILE, "sha256": "A" * 64}
    codes = desk.codes(
        DISPATCHER, "ADD_ATTACHMENT", "e2", "entry", incident_id="i1", attachment=bad
    )
    assert codes == ["BAD_FIELD"]
