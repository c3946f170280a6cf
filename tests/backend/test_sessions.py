"""Sign-in, lock-out, refresh, sign-out, demo accounts, versions; nothing secret in the log."""

import logging
from dataclasses import replace
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from backend.adapters.tables import session, user_secret
from backend.context import Context, open_context
from backend.logs import JsonLines
from backend.services import auditing
from backend.settings import Settings
from tests.backend.conftest import (
    DEMO,
    DISPATCHER,
    PASSWORD,
    PEOPLE,
    Clock,
    SignIn,
    seat_of,
    serving,
)


def enter(http: httpx.Client, username: str, password: str) -> httpx.Response:
    body = {"username": username, "password": password, "seat": "席位1"}
    return http.post("/v1/sessions", json=body)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_signing_in_gives_tokens_user_and_epoch(sign_in: SignIn) -> None:
    session = sign_in(DISPATCHER).session
    assert session["user"]["id"] == DISPATCHER.id
    assert session["access_expires_at"] == "2026-07-14T22:22:00Z"
    assert session["refresh_expires_at"] == "2026-07-21T22:12:00Z"
    assert session["server_time"] == "2026-07-14T22:12:00Z"
    assert session["demo"] is False


def test_a_wrong_password_and_an_unknown_user_look_the_same(http: httpx.Client) -> None:
    wrong = enter(http, DISPATCHER.username, "wrong")
    unknown = enter(http, "nobody", "wrong")
    assert code(wrong) == code(unknown) == (401, "BAD_LOGIN")
    assert wrong.json() == unknown.json()


def test_five_failures_lock_the_account_for_five_minutes(http: httpx.Client, clock: Clock) -> None:
    for _ in range(5):
        assert code(enter(http, DISPATCHER.username, "wrong")) == (401, "BAD_LOGIN")
    locked = enter(http, DISPATCHER.username, PASSWORD)
    assert code(locked) == (401, "LOCKED")
    assert locked.json()["until"] == "2026-07-14T22:17:00Z"
    clock.advance(minutes=5, seconds=1)
    assert enter(http, DISPATCHER.username, PASSWORD).status_code == 200


def test_a_success_forgets_earlier_failures(http: httpx.Client) -> None:
    for _ in range(2):
        for _ in range(4):
            enter(http, DISPATCHER.username, "wrong")
        assert enter(http, DISPATCHER.username, PASSWORD).status_code == 200


def test_demo_accounts_are_refused_without_the_demo(
    http: httpx.Client, settings: Settings, clock: Clock, context: Context
) -> None:
    assert code(enter(http, DEMO.username, PASSWORD)) == (401, "DEMO_ACCOUNT")
    demo = open_context(replace(settings, demo=True), clock)
    try:
        with serving(demo) as port:
            base = f"http://127.0.0.1:{port}"
            with httpx.Client(base_url=base, verify=False, trust_env=False) as other:
                seat = seat_of(other, DEMO)
                assert seat.session["demo"] is True
        headers = {"Authorization": f"Bearer {seat.session['access_token']}"}
        assert code(http.get("/v1/changes", headers=headers)) == (401, "DEMO_ACCOUNT")
    finally:
        demo.close()


def test_an_access_token_ends_after_ten_minutes_and_is_refreshed(
    sign_in: SignIn, clock: Clock
) -> None:
    seat = sign_in(DISPATCHER)
    clock.advance(minutes=10)
    assert code(seat.ask("GET", "/v1/changes")) == (401, "NOT_SIGNED_IN")
    body = {"refresh_token": seat.session["refresh_token"]}
    seat.http.post("/v1/sessions/refresh", json=body)
    # a lost answer costs nothing: the token stays
    answer = seat.http.post("/v1/sessions/refresh", json=body)
    assert answer.json()["refresh_token"] == seat.session["refresh_token"]
    seat.session = answer.json()
    assert seat.ask("GET", "/v1/changes").status_code == 200
    clock.advance(days=7)
    assert code(seat.http.post("/v1/sessions/refresh", json=body)) == (401, "NOT_SIGNED_IN")


