"""POST /v1/commands: keys, versions, refusals, numbers, masking, audit."""

import uuid
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from backend.context import Context
from backend.problems import Problem
from backend.services import auditing, commands
from tests.backend.conftest import (
    CHIEF,
    COLLEAGUE,
    DISPATCHER,
    LOCAL,
    PEOPLE,
    REPORT,
    START,
    STRANGER,
    Clock,
    Desk,
    Race,
    SignIn,
    command,
)


def test_a_reported_case_gets_version_number_and_revision(sign_in: SignIn) -> None:
    seat, incident_id = sign_in(DISPATCHER), str(uuid.uuid4())
    answer = seat.send("REPORT", incident_id, **REPORT)
    assert answer.status_code == 200
    body = answer.json()
    case = body["entities"][0]["entity"]
    assert (case["id"], case["version"], case["state"]) == (incident_id, 1, "NEW")
    assert case["number"] == "INC-20260715-0001"
    assert [item["kind"] for item in body["entities"]] == ["incident", "entry"]
    assert body["rev"] > 0


def test_the_same_command_again_gives_the_same_answer_and_changes_nothing(
    sign_in: SignIn, context: Context
) -> None:
    seat = sign_in(DISPATCHER)
    body = command(DISPATCHER, "REPORT", str(uuid.uuid4()), **REPORT)
    first = seat.ask("POST", "/v1/commands", body)
    head = context.database.head()
    again = seat.ask("POST", "/v1/commands", body)
    assert (again.status_code, again.content) == (200, first.content)
    assert context.database.head() == head


def test_a_key_is_not_used_for_another_command(sign_in: SignIn) -> None:
    seat = sign_in(DISPATCHER)
    body = msgspec.to_builtins(command(DISPATCHER, "REPORT", str(uuid.uuid4()), **REPORT))
    seat.ask("POST", "/v1/commands", body)
    other = seat.ask("POST", "/v1/commands", {**body, "seat": "席位2"})
    assert (other.status_code, other.json()["code"]) == (422, "KEY_REUSED")


def test_identical_commands_at_the_same_time_are_applied_once(
    context: Context, desk: Desk, race: Race
) -> None:
    incident_id = desk.report()
    for body in (
        command(DISPATCHER, "REPORT", str(uuid.uuid4()), **REPORT),
        command(DISPATCHER, "ACCEPT", incident_id, 1),
    ):
        head = context.database.head()
        answers = race.run(*[lambda: commands.execute(context, body, DISPATCHER)] * 6)  # noqa: B023 - runs at once
        assert len({bytes(answer) for answer in answers}) == 1
        assert context.database.head() == head + 2


def test_two_seats_that_change_one_version_get_one_success_and_one_conflict(
    context: Context, desk: Desk, race: Race
) -> None:
    incident_id = desk.report()

    def accept(author: Any) -> Callable[[], bytes]:
        body = command(author, "ACCEPT", incident_id, 1)
        return lambda: commands.execute(context, body, author)

    results = race.run(accept(DISPATCHER), accept(COLLEAGUE))
    lost = [result for result in results if isinstance(result, Problem)]
    assert [problem.code for problem in lost] == ["CONFLICT"]
    assert lost[0].more["entity"].version == 2


def test_a_stale_version_is_answered_with_the_server_s_entity(sign_in: SignIn, desk: Desk) -> None:
    incident_id = desk.report()
    desk.act(COLLEAGUE, "ACCEPT", incident_id, 1)
    answer = sign_in(DISPATCHER).send("ACCEPT", incident_id, 1)
    assert answer.status_code == 409
    body = answer.json()
    assert (body["code"], body["kind"]) == ("CONFLICT", "incident")
    assert (body["entity"]["version"], body["entity"]["owner_id"]) == (2, COLLEAGUE.id)
    assert body["entity"]["detail"]["caller_number"] == "138****1234"


def test_notes_are_added_whatever_the_version(sign_in: SignIn, desk: Desk) -> None:
    incident_id = desk.report()
    desk.act(COLLEAGUE, "ACCEPT", incident_id, 1)
    note = {"kind": "entry", "incident_id": incident_id, "text": "已通知路政"}
    assert sign_in(DISPATCHER).send("ADD_NOTE", str(uuid.uuid4()), 0, **note).status_code == 200


