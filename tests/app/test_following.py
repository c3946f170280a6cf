"""Reader, writer and cache over a backend: resuming, rights, damage, a full disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from app.api import codec
from backend.adapters.codec import decode
from backend.adapters.tables import entity
from backend.adapters.unit import Unit
from backend.bodies import UserPatch
from backend.context import Context
from backend.services.sessions import SignedIn
from backend.services.users import change_rights
from tests.app.conftest import ADMIN, WANG
from tests.app.test_night_without_network import fire, report
from tests.support.direct import DirectSeat, new_context


@pytest.fixture
def cases(chen: DirectSeat) -> list[str]:
    """Three cases on the server, made by 陈立."""
    made = [report(chen) for _ in range(3)]
    chen.push_all()
    return made


def known(seat: DirectSeat) -> set[str]:
    return set(seat.store.all("incident"))


def kept(seat: DirectSeat) -> int:
    return seat.writer.cache.counts().get("incident", 0)


def test_a_synchronisation_that_was_cut_goes_on_where_it_stopped(
    wang: DirectSeat, cases: list[str]
) -> None:
    wang.api.page_rows = 2
    wang.read(pages=2)
    reached = wang.writer.cache.position()
    assert reached.rev > 0

    wang.restart()
    wang.api.page_rows = 500
    asked: list[int] = []
    page = wang.api.page

    def noted(token: str, after: int, epoch: str) -> Any:
        asked.append(after)
        return page(token, after, epoch)

    wang.api.page = noted
    wang.read()

    assert asked[0] == reached.rev
    assert known(wang) == set(cases)


def test_a_kill_between_two_pages_loses_and_repeats_nothing_on_the_screen(
    wang: DirectSeat, cases: list[str]
) -> None:
    wang.read()
    before = dict(wang.store.all("incident"))
    wang.restart()
    assert dict(wang.store.all("incident")) == before


def test_rows_that_the_user_may_not_see_any_more_leave_screen_and_cache(
    backend: Context, wang: DirectSeat, cases: list[str]
) -> None:
    wang.read()
    assert known(wang) == set(cases)

    change_rights(backend, SignedIn(ADMIN, "s", "A-01"), WANG.id, UserPatch(areas=["G2"]))
    move_to_another_road(backend)
    wang.read()

    assert known(wang) == set()
    assert kept(wang) == 0
    assert wang.store.of_incident("entry", cases[0]) == []


def move_to_another_road(backend: Context) -> None:
    """A case whose road is not known lies inside for everybody: give them one outside."""
    with backend.database.read() as connection:
        query = select(entity.c.body).where(entity.c.kind == "incident")
        found = [decode("incident", body) for body in connection.scalars(query)]

    def move(unit: Unit) -> None:
        for case in found:
            unit.put(replace(case, place=replace(case.place, route_code="S11")))

    backend.change(move)


def test_a_server_restored_from_an_older_copy_is_believed(
    tmp_path: Path, backend: Context, wang: DirectSeat, chen: DirectSeat, cases: list[str]
) -> None:
    wang.read()
    copy = tmp_path / "older"
    copy.mkdir()
    with sqlite3.connect(tmp_path / "backend" / "backend.sqlite3") as connection:
        connection.execute("VACUUM INTO ?", (str(copy / "backend.sqlite3"),))
    connection.close()
    chen.read()
    fire(chen, "ACCEPT", cases[0])
    late = report(chen)
    chen.push_all()
    wang.read()
    assert late in known(wang)

    older = new_context(copy, (), backend.now)
    wang.api.context = older
    try:
        wang.read()
        assert known(wang) == set(cases)
        restored = wang.store.get("incident", cases[0])
        assert restored is not None
        assert (restored.version, restored.state) == (1, "NEW")
        assert kept(wang) == 3
    finally:
        wang.api.context = backend
        older.close()


def test_a_bad_row_is_dropped_and_the_rest_goes_on(
    wang: DirectSeat, cases: list[str], expect_log: Callable[[str], None]
) -> None:
    expect_log("dropped message from changes: row")
    page = wang.api.page

    def spoiled(token: str, after: int, epoch: str) -> codec.Page:
        good: codec.Page = page(token, after, epoch)
        bad = [msgspec.Raw(b'{"rev": 7, "op": "put", "kind": "incident", "id": 5}')]
        return msgspec.structs.replace(good, changes=[*bad, *good.changes])

    wang.api.page = spoiled
    wang.read()
    assert known(wang) == set(cases)


def test_fields_codes_and_kinds_of_a_newer_server_are_kept(
    wang: DirectSeat, backend: Context
) -> None:
    body = (
        b'{"id":"new","version":1,"state":"SUSPENDED","known_at":"2026-07-15T18:00:00Z",'
        b'"type":"UFO","drone_id":"D-7"}'
    )
    rows = [
        b'{"rev":1,"op":"put","kind":"incident","id":"new","entity":' + body + b"}",
        b'{"rev":2,"op":"put","kind":"drone","id":"D-7","entity":{"id":"D-7"}}',
    ]
    page = codec.Page(epoch="e", head=2, next=2, changes=[msgspec.Raw(r) for r in rows])
    wang.api.page = lambda token, after, epoch: page
    wang.read()

    case = wang.store.get("incident", "new")
    assert case is not None
    assert (case.state, case.type, case.is_open) == ("SUSPENDED", "UFO", True)
    assert wang.rules.label("incident_state", case.state) == "SUSPENDED(未知)"
    with wang.writer.cache.engine.connect() as connection:
        texts = connection.exec_driver_sql("SELECT body FROM entity").scalars().all()
    assert sorted(texts) == sorted([body, b'{"id":"D-7"}'])


def test_a_damaged_cache_is_rebuilt_from_the_server_and_the_outbox_is_left_alone(
    wang: DirectSeat, cases: list[str], expect_log: Callable[[str], None]
) -> None:
    expect_log("damaged database set aside")
    wang.read()
    waiting = fire(wang, "ACCEPT", cases[0])
    wang.close()
    (wang.folder / "cache.sqlite3").write_bytes(b"\x00garbage" * 5000)
    for side in ("cache.sqlite3-wal", "cache.sqlite3-shm"):
        (wang.folder / side).unlink(missing_ok=True)

    wang._start()
    wang.read()

    assert wang.troubles == ["CACHE_DAMAGED"]
    assert kept(wang) == 3
    assert [item.id for item in wang.outbox.pending()] == [waiting.id]
    assert list(wang.folder.glob("cache.damaged-*"))


def test_damage_found_while_writing_begins_a_new_file_and_reads_again(
    wang: DirectSeat, cases: list[str], expect_log: Callable[[str], None]
) -> None:
    expect_log("the cache cannot be written")
    expect_log("damaged database set aside")
    wang.read(pages=1)
    wang.writer.cache.engine.dispose()
    path = wang.writer.cache.path
    content = bytearray(path.read_bytes())
    content[:2048] = b"\xff" * 2048
    path.write_bytes(content)
    for side in ("-wal", "-shm"):
        Path(f"{path}{side}").unlink(missing_ok=True)

    wang.read()
    wang.read()

    assert wang.troubles == ["CACHE_DAMAGED"]
    assert kept(wang) == 3


def test_with_a_full_disk_the_screen_goes_on_and_the_cache_catches_up_later(
    wang: DirectSeat,
    chen: DirectSeat,
    cases: list[str],
    expect_log: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expect_log("the cache cannot be written")
    wang.read()
    limit = _pages(wang)
    _limit(wang, limit)
    new = [report(chen) for _ in range(40)]
    chen.push_all()
    reached = wang.writer.cache.position()

    wang.read()

    assert wang.troubles == ["DISK_FULL"]
    assert known(wang) == {*cases, *new}
    assert wang.writer.cache.position() == reached

    _limit(wang, 2**30)
    monkeypatch.setattr("app.sync.writer.RETRY_S", 0.0)
    wang.writer._idle()
    wang.read()

    assert wang.troubles == ["DISK_FULL", "DISK_OK"]
    assert kept(wang) == 43
    assert wang.writer.cache.position().rev > reached.rev


def _pages(seat: DirectSeat) -> int:
    with seat.writer.cache.engine.connect() as connection:
        count: int = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    return count


def _limit(seat: DirectSeat, pages: int) -> None:
    with seat.writer.cache.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
