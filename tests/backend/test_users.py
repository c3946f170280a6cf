"""PATCH /v1/users: rights given and taken by administrators."""

from typing import Any

import pytest

from backend.context import Context
from backend.services import auditing
from tests.backend.conftest import DISPATCHER, PEOPLE, SignIn

ADMIN = PEOPLE["ADMIN"]
PATH = f"/v1/users/{DISPATCHER.id}"


def test_an_administrator_changes_rights_and_it_is_audited(
    sign_in: SignIn, context: Context
) -> None:
    admin = sign_in(ADMIN)
    answer = admin.ask("PATCH", PATH, {"areas": ["S11", "120116"], "role": "VIDEO_OP"})
    user = answer.json()["entity"]
    assert (user["areas"], user["role"], user["active"]) == (["S11", "120116"], "VIDEO_OP", True)
    assert admin.ask("GET", f"/v1/entities/user/{DISPATCHER.id}").json()["entity"] == user
    row = auditing.page(context, ADMIN, 0, 100).rows[-1]
    assert (row.event, row.user_id, row.entity_id) == ("CHANGE_RIGHTS", ADMIN.id, DISPATCHER.id)
    assert "role: DISPATCHER → VIDEO_OP" in row.reason


def test_the_new_rights_count_from_the_next_request(sign_in: SignIn) -> None:
    seat, admin = sign_in(DISPATCHER), sign_in(ADMIN)
    admin.ask("PATCH", PATH, {"role": "AUDITOR"})
    assert seat.ask("GET", "/v1/audit").status_code == 200


def test_a_user_out_of_service_is_signed_out_everywhere(sign_in: SignIn) -> None:
    seat, admin = sign_in(DISPATCHER), sign_in(ADMIN)
    admin.ask("PATCH", PATH, {"active": False})
    assert seat.ask("GET", "/v1/changes").status_code == 401
    admin.ask("PATCH", PATH, {"active": True})
    body = {"refresh_token": seat.session["refresh_token"]}
    assert seat.http.post("/v1/sessions/refresh", json=body).status_code == 401
    assert sign_in(DISPATCHER).ask("GET", "/v1/changes").status_code == 200


@pytest.mark.parametrize("role", ["DUTY_LEADER", "SHIFT_CHIEF", "AUDITOR"])
def test_nobody_else_changes_rights(sign_in: SignIn, context: Context, role: str) -> None:
    answer = sign_in(PEOPLE[role]).ask("PATCH", PATH, {"role": "ADMIN"})
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
    assert auditing.page(context, ADMIN, 0, 100).rows[-1].outcome == "refused"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/v1/users/nobody", {"active": False}, 404),
        (PATH, {"role": "KING"}, 422),
        (PATH, {"name": "x"}, 422),
        (PATH, {"areas": ["a b"]}, 422),
        (PATH, [], 422),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    sign_in: SignIn, path: str, body: Any, status: int
) -> None:
    assert sign_in(ADMIN).ask("PATCH", path, body).status_code == status