@pytest.mark.parametrize(
    ("author", "event", "status", "code"),
    [
        (PEOPLE["AUDITOR"], "ACCEPT", 403, "READ_ONLY_ROLE"),
        (PEOPLE["VIDEO_OP"], "ACCEPT", 403, "NOT_YOUR_ROLE"),
        (LOCAL, "ACCEPT", 403, "NOT_YOUR_AREA"),
        (STRANGER, "ACCEPT", 403, "NOT_YOUR_AREA"),
        (DISPATCHER, "CONTROL", 422, "WRONG_STATE"),
        (DISPATCHER, "REJECT", 422, "MISSING_FIELD"),
        (DISPATCHER, "EXPLODE", 422, "UNKNOWN_EVENT"),
    ],
)
def test_a_refusal_says_why_and_is_audited(
    sign_in: SignIn, desk: Desk, context: Context, author: Any, event: str, status: int, code: str
) -> None:
    incident_id = desk.report()
    answer = sign_in(author).send(event, incident_id, 1)
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code)
    assert [refusal["code"] for refusal in body["refusals"]] == [code]
    assert "{" not in body["message_zh"] + body["message_en"]
    row = auditing.page(context, PEOPLE["AUDITOR"], 0, 100).rows[-1]
    assert (row.user_id, row.event, row.outcome, row.codes) == (author.id, event, "refused", code)


def test_an_unknown_entity_is_not_found(sign_in: SignIn) -> None:
    answer = sign_in(DISPATCHER).send("ACCEPT", "nobody", 1)
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")


def test_a_conflict_does_not_show_what_lies_out_of_sight(sign_in: SignIn, desk: Desk) -> None:
    incident_id = desk.report()
    answer = sign_in(STRANGER).send("ACCEPT", incident_id, 7)
    assert answer.status_code == 403
    assert "entity" not in answer.json()