def test_signing_out_ends_both_tokens(sign_in: SignIn) -> None:
    seat = sign_in(DISPATCHER)
    assert seat.ask("DELETE", "/v1/sessions").status_code == 204
    assert code(seat.ask("GET", "/v1/changes")) == (401, "NOT_SIGNED_IN")
    body = {"refresh_token": seat.session["refresh_token"]}
    assert code(seat.http.post("/v1/sessions/refresh", json=body)) == (401, "NOT_SIGNED_IN")


@pytest.mark.parametrize("token", ["x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzaWQiOiJ4In0."])
def test_a_forged_token_opens_nothing(http: httpx.Client, token: str) -> None:
    answer = http.get("/v1/changes", headers={"Authorization": f"Bearer {token}"})
    assert code(answer) == (401, "NOT_SIGNED_IN")


def test_another_backend_s_token_opens_nothing(
    http: httpx.Client, sign_in: SignIn, context: Context
) -> None:
    import jwt

    sid = jwt.decode(
        sign_in(DISPATCHER).session["access_token"], options={"verify_signature": False}
    )["sid"]
    forged = jwt.encode({"sid": sid, "exp": 2**33}, b"k" * 64, "HS256")
    answer = http.get("/v1/changes", headers={"Authorization": f"Bearer {forged}"})
    assert code(answer) == (401, "NOT_SIGNED_IN")


def test_secrets_are_stored_hashed(sign_in: SignIn, context: Context) -> None:
    seat = sign_in(DISPATCHER)
    with context.database.read() as connection:
        secrets = connection.scalars(select(user_secret.c.password_hash)).all()
        hashes = connection.scalars(select(session.c.refresh_hash)).all()
    assert all(secret.startswith("$argon2id$") for secret in secrets)
    assert seat.session["refresh_token"] not in hashes


def test_sign_ins_are_audited_failures_included(http: httpx.Client, context: Context) -> None:
    enter(http, DISPATCHER.username, "wrong")
    enter(http, DISPATCHER.username, PASSWORD)
    rows = auditing.page(context, PEOPLE["AUDITOR"], 0, 10).rows
    assert [(row.user_id, row.event, row.codes) for row in rows] == [
        (DISPATCHER.id, "SIGN_IN", "BAD_LOGIN"),
        (DISPATCHER.id, "SIGN_IN", ""),
    ]


def test_the_log_has_a_line_per_request_and_no_secret(
    sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    seat = sign_in(DISPATCHER)
    seat.ask("GET", "/v1/search?q=13812341234")
    seat.ask("GET", "/health")  # its line comes after the one that is looked for
    written = "\n".join(
        JsonLines().format(record)
        for record in caplog.records
        if not record.name.startswith("http")
    )
    assert '"path": "/v1/search"' in written
    for secret in (
        PASSWORD,
        seat.session["access_token"],
        seat.session["refresh_token"],
        "13812341234",
    ):
        assert secret not in written


@pytest.mark.parametrize("version", ["2", "0", "x", "99999999999", "1.0"])
def test_a_client_of_another_version_is_told_which_ones_fit(
    http: httpx.Client, version: str
) -> None:
    answer = http.get("/v1/changes", headers={"X-TOCC-Api": version})
    assert answer.status_code == 426
    body: dict[str, Any] = answer.json()
    assert (body["code"], body["min"], body["max"]) == ("API", 1, 1)
    assert http.get("/health", headers={"X-TOCC-Api": version}).status_code == 200


def test_health_tells_versions_and_head_without_a_login(
    http: httpx.Client, context: Context
) -> None:
    body = http.get("/health").json()
    assert (body["status"], body["api_min"], body["api_max"]) == ("ok", 1, 1)
    assert body["database"] == ("sqlite" if context.database.is_sqlite else "postgresql")
    assert body["head"] == context.database.head()


def test_unknown_addresses_and_methods_answer_like_everything_else(http: httpx.Client) -> None:
    assert code(http.get("/v1/nothing")) == (404, "NOT_HERE")
    assert code(http.put("/v1/commands")) == (405, "METHOD")


def test_each_answer_carries_a_request_id(http: httpx.Client) -> None:
    ids = {http.get("/health").headers["x-request-id"] for _ in range(2)}
    assert len(ids) == 2
