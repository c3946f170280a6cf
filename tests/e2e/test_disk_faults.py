"""No room on the disk, damaged files: said, nothing corrupt, the outbox in its own file whole."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, event

from app.cache.entities import Cache
from app.link import LinkState
from app.paths import SeatFolder
from app.services import Services
from app.sync import writer
from tests.e2e.conftest import shut
from tests.e2e.hands import (
    LONG,
    OpenSeat,
    ServerAt,
    StartBackend,
    enter,
    outbox,
    states,
    wait_known,
    wait_link,
    wait_sent,
    waiting,
    wish,
)
from tests.support.backend_process import PASSWORD, BackendProcess
from tests.support.handbook import COLLEAGUE, DISPATCHER, case, fixture
from tests.support.line import Line

FULL = "磁盘已满,请腾出空间"
READ_ONLY = "磁盘或数据文件夹是只读的,请运维人员改为可写"
NO_ACCESS = "没有写数据文件夹的权限,请运维人员检查文件夹权限"
BROKEN = "磁盘读写出错,请运维人员检查磁盘和配额"

type Room = Callable[[Services], Any]


@pytest.fixture
def backend(start_backend: StartBackend, line: Line) -> BackendProcess:
    cases = [case(number, datetime.now(UTC)) for number in range(1, 101)]
    made = start_backend([*fixture(), *cases])
    line.lead_to(made.url)
    return made


@pytest.fixture
def seat(qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat) -> Services:
    """The dispatcher has signed in and all cases are cached."""
    return begin(qtbot, line, open_seat)


def begin(qtbot: QtBot, line: Line, open_seat: OpenSeat) -> Services:
    services = open_seat(line.url)
    assert enter(qtbot, services, DISPATCHER) is None
    wait_known(qtbot, services, "incident", "case-100")
    wait_link(qtbot, services, LinkState.LIVE)
    qtbot.waitUntil(lambda: cached(services) >= 100)
    return services


def cache_of(services: Services) -> Cache:
    assert services.engine is not None
    cache = services.engine.sync.cache
    assert cache is not None, "nobody is signed in"
    return cache


def cached(services: Services) -> int:
    """How many cases are on the disk."""
    with cache_of(services).engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM entity WHERE kind = 'incident'")
        return int(count.scalar_one())


def words(services: Services) -> list[str]:
    """The texts of the message bar, from now on."""
    texts: list[str] = []
    services.messages.posted.connect(lambda message: texts.append(message.text))
    return texts


@contextmanager
def full_database(engine: Engine) -> Iterator[None]:
    """The file may not grow by one page more."""

    def limit(connection: sqlite3.Connection, *_: Any) -> None:
        connection.execute("PRAGMA max_page_count=1")  # at least what it has now

    event.listen(engine, "checkout", limit)
    try:
        yield
    finally:
        event.remove(engine, "checkout", limit)
        event.listen(engine, "checkout", _unlimited)


def _unlimited(connection: sqlite3.Connection, *_: Any) -> None:
    connection.execute("PRAGMA max_page_count=1000000")


@contextmanager
def used_up_quota(engine: Engine) -> Iterator[None]:
    """No file of this process may grow beyond the size that the write-ahead log has now."""
    log = Path(f"{engine.url.database}-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def read_only(engine: Engine) -> Iterator[None]:
    """The file takes nothing, as on a disk that the system has made read-only."""

    def refuse(connection: sqlite3.Connection, *_: Any) -> None:
        connection.execute("PRAGMA query_only=1")

    event.listen(engine, "checkout", refuse)
    try:
        yield
    finally:
        event.remove(engine, "checkout", refuse)
        event.listen(engine, "checkout", _writable)


def _writable(connection: sqlite3.Connection, *_: Any) -> None:
    connection.execute("PRAGMA query_only=0")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("no_room", "why"), [(full_database, FULL), (used_up_quota, BROKEN), (read_only, READ_ONLY)]
)
def test_without_room_for_the_cache_the_picture_goes_on_and_is_kept_later(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[[str], None],
    no_room: Any,
    why: str,
    seat: Services,
    backend: BackendProcess,
    server_at: ServerAt,
    line: Line,
    open_seat: OpenSeat,
) -> None:
    monkeypatch.setattr(writer, "RETRY_S", 0.1)
    expect_log("the cache cannot be written")
    texts, server = words(seat), server_at(backend.url)
    with no_room(cache_of(seat).engine):
        for number in range(1, 21):
            facts = {"owner_id": COLLEAGUE.id, "reason": "长" * 190}
            server.act(DISPATCHER, "ASSIGN", f"case-{number}", **facts)
        qtbot.waitUntil(lambda: wish(seat, "case-20").owner_id == COLLEAGUE.id)
        qtbot.waitUntil(lambda: f"新数据只显示、不保存:{why}" in texts)
    qtbot.waitUntil(lambda: "磁盘又能写入,数据恢复保存" in texts, timeout=LONG)
    assert seat.link.now.state == LinkState.LIVE
    shut(seat)
    line.pull()
    again = open_seat(line.url)
    assert enter(qtbot, again, DISPATCHER) is None
    wait_link(qtbot, again, LinkState.OFFLINE)
    wait_known(qtbot, again, "incident", "case-20")
    owners = {
        case.owner_id for key, case in again.store.all("incident").items() if int(key[5:]) <= 20
    }
    assert owners == {COLLEAGUE.id}
    with cache_of(again).engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("no_room", "why"), [(full_database, FULL), (used_up_quota, BROKEN), (read_only, READ_ONLY)]
)
def test_an_act_without_room_on_the_disk_is_said_to_be_not_taken(
    qtbot: QtBot, expect_log: Callable[[str], None], no_room: Any, why: str, seat: Services
) -> None:
    # a quota is the whole process's: the cache meets it too if it has something to write just then
    expect_log("an act could not be kept|the cache cannot be written")
    texts = words(seat)
    assert seat.engine is not None
    box: Any = seat.engine.sync._outbox
    fields = {"incident_id": "case-1", "text": "长" * 9_000}
    taken: list[str] = []
    with no_room(box._engine):
        seat.commands.fire(
            "entry", str(uuid4()), "ADD_NOTE", fields, done=lambda item: taken.append(item.id)
        )
        qtbot.waitUntil(lambda: f"操作没有保存,排除后请重试:{why}" in texts)
    assert not taken
    assert not outbox(seat)
    seat.commands.fire("entry", str(uuid4()), "ADD_NOTE", fields)
    qtbot.waitUntil(lambda: list(states(seat).values()) == ["ACKED"], timeout=LONG)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["header", "middle"])
def test_a_damaged_cache_is_set_aside_and_rebuilt_while_the_outbox_stays(
    qtbot: QtBot,
    expect_log: Callable[[str], None],
    place: str,
    seat: Services,
    backend: BackendProcess,
    server_at: ServerAt,
    line: Line,
    open_seat: OpenSeat,
) -> None:
    expect_log("damaged database set aside: cache.damaged-")
    line.pull()
    wait_link(qtbot, seat, LinkState.OFFLINE)
    seat.commands.fire(
        "entry", str(uuid4()), "ADD_NOTE", {"incident_id": "case-1", "text": "断网时"}
    )
    qtbot.waitUntil(lambda: waiting(seat) == 1)
    kept, file = list(outbox(seat)), cache_of(seat).path
    shut(seat)
    damage(file, place)
    expect_log("the cache cannot be (read|written)")
    again = open_seat(line.url)
    texts = words(again)
    qtbot.waitUntil(lambda: list(outbox(again)) == kept)
    line.plug()
    assert enter(qtbot, again, DISPATCHER) is None
    qtbot.waitUntil(lambda: "本机缓存损坏,已另存,正从服务器重新同步" in texts, timeout=LONG)
    wait_known(qtbot, again, "incident", "case-100")
    qtbot.waitUntil(lambda: cached(again) == 100, timeout=LONG)
    wait_sent(qtbot, again)
    assert states(again) == {kept[0]: "ACKED"}
    assert len(server_at(backend.url).of_case("entry", "case-1")) == 1
    assert len(list(file.parent.glob("cache.damaged-*.sqlite3"))) == 1


def damage(file: Path, place: str) -> None:
    """Write nonsense over the beginning, or over all pages but the first."""
    content = bytearray(file.read_bytes())
    first = 0 if place == "header" else 4096
    content[first : first + 100 if place == "header" else None] = b"\xa5" * (
        100 if place == "header" else len(content) - first
    )
    file.write_bytes(content)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("blocked", "sentence"),
    [
        ("tokens.json.new", f"本机不能登录:{BROKEN}"),
        ("users/id-wang/cache.sqlite3", f"本机不能登录:{NO_ACCESS}"),
    ],
)
def test_a_seat_that_cannot_keep_anything_stays_signed_out_and_says_why(
    qtbot: QtBot,
    expect_log: Callable[[str], None],
    blocked: str,
    sentence: str,
    backend: BackendProcess,
    line: Line,
    open_seat: OpenSeat,
) -> None:
    expect_log("signing in or out failed")
    if blocked.endswith("sqlite3"):
        expect_log("the cache cannot be read")
    services = open_seat(line.url)
    folder = SeatFolder.of(services.settings.data_dir, line.url).root / blocked
    folder.mkdir(parents=True)  # a folder where a file should go: nobody can write it
    answers: list[str | None] = []
    services.session.sign_in(DISPATCHER.username, PASSWORD, answers.append)
    qtbot.waitUntil(lambda: sentence in answers, timeout=LONG)
    assert services.session.user is None
    folder.rmdir()
    begin_again = enter(qtbot, services, DISPATCHER)
    assert begin_again is None
    wait_known(qtbot, services, "incident", "case-100")