def test_nobody_speaks_for_another(sign_in: SignIn, context: Context) -> None:
    seat = sign_in(DISPATCHER)
    body = command(CHIEF, "REPORT", str(uuid.uuid4()), **REPORT)
    answer = seat.ask("POST", "/v1/commands", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_THE_AUTHOR")
    row = auditing.page(context, PEOPLE["AUDITOR"], 0, 100).rows[-1]
    assert (row.user_id, row.codes) == (DISPATCHER.id, "NOT_THE_AUTHOR")


def test_an_accepted_command_is_audited_with_who_from_to_seat_and_reason(
    context: Context, desk: Desk
) -> None:
    incident_id = desk.report()
    desk.act(DISPATCHER, "REJECT", incident_id, 1, reason="重复误报")
    row = auditing.page(context, PEOPLE["ADMIN"], 0, 100).rows[-1]
    assert (row.user_id, row.event, row.entity_id) == (DISPATCHER.id, "REJECT", incident_id)
    assert (row.from_state, row.to_state, row.outcome) == ("NEW", "FALSE", "accepted")
    assert (row.reason, row.seat, row.at) == ("重复误报", "席位1", START)


def test_a_refused_command_leaves_no_trace_but_the_audit(context: Context, desk: Desk) -> None:
    incident_id = desk.report()
    head = context.database.head()
    body = command(DISPATCHER, "REJECT", incident_id, 1)
    with pytest.raises(Problem):
        commands.execute(context, body, DISPATCHER)
    assert context.database.head() == head
    mended = command(DISPATCHER, "REJECT", incident_id, 1, reason="误报")
    assert commands.execute(context, mended, DISPATCHER)


def test_numbers_start_anew_with_each_local_day(clock: Clock, desk: Desk) -> None:
    def number(incident_id: str) -> str:
        answer = desk.act(DISPATCHER, "ACCEPT", incident_id, 1)
        return str(answer[0]["number"])

    clock.now = START.replace(hour=15, minute=59)
    before = [number(desk.report()) for _ in range(2)]
    clock.advance(minutes=1)
    after = number(desk.report())
    assert before == ["INC-20260714-0001", "INC-20260714-0002"]
    assert after == "INC-20260715-0001"


def test_callers_numbers_leave_the_server_masked_everywhere(sign_in: SignIn, desk: Desk) -> None:
    incident_id = desk.report()
    call: dict[str, Any] = {
        "source": "122",
        "at": START.isoformat(),
        "text": "又一个",
        "caller_number": "022-24415678",
    }
    desk.act(
        DISPATCHER, "ADD_REPORT", str(uuid.uuid4()), kind="entry", incident_id=incident_id, **call
    )
    seat = sign_in(DISPATCHER)
    seen = seat.ask("GET", "/v1/changes").text + seat.ask("GET", "/v1/search?q=G25").text
    assert "138****1234" in seen
    assert "022****5678" in seen
    assert "13812341234" not in seen
    assert "022-24415678" not in seen


def test_the_owner_of_the_open_case_sees_the_numbers_and_every_look_is_audited(
    sign_in: SignIn, desk: Desk, context: Context
) -> None:
    incident_id = desk.report()
    desk.act(DISPATCHER, "ACCEPT", incident_id, 1)
    path = f"/v1/incidents/{incident_id}/unmask"
    shown = sign_in(DISPATCHER).ask("POST", path).json()
    assert (shown["caller"], shown["caller_number"]) == ("王先生", "13812341234")
    assert sign_in(CHIEF).ask("POST", path).status_code == 200
    assert sign_in(COLLEAGUE).ask("POST", path).status_code == 403
    assert sign_in(STRANGER).ask("POST", path).status_code == 404
    looks = [
        (row.user_id, row.outcome)
        for row in auditing.page(context, PEOPLE["AUDITOR"], 0, 100).rows
        if row.event == "UNMASK"
    ]
    assert looks == [
        (DISPATCHER.id, "accepted"),
        (CHIEF.id, "accepted"),
        (COLLEAGUE.id, "refused"),
    ]


def test_merging_raises_the_moved_rows_versions_and_both_cases_tell_it(desk: Desk) -> None:
    one, other = desk.report(), desk.report()
    call: dict[str, Any] = {"source": "122", "at": START.isoformat(), "text": "又一个"}
    entry_id = str(uuid.uuid4())
    desk.act(DISPATCHER, "ADD_REPORT", entry_id, kind="entry", incident_id=one, **call)
    made = desk.act(DISPATCHER, "MERGE_INTO", one, 1, target_id=other)
    moved = next(entity for entity in made if entity["id"] == entry_id)
    assert (moved["incident_id"], moved["version"]) == (other, 2)
    assert {entity.get("incident_id", entity["id"]) for entity in made} == {one, other}


def test_story_s1_makes_its_report_duties_from_0612(desk: Desk) -> None:
    incident_id = desk.report()
    desk.act(DISPATCHER, "ACCEPT", incident_id, 1)
    desk.act(
        DISPATCHER,
        "CONFIRM",
        incident_id,
        2,
        verify_method="VIDEO",
        occurred_at=START.isoformat(),
        subtype="HAZ.侧翻未漏",
    )
    made = desk.act(CHIEF, "CLASSIFY", incident_id, 3, severity="IV", basis="1 人重伤")
    assert [(e["rule_id"], e["due_at"], e["version"]) for e in made if "due_at" in e] == [
        ("PHONE_30", "2026-07-14T22:42:00Z", 1),
        ("WRITTEN_60", "2026-07-14T23:12:00Z", 1),
    ]


TEXTS = (
    "'); DROP TABLE entity; --",
    "<script>alert('x')</script>",
    "\u202eمرحبا بالعالم\u202c",
    "🚨👩‍🚒 追尾",
    "\\u0000 is six characters",
    "{text} %s {0}",
    "字" * 10_000,
)


def test_any_text_comes_back_as_it_was_typed(sign_in: SignIn, desk: Desk) -> None:
    incident_id = desk.report()
    seat = sign_in(DISPATCHER)
    for text in TEXTS:
        entry_id = str(uuid.uuid4())
        note = {"kind": "entry", "incident_id": incident_id, "text": text}
        assert seat.send("ADD_NOTE", entry_id, 0, **note).status_code == 200
        stored = seat.ask("GET", f"/v1/entities/entry/{entry_id}").json()["entity"]
        assert stored["text"] == text


MALFORMED: tuple[dict[str, Any], ...] = (
    {"fields": {"text": "a\0b"}},
    {"fields": {"a\0b": "text"}},
    {"entity_id": "a\0b"},
    {"seat": "x" * 201},
    {"key": ""},
    {"base_version": -1},
    {"base_version": 2**40},
    {"issued_at": "2026-07-15T06:12:00"},
    {"fields": []},
    {"event": None},
)


def test_a_malformed_command_is_refused_before_anything_looks_at_it(sign_in: SignIn) -> None:
    good = msgspec.to_builtins(command(DISPATCHER, "REPORT", str(uuid.uuid4()), **REPORT))
    seat = sign_in(DISPATCHER)
    for change in MALFORMED:
        answer = seat.ask("POST", "/v1/commands", {**good, **change})
        assert (change, answer.status_code, answer.json()["code"]) == (change, 422, "BAD_REQUEST")


def test_fields_that_only_a_newer_client_knows_are_no_reason_to_refuse(sign_in: SignIn) -> None:
    good = msgspec.to_builtins(command(DISPATCHER, "REPORT", str(uuid.uuid4()), **REPORT))
    newer = {**good, "mood": "calm", "fields": {**good["fields"], "wind": 3}}
    assert sign_in(DISPATCHER).ask("POST", "/v1/commands", newer).status_code == 200


def test_a_body_that_is_too_large_is_refused(sign_in: SignIn, context: Context) -> None:
    seat = sign_in(DISPATCHER)
    size = context.settings.body_limit + 1
    for options in (
        {"content": b"x" * size},
        {"content": iter([b"x" * 1000] * (size // 1000 + 1))},
    ):
        answer = seat.ask("POST", "/v1/commands", **options)
        assert (answer.status_code, answer.json()["code"]) == (413, "TOO_LARGE")


def test_deeply_nested_json_is_refused(sign_in: SignIn) -> None:
    nested = b"[" * 100_000 + b"]" * 100_000
    answer = sign_in(DISPATCHER).ask("POST", "/v1/commands", content=nested)
    assert answer.status_code == 422
