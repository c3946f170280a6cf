"""GET /v1/live: whole, then what changed; the newest for everybody; ending when it must."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import numpy as np
import pytest

from app.domain.live import HEAD_SIZE, NEVER_S, Head, LiveKind, decode, read_head
from backend.bodies import UserPatch
from backend.context import Context, open_context
from backend.services import live
from backend.services.live_frames import Extent, LinkFrames, VehicleFrames
from backend.services.live_picture import Links, Picture, Source, Vehicles
from backend.services.sessions import SignedIn
from backend.services.users import add_users, change_rights
from backend.settings import Settings
from tests.backend.conftest import (
    DISPATCHER,
    EVERYBODY,
    LOCAL,
    PASSWORD,
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
CITY = {"west": 117.0, "south": 38.0, "east": 118.0, "north": 40.0, "zoom": 10.0}
PATIENCE_S = 20


class Scripted:
    """A source that counts: link 0 changes with every picture, vehicles stand in a row."""

    network, demo = "abc", True

    def __init__(self, vehicles: int = 4) -> None:
        self.asked = 0
        self.count = vehicles
        self.reached = threading.Condition()

    def picture(self, now: float) -> Picture:
        with self.reached:
            self.asked += 1
            self.reached.notify_all()
        boxes = np.array([[117.1, 39, 117.2, 39.1], [117.3, 39, 117.4, 39.1], [10, 10, 11, 11]])
        values = np.array([[self.asked % 5 + 1, 0], [2, 3], [1, 1]], dtype=np.uint8)
        links = Links(boxes.astype(np.float32), values, np.array([now, now - 70_000, now]))
        ids = np.arange(self.count, dtype=np.uint32)
        zeros = np.zeros(self.count, dtype=np.uint8)
        place = np.full(self.count, 1, dtype=np.int32)
        vehicles = Vehicles(
            ids, zeros, zeros, place * 1_175_000_000, place * 390_000_000,
            zeros.astype(np.uint16), zeros.astype(np.uint16), np.full(self.count, now - 1.5),
        )  # fmt: skip
        return Picture(now, links, vehicles)

    def reach(self, number: int) -> None:
        with self.reached:
            assert self.reached.wait_for(lambda: self.asked >= number, PATIENCE_S)


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    made = Scripted()

    def scripted(_context: Context) -> Callable[[], Source]:
        return lambda: made

    monkeypatch.setattr("backend.app.demo_source", scripted)
    monkeypatch.setattr(live, "TICK_S", 0.02)
    return made


class Frames:
    def __init__(self, response: httpx.Response) -> None:
        self._chunks = response.iter_raw()
        self._rest = b""

    def frame(self) -> tuple[Head, dict[str, memoryview]]:
        found = self.next()
        assert found is not None, "the stream ended"
        return found

    def next(self) -> tuple[Head, dict[str, memoryview]] | None:
        """The next frame, None at the end of the stream."""
        while len(self._rest) < HEAD_SIZE or len(self._rest) < self._size():
            chunk = next(self._chunks, None)
            if chunk is None:
                assert self._rest == b""
                return None
            self._rest += chunk
        size = self._size()
        frame, self._rest = self._rest[:size], self._rest[size:]
        return decode(frame)

    def head(self) -> Head:
        return self.frame()[0]

    def ended(self) -> bool:
        return all(self.next() is not None for _ in range(500)) is False

    def _size(self) -> int:
        return HEAD_SIZE + read_head(self._rest).payload


@contextmanager
def stream(seat: Seat, kind: str, **where: float) -> Iterator[Frames]:
    headers = {"Authorization": f"Bearer {seat.session['access_token']}"}
    with seat.http.stream(
        "GET", f"/v1/live/{kind}", params={**CITY, **where}, headers=headers
    ) as response:
        assert response.status_code == 200
        assert response.headers["content-type"] == "application/octet-stream"
        yield Frames(response)


def rows(columns: dict[str, memoryview], name: str, code: str) -> list[int]:
    found: list[int] = np.frombuffer(columns[name], code).tolist()
    return found


@pytest.mark.usefixtures("source")
def test_links_come_whole_and_then_as_they_change(sign_in: SignIn) -> None:
    with stream(sign_in(DISPATCHER), "links") as frames:
        head, columns = frames.frame()
        assert (head.kind, head.whole, head.demo, head.network) == ("links", True, True, "abc")
        assert (head.count, head.total) == (2, 2)
        assert rows(columns, "link", "<u4") == [0, 1]
        assert rows(columns, "age_s", "<u2") == [0, 0xFFFF]
        later, changed = frames.frame()
        assert (later.whole, later.total) == (False, 2)
        assert rows(changed, "link", "<u4") == [0]
        assert later.sequence > head.sequence


def test_vehicles_come_whole_every_time(source: Scripted, sign_in: SignIn) -> None:
    with stream(sign_in(DISPATCHER), "vehicles") as frames:
        for head, _ in (frames.frame(), frames.frame()):
            assert (head.whole, head.count, head.total) == (True, source.count, source.count)
        _head, columns = frames.frame()
        assert rows(columns, "age_ms", "<u4") == [1500] * source.count
        assert rows(columns, "lon", "<i4")[0] == 1_175_000_000


@pytest.mark.usefixtures("source")
def test_only_what_lies_in_the_extent_is_sent(sign_in: SignIn) -> None:
    seat = sign_in(DISPATCHER)
    with stream(seat, "links", west=117.25) as frames:
        _head, columns = frames.frame()
        assert rows(columns, "link", "<u4") == [1]
    with stream(seat, "vehicles", west=117.6) as frames:
        assert frames.head().total == 0


def thinned(zoom: float, limit: int) -> tuple[Head, list[int]]:
    extent = Extent(**{**CITY, "zoom": zoom})
    head, columns = decode(VehicleFrames(Scripted(), extent, limit).frame(PICTURE, 1))
    return head, rows(columns, "id", "<u4")


PICTURE = Scripted(1000).picture(1e9)


def test_at_low_zoom_more_than_the_limit_is_thinned_out_and_told() -> None:
    head, ids = thinned(9.0, 100)
    assert (head.count, head.total) == (100, 1000)
    assert set(ids) < set(thinned(9.0, 200)[1])


def test_what_was_seen_in_the_future_is_not_new_for_ever() -> None:
    ahead = np.array([0.0, 1.5, 3600.0, -3600.0])
    told = Scripted(4).picture(1e9)
    told = replace(
        told,
        vehicles=replace(told.vehicles, seen_at=told.at + ahead),
        links=replace(told.links, seen_at=told.at + ahead[:3]),
    )
    extent = Extent(**{**CITY, "west": 0.0, "south": 0.0})
    head, columns = decode(VehicleFrames(Scripted(), extent, 9).frame(told, 1))
    assert (rows(columns, "id", "<u4"), head.total) == ([0, 1, 3], 3)
    assert rows(columns, "age_ms", "<u4") == [0, 0, 3_600_000]
    _head, columns = decode(LinkFrames(Scripted(), extent).frame(told, 1))
    assert rows(columns, "age_s", "<u2") == [0, 0, NEVER_S]


@pytest.mark.parametrize(("zoom", "limit"), [(9.0, 1000), (14.0, 100)])
def test_otherwise_every_vehicle_is_sent(zoom: float, limit: int) -> None:
    assert thinned(zoom, limit)[0].count == 1000


def test_the_source_rests_while_nobody_listens(source: Scripted, sign_in: SignIn) -> None:
    seat = sign_in(DISPATCHER)
    assert source.asked == 0
    with stream(seat, "links") as one, stream(seat, "vehicles") as other:
        one.head(), other.head()
        source.reach(5)
    rest = threading.Event()
    before = -1
    while source.asked != before:  # the server hears that they are gone with its next frame
        before = source.asked
        rest.wait(0.5)
    with stream(seat, "links") as frames:
        assert frames.head().whole


def test_a_slow_reader_gets_the_newest_and_no_queue(source: Scripted, sign_in: SignIn) -> None:
    source.count = 60_000  # 1.3 MB a frame: more than a line takes up by itself
    with stream(sign_in(DISPATCHER), "vehicles", zoom=13.0) as frames:
        first = frames.head().sequence
        source.reach(source.asked + 60)
        sequences = [frames.head().sequence for _ in range(8)]
    assert sequences == sorted(set(sequences))
    assert max(b - a for a, b in zip([first, *sequences], sequences, strict=False)) > 20


def test_one_source_serves_all(source: Scripted, sign_in: SignIn) -> None:
    seats = [sign_in(person) for person in (DISPATCHER, LOCAL)]
    with stream(seats[0], "links") as one, stream(seats[1], "links") as other:
        heads = [frames.head() for frames in (one, other) for _ in range(4)]
    assert len({head.sequence for head in heads}) <= source.asked


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize("patch", [UserPatch(role="VIDEO_OP"), UserPatch(active=False)])
def test_it_ends_when_the_user_s_rights_change(
    sign_in: SignIn, context: Context, patch: UserPatch
) -> None:
    with stream(sign_in(DISPATCHER), "vehicles") as frames:
        frames.head()
        change_rights(context, ADMIN, DISPATCHER.id, patch)
        assert frames.ended()


@pytest.mark.usefixtures("source")
def test_it_ends_when_the_session_does(sign_in: SignIn) -> None:
    seat = sign_in(DISPATCHER)
    with stream(seat, "links") as frames:
        frames.head()
        seat.ask("DELETE", "/v1/sessions")
        assert frames.ended()


@pytest.mark.usefixtures("source")
def test_it_ends_with_the_process(context: Context) -> None:
    with client_of_serving(context) as (seat, stop), stream(seat, "links") as frames:
        frames.head()
        stop()
        assert frames.ended()


@contextmanager
def client_of_serving(context: Context) -> Iterator[tuple[Seat, Callable[[], None]]]:
    with serving(context) as port, client_of(port) as http:
        yield seat_of(http, DISPATCHER), context.hub.close


@pytest.mark.usefixtures("source")
def test_who_is_not_signed_in_gets_nothing(http: httpx.Client) -> None:
    assert http.get("/v1/live/links", params=CITY).status_code == 401


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    "where", [{"west": 119}, {"north": 38.0}, {"west": "nan"}, {"east": 181}, {"zoom": -1}]
)
def test_an_extent_that_is_none_is_refused(sign_in: SignIn, where: dict[str, float]) -> None:
    answer = sign_in(DISPATCHER).ask("GET", "/v1/live/links", params={**CITY, **where})
    assert (answer.status_code, answer.json()["code"]) == (422, "BAD_REQUEST")


def test_a_backend_without_a_feed_says_so(sign_in: SignIn) -> None:
    answer = sign_in(DISPATCHER).ask("GET", "/v1/live/vehicles", params=CITY)
    assert (answer.status_code, answer.json()["code"]) == (404, "NO_FEED")


def test_a_source_that_fails_for_a_moment_goes_on(
    source: Scripted,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    expect_log("the source of live data failed")
    good, failures = source.picture, iter([1] * 20)

    def picture(now: float) -> Picture:
        if next(failures, None):
            raise RuntimeError("no data")
        return good(now)

    monkeypatch.setattr(source, "picture", picture)
    with stream(sign_in(DISPATCHER), "links") as frames:
        assert frames.head().count == 2
    told = [record for record in caplog.records if "source of live data" in record.getMessage()]
    assert len(told) == 5, "the 1st, 2nd, 4th, 8th and 16th"


@pytest.mark.timeout(90)
def test_the_demo_s_own_traffic_knows_the_open_cases(settings: Settings, clock: Clock) -> None:
    context = open_context(replace(settings, demo=True), clock)
    try:
        add_users(context, [(user, PASSWORD) for user in EVERYBODY])
        known = Desk(context).report()
        assert [case.id for case in live.open_cases(context)] == [known]
        with serving(context) as port, client_of(port) as http:
            seat = seat_of(http, DISPATCHER)
            for kind in LiveKind:
                with stream(seat, kind, west=116.0) as frames:
                    assert frames.head().count > 900
    finally:
        context.close()
