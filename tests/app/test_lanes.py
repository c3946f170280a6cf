"""Words and photos go side by side; a silent line keeps nobody waiting beyond its time."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.api.codec import Accepted
from app.api.errors import OfflineError
from app.cache.outbox import Outbox
from app.clock import Clock
from app.domain.command import Command
from app.domain.outbox import OutboxState
from app.sync.pusher import Pusher
from app.sync.sender import News, Sender
from tests.support.direct import DirectTokens

SOON_S = 5.0


@dataclass
class SlowApi:
    """A server that takes every act. `held`: what is not answered before its event is set."""

    held: dict[str, threading.Event] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)

    def send(self, token: str, command: Command) -> Accepted:
        self._hold(command.key)
        self.sent.append(command.key)
        return Accepted(key=command.key, rev=len(self.sent))

    def put_file(
        self, token: str, sha256: str, path: Path, media_type: str, stopped: Callable[[], bool]
    ) -> None:
        self.begun.set()
        event = self.held.get("file")
        while event is not None and not event.wait(0.01):
            if stopped():
                raise OfflineError("UNREACHABLE")
        self.files.append(sha256)

    def _hold(self, key: str) -> None:
        if key in self.held:
            self.begun.set()
            self.held[key].wait()


class Desk:
    """The outbox with its pusher; `kill` leaves the disk as it is and everything else behind."""

    def __init__(self, folder: Path, api: SlowApi) -> None:
        self.folder, self.api, self.clock = folder, api, Clock()
        self.changed = threading.Condition()
        self._open()

    def _open(self) -> None:
        self.outbox = Outbox(self.folder / "outbox.sqlite3", self.clock.now())
        api: Any = self.api
        tokens: Any = DirectTokens()
        sender = Sender(api, tokens, self.outbox, self.clock, self.folder.joinpath, self._hear)
        self.pusher = Pusher(sender, self.outbox, self.clock)

    def _hear(self, news: News) -> None:
        with self.changed:
            self.changed.notify_all()

    def add(self, key: str, event: str = "ADD_NOTE", entity: str = "", **more: Any) -> str:
        kind = "incident" if entity else "entry"
        command = Command(
            key=key, kind=kind, entity_id=entity or key, event=event,
            fields=more.pop("fields", {}), base_version=0, issued_at=self.clock.now(),
            author_id="u1", seat="A-03", **more,
        )  # fmt: skip
        self.outbox.add(command, None, self.clock.now())
        self.pusher.wake()
        return key

    def photo(self, key: str, **more: Any) -> str:
        content = key.encode() * 1000
        sha256 = hashlib.sha256(content).hexdigest()
        (self.folder / sha256).write_bytes(content)
        fields = {"attachment": {"sha256": sha256, "media_type": "image/jpeg"}}
        return self.add(key, "ADD_ATTACHMENT", fields=fields, **more)

    def state(self, key: str) -> str:
        item = self.outbox.get(key)
        return item.state if item else ""

    def until(self, key: str, state: OutboxState) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.state(key) == state, SOON_S), self.state(key)

    def kill_and_start(self) -> None:
        """What was on its way never comes back to this desk."""
        self.outbox.close()
        self._open()
        self.pusher.start()


@pytest.fixture
def api() -> SlowApi:
    return SlowApi()


@pytest.fixture
def desk(tmp_path: Path, api: SlowApi) -> Iterator[Desk]:
    made = Desk(tmp_path, api)
    made.pusher.start()
    yield made
    for event in api.held.values():
        event.set()
    made.pusher.close()
    made.outbox.close()


def test_words_go_on_while_a_photo_is_on_its_way(desk: Desk, api: SlowApi) -> None:
    api.held["file"] = threading.Event()
    photo = desk.photo("photo")
    desk.until(photo, OutboxState.SENDING)
    for key in ("one", "two", "three"):
        desk.until(desk.add(key), OutboxState.ACKED)
    assert desk.state(photo) == OutboxState.SENDING
    api.held["file"].set()
    desk.until(photo, OutboxState.ACKED)
    assert api.sent == ["one", "two", "three", "photo"]


def test_acts_of_one_case_keep_their_order_while_photos_of_it_are_on_their_way(
    desk: Desk, api: SlowApi
) -> None:
    api.held["report"] = api.held["file"] = threading.Event()
    desk.add("report", "REPORT", "case-1")
    desk.until("report", OutboxState.SENDING)
    desk.photo("photo", depends_on="report")
    acts = [desk.add(key, event, "case-1") for key, event in (("a", "ACCEPT"), ("b", "AMEND"))]
    assert not api.files
    api.held["report"].set()
    for key in (*acts, "photo"):
        desk.until(key, OutboxState.ACKED)
    assert [key for key in api.sent if key != "photo"] == ["report", "a", "b"]
    assert api.sent.index("report") < api.sent.index("photo")


def test_a_photo_is_no_reason_to_wait_with_the_end_of_the_day(desk: Desk, api: SlowApi) -> None:
    api.held["file"] = threading.Event()
    photo = desk.photo("photo")
    assert api.begun.wait(SOON_S)
    desk.pusher.close()
    assert desk.state(photo) == OutboxState.RETRY_WAIT
    assert not api.files


def test_a_desk_killed_in_the_middle_of_a_photo_sends_it_again_and_the_words_not(
    desk: Desk, api: SlowApi
) -> None:
    api.held["file"] = threading.Event()
    photo, note = desk.photo("photo"), desk.add("note")
    desk.until(photo, OutboxState.SENDING)
    desk.until(note, OutboxState.ACKED)
    dead = desk.pusher
    desk.kill_and_start()
    api.held.pop("file")
    desk.until(photo, OutboxState.ACKED)
    assert api.sent == ["note", "photo"]
    dead.close()


def test_an_act_on_a_silent_line_expires_in_its_time_and_the_next_one_waits_for_the_line(
    desk: Desk, api: SlowApi
) -> None:
    api.held["sign"] = threading.Event()
    lasts = timedelta(seconds=0.3)
    desk.add("sign", "AMEND", "case-1", expires_at=desk.clock.now() + lasts)
    desk.until("sign", OutboxState.SENDING)
    behind = desk.add("next", "AMEND", "case-1")
    desk.until("sign", OutboxState.EXPIRED)
    assert not api.held["sign"].is_set()
    assert desk.state(behind) == OutboxState.QUEUED
    api.held["sign"].set()
    desk.until(behind, OutboxState.ACKED)


def test_the_answer_that_comes_after_all_is_the_truth(desk: Desk, api: SlowApi) -> None:
    api.held["sign"] = threading.Event()
    desk.add("sign", "AMEND", "case-1", expires_at=desk.clock.now() + timedelta(seconds=0.3))
    desk.until("sign", OutboxState.EXPIRED)
    api.held["sign"].set()
    desk.until("sign", OutboxState.ACKED)


def test_an_outcome_that_the_disk_refused_is_asked_for_again(
    desk: Desk, api: SlowApi, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("sending failed; it goes on in a moment")
    monkeypatch.setattr("app.sync.lane.TROUBLE_S", 0.05)
    accept, asked = desk.outbox.accept, list[str]()

    def refuse_once(key: str, versions: Any) -> Any:
        asked.append(key)
        if len(asked) == 1:
            raise OSError("no room")
        return accept(key, versions)

    monkeypatch.setattr(desk.outbox, "accept", refuse_once)
    desk.until(desk.add("note"), OutboxState.ACKED)
    assert api.sent == ["note", "note"]
