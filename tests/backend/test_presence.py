"""Who else has a case open."""

from typing import Any

from tests.backend.conftest import CHIEF, DISPATCHER, STRANGER, Clock, Desk, Seat, SignIn


def announce(seat: Seat, *incident_ids: str) -> list[dict[str, Any]]:
    answer = seat.ask("POST", "/v1/presence", {"incident_ids": incident_ids})
    assert answer.status_code == 200, answer.text
    others: list[dict[str, Any]] = answer.json()["others"]
    return others


def test_two_seats_on_one_case_see_each_other(sign_in: SignIn, desk: Desk) -> None:
    one, other, incident_id = sign_in(DISPATCHER), sign_in(CHIEF), desk.report()
    assert announce(one, incident_id) == []
    assert announce(other, incident_id) == [
        {
            "incident_id": incident_id,
            "user_id": DISPATCHER.id,
            "name": DISPATCHER.name,
            "seat": "席位1",
            "until": "2026-07-14T22:12:15Z",
        }
    ]
    assert [found["user_id"] for found in announce(one, incident_id)] == [CHIEF.id]


def test_a_lease_ends_by_itself_or_with_the_next_announcement(
    sign_in: SignIn, desk: Desk, clock: Clock
) -> None:
    one, other, incident_id = sign_in(DISPATCHER), sign_in(CHIEF), desk.report()
    announce(one, incident_id)
    announce(one)
    assert announce(other, incident_id) == []
    announce(one, incident_id)
    clock.advance(seconds=16)
    assert announce(other, incident_id) == []


def test_nobody_hears_of_cases_out_of_sight(sign_in: SignIn, desk: Desk) -> None:
    incident_id = desk.report()
    announce(sign_in(DISPATCHER), incident_id)
    assert announce(sign_in(STRANGER), incident_id) == []
    assert [found["user_id"] for found in announce(sign_in(CHIEF), incident_id)] == [DISPATCHER.id]


def test_the_same_user_on_two_seats_is_two(sign_in: SignIn, desk: Desk) -> None:
    incident_id = desk.report()
    announce(sign_in(DISPATCHER), incident_id)
    assert len(announce(sign_in(DISPATCHER), incident_id)) == 1
