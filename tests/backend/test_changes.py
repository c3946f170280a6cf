"""GET /v1/changes as pages: order, size, epochs, and what lies in whose sight."""

from typing import Any

import pytest

from app.domain.incident import Place
from app.domain.people import Org
from backend.adapters.unit import Unit
from backend.context import Context
from backend.services.seeding import load
from backend.services.users import change_rights
from tests.backend.conftest import (
    CHIEF,
    DISPATCHER,
    LOCAL,
    PEOPLE,
    STRANGER,
    Desk,
    Seat,
    SignIn,
    command,
)

NEAR = {"text": "S11 K5", "lon": 117.5, "lat": 39.1, "route_code": "S11"}


def page(seat: Seat, after: int = 0, **query: Any) -> dict[str, Any]:
    query = {"after": after, "epoch": seat.session["epoch"], **query}
    answer = seat.ask("GET", "/v1/changes", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def all_changes(seat: Seat, after: int = 0, **query: Any) -> list[dict[str, Any]]:
    rows, more = [], True
    while more:
        found = page(seat, after, **query)
        rows += found["changes"]
        after, more = found["next"], found["more"]
    return rows


def of(rows: list[dict[str, Any]], kind: str) -> list[tuple[str, str]]:
    return [(row["op"], row["id"]) for row in rows if row["kind"] == kind]


def test_pages_lead_to_the_head_in_order_of_revisions(sign_in: SignIn, desk: Desk) -> None:
    ids = [desk.report() for _ in range(5)]
    seat = sign_in(DISPATCHER)
    rows = all_changes(seat, limit=3)
    assert [row["rev"] for row in rows] == sorted(row["rev"] for row in rows)
    assert of(rows, "incident") == [("put", incident_id) for incident_id in ids]
    last = page(seat)
    assert last["next"] == last["head"] == rows[-1]["rev"]
    assert page(seat, last["head"]) == {**last, "changes": []}


def test_the_log_holds_the_newest_version_of_each_entity_only(sign_in: SignIn, desk: Desk) -> None:
    incident_id = desk.report()
    seat = sign_in(DISPATCHER)
    before = page(seat)["head"]
    desk.act(DISPATCHER, "ACCEPT", incident_id, 1)
    rows = [row for row in all_changes(seat) if row["kind"] == "incident"]
    assert [row["entity"]["version"] for row in rows] == [2]
    assert [row["rev"] for row in page(seat, before)["changes"]] == [before + 1, before + 2]


def test_a_page_holds_at_most_500_rows_and_half_a_megabyte(
    sign_in: SignIn, context: Context
) -> None:
    load(context, [Org(id=f"o{n}", name="n") for n in range(700)])
    seat = sign_in(DISPATCHER)
    assert len(page(seat)["changes"]) == 500
    load(context, [Org(id=f"big{n}", name="字" * 20_000) for n in range(30)])
    head = page(seat)["head"]
    answer = seat.ask("GET", f"/v1/changes?after={head - 30}&epoch={seat.session['epoch']}")
    assert len(answer.content) < 510_000
    assert len(answer.json()["changes"]) == 8
    load(context, [Org(id="huge", name="字" * 400_000)])
    assert [row["id"] for row in page(seat, head)["changes"]] == ["huge"]


def test_the_first_request_needs_no_epoch_and_learns_it(sign_in: SignIn) -> None:
    seat = sign_in(DISPATCHER)
    answer = seat.ask("GET", "/v1/changes").json()
    assert answer["epoch"] == seat.session["epoch"]


def test_a_reader_of_another_epoch_or_beyond_the_head_starts_from_the_beginning(
    sign_in: SignIn,
) -> None:
    seat = sign_in(DISPATCHER)
    head, epoch = page(seat)["head"], seat.session["epoch"]
    for query in ("after=0&epoch=other", "after=1", f"after={head + 1}&epoch={epoch}"):
        for accept in ("application/json", "text/event-stream"):
            answer = seat.ask("GET", f"/v1/changes?{query}", headers={"Accept": accept})
            assert answer.status_code == 410
            assert (answer.json()["code"], answer.json()["epoch"]) == ("EPOCH", epoch)


def test_users_with_other_rights_have_other_epochs(sign_in: SignIn) -> None:
    assert len({sign_in(user).session["epoch"] for user in (DISPATCHER, CHIEF, LOCAL)}) == 3


def test_changed_rights_change_the_epoch(sign_in: SignIn, context: Context) -> None:
    from backend.bodies import UserPatch
    from backend.services.sessions import SignedIn

    seat = sign_in(DISPATCHER)
    head = page(seat)["head"]
    admin = SignedIn(PEOPLE["ADMIN"], "s", "")
    change_rights(context, admin, DISPATCHER.id, UserPatch(areas=["S11"]))
    answer = seat.ask("GET", f"/v1/changes?after={head}&epoch={seat.session['epoch']}")
    assert answer.status_code == 410


def test_a_case_and_all_that_belongs_to_it_are_seen_by_the_same_people(
    sign_in: SignIn, desk: Desk
) -> None:
    here, there = desk.report(place=NEAR), desk.report()
    seen = all_changes(sign_in(LOCAL))
    assert of(seen, "incident") == [("put", here)]
    assert {row["entity"]["incident_id"] for row in seen if row["kind"] == "entry"} == {here}
    stranger = all_changes(sign_in(STRANGER))
    assert of(stranger, "incident") == of(stranger, "entry") == []
    everything = of(all_changes(sign_in(CHIEF)), "incident")
    assert everything == [("put", here), ("put", there)]
    assert of(seen, "user") == of(stranger, "user") != []


def moved(context: Context, incident_id: str, route: str) -> None:
    """The case turns out to lie elsewhere."""

    def work(unit: Unit) -> None:
        from dataclasses import replace

        case = unit.get("incident", incident_id)
        assert case is not None
        unit.put(replace(case, place=Place(lon=117.5, lat=39.1, route_code=route)))

    context.change(work)


def test_a_case_that_leaves_the_sight_is_dropped_with_its_rows_and_comes_back_whole(
    sign_in: SignIn, desk: Desk, context: Context
) -> None:
    incident_id = desk.report(place=NEAR)
    local, chief = sign_in(LOCAL), sign_in(CHIEF)
    head = page(local)["head"]
    moved(context, incident_id, "G25")
    gone = all_changes(local, head)
    assert of(gone, "incident") == [("drop", incident_id)]
    assert [op for op, _ in of(gone, "entry")] == ["drop"]
    assert all(row["entity"] is None for row in gone)
    assert [op for op, _ in of(all_changes(chief, head), "entry")] == ["put"]

    head = page(local)["head"]
    moved(context, incident_id, "S11")
    back = all_changes(local, head)
    assert of(back, "incident") == [("put", incident_id)]
    assert [op for op, _ in of(back, "entry")] == ["put"]


def test_a_first_sync_does_not_speak_of_what_was_never_in_sight(
    sign_in: SignIn, desk: Desk
) -> None:
    for _ in range(3):
        desk.report()
    rows = all_changes(sign_in(LOCAL), limit=2)
    assert [row for row in rows if row["op"] == "drop"] == []


def test_what_was_dropped_once_is_not_dropped_again(
    sign_in: SignIn, desk: Desk, context: Context
) -> None:
    incident_id = desk.report(place=NEAR)
    local = sign_in(LOCAL)
    moved(context, incident_id, "G25")
    head = page(local)["head"]
    desk.act(DISPATCHER, "ACCEPT", incident_id, 2)
    found = page(local, head)
    assert found["changes"] == []
    assert found["next"] == found["head"] > head


@pytest.mark.parametrize("user", [LOCAL, STRANGER])
def test_what_is_out_of_sight_is_not_found_by_id_or_search(
    sign_in: SignIn, desk: Desk, user: Any
) -> None:
    incident_id = desk.report()
    seat = sign_in(user)
    assert seat.ask("GET", f"/v1/entities/incident/{incident_id}").status_code == 404
    assert seat.ask("GET", "/v1/search?q=G25").json() == {"entities": []}


def test_the_search_finds_every_word_in_chinese_latin_and_digits(
    sign_in: SignIn, desk: Desk
) -> None:
    incident_id = desk.report(title="追尾 三车", text="100%_ 拥堵")
    desk.report(title="抛锚", text="")
    seat = sign_in(DISPATCHER)
    for words in ("追尾", "g25 三车", "INC-20260715-0001", "k1102+300 追尾", "100%_"):
        found = seat.ask("GET", "/v1/search", params={"q": words}).json()["entities"]
        assert [item["entity"]["id"] for item in found] == [incident_id]
    assert seat.ask("GET", "/v1/search", params={"q": "100%a"}).json()["entities"] == []
    assert len(seat.ask("GET", "/v1/search?q=g25&limit=1").json()["entities"]) == 1


def test_the_audit_is_for_auditors_and_administrators(sign_in: SignIn, desk: Desk) -> None:
    desk.report()
    for role in ("AUDITOR", "ADMIN"):
        first = sign_in(PEOPLE[role]).ask("GET", "/v1/audit?limit=1").json()
        assert len(first["rows"]) == 1
        rest = sign_in(PEOPLE[role]).ask("GET", f"/v1/audit?after={first['next']}").json()
        assert rest["rows"][0]["id"] == first["next"] + 1
    assert sign_in(CHIEF).ask("GET", "/v1/audit").status_code == 403


def test_the_answer_s_entities_carry_the_versions_that_the_log_carries(
    sign_in: SignIn, desk: Desk
) -> None:
    incident_id = desk.report()
    seat = sign_in(DISPATCHER)
    body = command(DISPATCHER, "ACCEPT", incident_id, 1)
    answer = seat.ask("POST", "/v1/commands", body).json()
    stored = {(row["kind"], row["id"]): row["entity"] for row in all_changes(seat)}
    for item in answer["entities"]:
        assert stored[item["kind"], item["entity"]["id"]] == item["entity"]
    assert page(seat)["head"] == answer["rev"]
