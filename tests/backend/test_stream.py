"""GET /v1/changes as a stream: at once, with heartbeats, and ending when it must."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from backend.adapters import hub
from backend.bodies import UserPatch
from backend.context import Context, open_context
from backend.services.sessions import SignedIn
from backend.services.users import change_rights
from backend.settings import Settings
from tests.backend.conftest import (
    CHIEF,
    DISPATCHER,
    LOCAL,
    PEOPLE,
    Clock,
    Desk,
    Seat,
    SignIn,
    client_of,
    seat_of,
    serving,
)

ADMIN = SignedIn(PEOPLE["ADMIN"], "s", "")


class Events:
    """The stream's events in order, as (name, id, data)."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.iter_lines()

    def next(self) -> tuple[str, str, dict[str, Any]] | None:
        """The next event, None at the end of the stream."""
        event: dict[str, str] = {}
        for line in self._lines:
            if not line:
                return event["event"], event.get("id", ""), json.loads(event["data"])
            name, _, value = line.partition(": ")
            event[name] = value
        return None

    def changes(self) -> tuple[str, dict[str, Any]]:
        """The next `changes` event, heartbeats left out."""
        while (event := self.next()) is not None:
            if event[0] == "changes":
                return event[1:]
        raise AssertionError("the stream ended")

    def ended(self) -> bool:
        while (event := self.next()) is not None:
            if event[0] == "changes":
                return False
        return True


@contextmanager
def stream(seat: Seat, after: int = 0) -> Iterator[Events]:
    headers = {
        "Accept": "text/event-stream",
        "Authorization": f"Bearer {seat.session['access_token']}",
    }
    query = {"after": after, "epoch": seat.session["epoch"]}
    with seat.http.stream("GET", "/v1/changes", params=query, headers=headers) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Events(response)


def test_it_opens_with_a_heartbeat_and_goes_on_from_the_revision(
    sign_in: SignIn, desk: Desk, context: Context, clock: Clock
) -> None:
    seat, head = sign_in(DISPATCHER), context.database.head()
    with stream(seat, head) as events:
        beat = events.next()
        assert beat == ("heartbeat", "", {"server_time": "2026-07-14T22:12:00Z", "head": head})
        incident_id = desk.report()
        name, page = events.changes()
        assert int(name) == page["next"] == page["head"] == head + 2
        assert [(row["kind"], row["op"]) for row in page["changes"]] == [
            ("incident", "put"),
            ("entry", "put"),
        ]
        assert page["changes"][0]["id"] == incident_id
        desk.report()
        assert events.changes()[1]["changes"][0]["rev"] == head + 3


def test_it_beats_while_nothing_happens(sign_in: SignIn, context: Context) -> None:
    with stream(sign_in(DISPATCHER), context.database.head()) as events:
        assert [event[0] for _ in range(2) if (event := events.next())] == ["heartbeat"] * 2


def test_a_long_backlog_comes_in_pages(sign_in: SignIn, desk: Desk, context: Context) -> None:
    for _ in range(260):
        desk.report()
    seen = 0
    with stream(sign_in(DISPATCHER)) as events:
        while seen < context.database.head():
            page = events.changes()[1]
            assert len(page["changes"]) <= 500
            seen = page["next"]


def test_many_commits_share_events_and_none_is_lost(sign_in: SignIn, desk: Desk) -> None:
    seat = sign_in(DISPATCHER)
    with stream(seat) as events:
        events.changes()
        wanted = {desk.report() for _ in range(40)}
        count, seen = 0, set[str]()
        while not wanted <= seen:
            seen |= {row["id"] for row in events.changes()[1]["changes"]}
            count += 1
    assert count < 40


def test_another_process_on_the_same_database_is_heard(
    sign_in: SignIn, context: Context, settings: Settings, clock: Clock
) -> None:
    other = open_context(settings, clock)
    try:
        with stream(sign_in(DISPATCHER), context.database.head()) as events:
            incident_id = Desk(other).report()
            assert events.changes()[1]["changes"][0]["id"] == incident_id
    finally:
        other.close()


def test_postgresql_itself_tells_of_other_processes_commits(
    context: Context, settings: Settings, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    if context.database.is_sqlite:
        pytest.skip("SQLite has no LISTEN")
    monkeypatch.setattr(hub, "POLL_S", 3600)
    other = open_context(settings, clock)
    try:
        with (
            serving(context) as port,
            client_of(port) as http,
            stream(seat_of(http, DISPATCHER), context.database.head()) as events,
        ):
            incident_id = Desk(other).report()
            assert events.changes()[1]["changes"][0]["id"] == incident_id
    finally:
        other.close()


def test_rows_out_of_sight_only_move_the_revision(
    sign_in: SignIn, desk: Desk, context: Context
) -> None:
    with stream(sign_in(LOCAL), context.database.head()) as events:
        desk.report()
        page = events.changes()[1]
        assert (page["changes"], page["next"]) == ([], context.database.head())


def test_it_ends_when_the_user_s_rights_change(sign_in: SignIn, context: Context) -> None:
    seat, head = sign_in(DISPATCHER), context.database.head()
    with stream(seat, head) as events:
        events.next()
        change_rights(context, ADMIN, DISPATCHER.id, UserPatch(role="VIDEO_OP"))
        assert events.ended()
    again = seat.ask("GET", f"/v1/changes?after={head}&epoch={seat.session['epoch']}")
    assert again.status_code == 410


def test_it_goes_on_when_somebody_else_s_rights_change(sign_in: SignIn, context: Context) -> None:
    with stream(sign_in(DISPATCHER), context.database.head()) as events:
        change_rights(context, ADMIN, CHIEF.id, UserPatch(areas=["S11"]))
        assert events.changes()[1]["changes"][0]["id"] == CHIEF.id


def test_it_ends_when_the_session_does(sign_in: SignIn, context: Context) -> None:
    seat = sign_in(DISPATCHER)
    with stream(seat, context.database.head()) as events:
        events.next()
        seat.ask("DELETE", "/v1/sessions")
        assert events.ended()


def test_it_ends_when_the_user_is_taken_out_of_service(sign_in: SignIn, context: Context) -> None:
    seat = sign_in(DISPATCHER)
    with stream(seat, context.database.head()) as events:
        events.next()
        change_rights(context, ADMIN, DISPATCHER.id, UserPatch(active=False))
        assert events.ended()
    assert seat.ask("GET", "/v1/changes").status_code == 401
