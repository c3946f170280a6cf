"""A channel against a real backend and a bad line; against streams that nobody should send."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.api.client import Api, Stream
from app.api.errors import InvalidError, OfflineError
from app.domain.live import Head, LiveKind
from app.live import channel as channels
from app.live.channel import Channel, View
from app.live.frames import Columns
from backend.demo.roads import Roads
from tests.support.backend_process import ROOT, BackendProcess
from tests.support.handbook import DISPATCHER, PEOPLE
from tests.support.line import Line, Quality
from tests.support.live import links, vehicles
from tests.support.server import Server

CITY = View(west=116.0, south=38.0, east=119.0, north=41.0, zoom=10.0)
ELSEWHERE = View(west=100.0, south=20.0, east=101.0, north=21.0, zoom=10.0)
PATIENCE_S = 20.0


class Seen:
    """Takes what a channel shows, on a GUI thread of its own that the test turns by hand."""

    def __init__(self) -> None:
        self.calls: queue.Queue[Callable[[], None]] = queue.Queue()
        self.shown: list[Any] = []
        self.told: list[str] = []
        self.left = threading.Event()

    def turn(self) -> None:
        """Do one thing that was posted."""
        self.calls.get(timeout=PATIENCE_S)()

    def next(self) -> Any:
        count = len(self.shown)
        while len(self.shown) == count:
            self.turn()
        return self.shown[-1]


def head_of(head: Head, _columns: Columns) -> Head:
    return head


type OpenChannel = Callable[..., Channel]


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def open_channel(seen: Seen, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenChannel]:
    monkeypatch.setattr(channels, "WAITS_S", (0.01, 0.05))
    opened: list[Channel] = []

    def open_one(request: Callable[[LiveKind, View], Any], kind: str, **more: Any) -> Channel:
        given = {"view": CITY, "fold": head_of, "network": "", **more}
        made = Channel(
            LiveKind(kind), show=seen.shown.append, request=request, leave=seen.left.set,
            post=seen.calls.put, tell=seen.told.append, **given,
        )  # fmt: skip
        opened.append(made)
        made.start()
        return made

    yield open_one
    for made in opened:
        made.close()
    for made in opened:
        made.join()


def test_the_start_of_the_desk_does_not_wait_for_numpy() -> None:
    look = "import sys, app.bootstrap; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], cwd=ROOT, check=False).returncode == 0


# against a real backend, over a line


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()


@pytest.fixture
def request_over(line: Line, tmp_path: Path) -> Iterator[Callable[[LiveKind, View], Stream]]:
    """Asks the demo's generator as the dispatcher, over the line."""
    backend = BackendProcess(tmp_path, at=datetime(2026, 7, 15, tzinfo=UTC), TOCC_BACKEND_DEMO="1")
    backend.seed((), PEOPLE)
    line.lead_to(backend.start())
    server, api = Server(backend.url), Api(line.url)
    token = server.token(DISPATCHER)
    yield lambda kind, view: api.live(token, kind, asdict(view))
    api.close()
    server.close()
    backend.close()


@pytest.mark.timeout(90)
def test_it_reads_goes_on_after_a_cut_and_moves_with_the_view(
    line: Line,
    request_over: Callable[[LiveKind, View], Stream],
    open_channel: OpenChannel,
    seen: Seen,
) -> None:
    channel = open_channel(request_over, "vehicles")
    first = seen.next()
    assert (first.count, first.total, first.demo) == (1000, 1000, True)
    assert seen.next().sequence > first.sequence

    line.pull()
    line.plug()
    assert seen.next().sequence > first.sequence

    channel.look_at(ELSEWHERE)
    while seen.next().total:
        pass


@pytest.mark.timeout(90)
def test_a_slow_and_lossy_line_brings_whole_frames(
    line: Line,
    request_over: Callable[[LiveKind, View], Stream],
    open_channel: OpenChannel,
    seen: Seen,
) -> None:
    line.quality = Quality(delay_s=0.15, loss=0.1)
    open_channel(request_over, "vehicles")
    counts = [seen.next().count for _ in range(3)]
    assert counts == [1000] * 3
    assert line.quality.lost > 0


@pytest.mark.timeout(90)
def test_it_notices_that_the_line_is_silent_and_hears_of_it_again(
    line: Line,
    request_over: Callable[[LiveKind, View], Stream],
    open_channel: OpenChannel,
    seen: Seen,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.api.client.SILENCE_S", 1.5)
    open_channel(request_over, "vehicles")
    seen.next()
    line.hold()
    held = threading.Event()
    held.wait(2.0)
    line.release()
    late = seen.next()
    assert seen.next().sequence > late.sequence


@pytest.mark.timeout(90)
def test_links_that_are_closed_end_their_thread(
    request_over: Callable[[LiveKind, View], Stream], open_channel: OpenChannel, seen: Seen
) -> None:
    channel = open_channel(request_over, "links", network=Roads.open().fingerprint)
    assert seen.next().count > 20_000
    channel.close()
    channel.join()
    assert not channel.is_running
    assert seen.left.is_set()


# against scripted streams


class Script:
    """Hands out one stream after the other; the last one again and again, open until closed."""

    def __init__(self, *streams: list[bytes] | Exception) -> None:
        self.streams = list(streams)
        self.asked: list[View] = []

    def __call__(self, _kind: LiveKind, view: View) -> Any:
        self.asked.append(view)
        last = len(self.streams) == 1
        script = self.streams[0] if last else self.streams.pop(0)
        if isinstance(script, Exception):
            raise script
        return ScriptedStream(script, stays=last)


class ScriptedStream:
    def __init__(self, pieces: list[bytes], stays: bool) -> None:
        self._pieces, self._stays = pieces, stays
        self._closed = threading.Event()

    def chunks(self) -> Iterator[bytes]:
        yield from self._pieces
        if self._stays:
            self._closed.wait()

    def close(self) -> None:
        self._closed.set()


GOOD = vehicles([(1, 117.5, 39.0, 0.0)], at=2e9)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ([GOOD[:-3]], "half a frame"),
        ([GOOD[:-1] + b"\xff"], "checksum"),
        ([b"x" * 200], "no frame begins here"),
        ([GOOD[:4] + b"\x09" + GOOD[5:]], "version 9"),
        ([vehicles([], whole=False)], "not what was asked for"),
        ([links([])], "not what was asked for"),
    ],
)
def test_a_damaged_frame_is_dropped_with_a_line_in_the_log_and_asked_for_again(
    open_channel: OpenChannel,
    seen: Seen,
    bad: list[bytes],
    why: str,
    expect_log: Callable[[str], None],
) -> None:
    expect_log(f"a frame of vehicles was dropped: .*{why}")
    script = Script(bad, [GOOD])
    open_channel(script, "vehicles")
    assert seen.next().server_time == 2e9
    assert len(script.asked) == 2


