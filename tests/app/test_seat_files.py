"""Attachments leave the seat only when they are old and nobody speaks of them."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.cache.entities import Cache, Stored
from app.cache.outbox import Outbox
from app.cache.seat_files import tidy
from app.domain.command import Command
from app.files import Files, take
from app.paths import SeatFolder
from app.tasks import TaskRunner

KEPT = timedelta(days=35)


@pytest.fixture
def seat(tmp_path: Path) -> SeatFolder:
    (tmp_path / "files").mkdir()
    return SeatFolder(tmp_path)


def file(seat: SeatFolder, words: str, days: float = 36) -> str:
    """An attachment that came so many days ago."""
    source = seat.root / f"{words}.jpg"
    source.write_text(words)
    sha256 = take(seat.blobs, source).sha256
    age(seat.blobs / sha256, days)
    return sha256


def age(path: Path, days: float) -> None:
    then = time.time() - timedelta(days=days).total_seconds()
    os.utime(path, (then, then))


def waits(seat: SeatFolder, sha256: str) -> None:
    command = Command(
        key=sha256[:8], kind="entry", entity_id=sha256[:8], event="ADD_ATTACHMENT",
        fields={"incident_id": "c", "attachment": {"sha256": sha256, "name": "x"}},
        base_version=0, issued_at=datetime.now(UTC), author_id="u1", seat="A-03",
    )  # fmt: skip
    outbox = Outbox(seat.outbox, datetime.now(UTC))
    outbox.add(command, None, datetime.now(UTC))
    outbox.close()


def cached(seat: SeatFolder, user: str, sha256: str) -> None:
    body = f'{{"id":"e","attachment": {{"sha256": "{sha256}"}}}}'.encode()
    cache = Cache(seat.cache(user))
    cache.write([Stored("entry", "e", 1, 1, "c", False, body)], (), 1)
    cache.close()


def test_what_is_old_and_needed_by_nobody_goes(seat: SeatFolder) -> None:
    old, young = file(seat, "old"), file(seat, "young", days=34)
    half = seat.blobs / "half.part"
    half.write_text("left by a crash")
    age(half, 36)
    assert sorted(tidy(seat, KEPT)) == sorted([old, "half.part"])
    assert [path.name for path in seat.blobs.iterdir()] == [young]


def test_what_waits_in_the_outbox_or_stands_in_anybody_s_cache_stays(seat: SeatFolder) -> None:
    waiting, mine, theirs = file(seat, "a"), file(seat, "b"), file(seat, "c")
    waits(seat, waiting)
    cached(seat, "u1", mine)
    cached(seat, "u2", theirs)
    gone = file(seat, "d")
    assert tidy(seat, KEPT) == [gone]
    assert {path.name for path in seat.blobs.iterdir()} == {waiting, mine, theirs}


def test_a_file_that_is_attached_anew_is_young_again(seat: SeatFolder) -> None:
    sha256 = file(seat, "again")
    assert take(seat.blobs, seat.root / "again.jpg").sha256 == sha256
    assert tidy(seat, KEPT) == []


@pytest.mark.parametrize("damaged", ["users/u1/cache.sqlite3", "outbox.sqlite3"])
def test_nothing_goes_when_nobody_knows_what_is_needed(
    seat: SeatFolder, damaged: str, expect_log: Callable[[str], None]
) -> None:
    expect_log("nobody knows which attachments are needed")
    sha256 = file(seat, "x")
    (seat.root / damaged).parent.mkdir(parents=True, exist_ok=True)
    (seat.root / damaged).write_bytes(b"no database " * 100)
    assert tidy(seat, KEPT) == []
    assert (seat.blobs / sha256).exists()


def test_nothing_goes_while_a_damaged_outbox_waits_for_rescue(seat: SeatFolder) -> None:
    file(seat, "x")
    (seat.root / "outbox.damaged-20260715T010203.sqlite3").write_bytes(b"")
    assert tidy(seat, KEPT) == []


def test_the_seat_is_tidied_some_time_after_the_start(
    seat: SeatFolder, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.files.FIRST_TIDY_MS", 1)
    sha256, tasks = file(seat, "x"), TaskRunner()
    files = Files(seat, tasks, None)  # type: ignore[arg-type]  # nothing is fetched here
    files.start(KEPT)
    qtbot.waitUntil(lambda: not (seat.blobs / sha256).exists())
    files.shutdown()
    tasks.shutdown()
    assert hashlib.sha256(b"x").hexdigest() == sha256