def test_a_channel_that_sends_too_fast_shows_the_newest_and_keeps_nothing_else(
    open_channel: OpenChannel, seen: Seen
) -> None:
    done = threading.Event()

    def flood() -> Iterator[bytes]:
        for second in range(3000):
            yield vehicles([(1, 117.5, 39.0, 0.0)], at=second)
        done.set()

    open_channel(Script(flood()), "vehicles")  # type: ignore[arg-type]  # any iterable will do
    assert done.wait(PATIENCE_S)
    seen.turn()
    assert [head.server_time for head in seen.shown] == [2999]
    assert seen.calls.empty()


def test_the_states_of_another_network_are_refused_and_told_once(
    open_channel: OpenChannel,
    seen: Seen,
    expect_log: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expect_log("another road network")
    monkeypatch.setattr(channels, "REFUSED_S", 0.01)
    strange = [links([(0, 1, 1, 0)], network="theirs")]
    script = Script(strange, strange, [links([(0, 1, 1, 0)], network="ours", at=5)])
    open_channel(script, "links", network="ours")
    assert seen.next().server_time == 5
    assert (seen.told, len(script.asked)) == (["OTHER_NETWORK"], 3)


def test_a_server_without_such_data_is_left_in_peace(
    open_channel: OpenChannel, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float | None] = []
    script = Script(InvalidError("NO_FEED"), [GOOD])
    wait = threading.Event.wait

    def remember(event: threading.Event, timeout: float | None = None) -> bool:
        if timeout is not None:
            waited.append(timeout)
        return wait(event, min(timeout, 0.01) if timeout else None)

    monkeypatch.setattr(threading.Event, "wait", remember)
    open_channel(script, "vehicles")
    seen.next()
    assert channels.REFUSED_S in waited


def test_a_word_of_the_link_ends_the_waiting(
    open_channel: OpenChannel, seen: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "WAITS_S", (3600.0,))
    channel = open_channel(Script(OfflineError("UNREACHABLE"), [GOOD]), "vehicles")
    channel.wake()
    assert seen.next().server_time == 2e9


def test_another_view_is_another_request_at_once(open_channel: OpenChannel, seen: Seen) -> None:
    script = Script([GOOD])
    channel = open_channel(script, "vehicles")
    seen.next()
    channel.look_at(ELSEWHERE)
    seen.next()
    assert script.asked == [CITY, ELSEWHERE]


def test_nothing_is_shown_after_the_end(open_channel: OpenChannel, seen: Seen) -> None:
    channel = open_channel(Script([GOOD]), "vehicles")
    call = seen.calls.get(timeout=PATIENCE_S)
    channel.close()
    call()
    assert seen.shown == []


def test_a_fold_that_fails_is_told_and_the_channel_lives(
    open_channel: OpenChannel, seen: Seen, expect_log: Callable[[str], None]
) -> None:
    expect_log("the channel of vehicles failed")
    broken = [True]

    def fold(head: Head, _columns: Columns) -> Head:
        if broken.pop() if broken else False:
            raise ValueError("a defect")
        return head

    open_channel(Script([GOOD], [GOOD]), "vehicles", fold=fold)
    assert seen.next().server_time == 2e9


def test_a_server_that_stays_bad_is_asked_with_patience_and_fills_no_log(
    open_channel: OpenChannel,
    seen: Seen,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    expect_log("a frame of vehicles was dropped")
    waited: list[float] = []
    wait = threading.Event.wait

    def remember(event: threading.Event, timeout: float | None = None) -> bool:
        if timeout in (0.01, 0.05):
            waited.append(timeout)
        return wait(event, 0.001 if timeout in (0.01, 0.05) else timeout)

    monkeypatch.setattr(threading.Event, "wait", remember)
    bad = [[GOOD, b"x" * 200]] * 99
    script = Script(*bad, [vehicles([], at=5.0)])
    open_channel(script, "vehicles")
    while seen.next().server_time != 5.0:
        pass
    assert waited[:3] == [0.01, 0.05, 0.05], "one good frame is no sign that it goes well"
    told = [record for record in caplog.records if "was dropped" in record.getMessage()]
    assert len(told) == 7
    assert "64 so far" in told[-1].getMessage()
