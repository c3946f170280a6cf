from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cache.database import set_aside
from app.cache.entities import MIGRATIONS, Cache, Stored
from app.cache.errors import DamagedError, DiskError
from app.cache.first_read import SCHEMA, case_read, first_read
from app.cache.position import Position

NOTHING: tuple[tuple[str, str], ...] = ()


def stored(
    key: str, version: int = 1, kind: str = "incident", case: str | None = None, body: str = "{}"
) -> Stored:
    return Stored(
        kind=kind,
        id=key,
        version=version,
        rev=version,
        incident_id=case,
        is_open=True,
        body=body.encode(),
    )


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


def bodies(cache: Cache) -> dict[str, bytes]:
    with cache.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id, body FROM entity").all()
    return dict(map(tuple, rows))


def test_the_newer_version_stays_whatever_order_they_come_in(cache: Cache) -> None:
    cache.write([stored("a", 2, body="new")], NOTHING, 1)
    cache.write([stored("a", 1, body="old")], NOTHING, 1)
    assert bodies(cache) == {"a": b"new"}


def test_rows_and_position_are_kept_together_or_not_at_all(cache: Cache) -> None:
    cache.write([stored("a")], NOTHING, 1, Position(epoch="e", rev=5))
    with cache.engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    many = [stored(f"b{i}", body="x" * 1000) for i in range(500)]
    with pytest.raises(DiskError):
        cache.write(many, NOTHING, 1, Position(epoch="e", rev=505))
    assert bodies(cache).keys() == {"a"}
    assert cache.position() == Position(epoch="e", rev=5)


def test_a_synchronisation_from_0_forgets_only_what_it_did_not_see(cache: Cache) -> None:
    cache.write([stored("a"), stored("b")], NOTHING, 1, Position(epoch="e", rev=2, swept=1))
    second = Position(generation=2, swept=1)
    cache.restart(second)
    assert bodies(cache).keys() == {"a", "b"}
    cache.write([stored("b"), stored("c")], NOTHING, 2, second)

    gone = cache.sweep(Position(epoch="f", rev=9, generation=2, swept=2))

    assert gone == [("incident", "a")]
    assert bodies(cache).keys() == {"b", "c"}
    assert cache.position().swept == 2


def test_a_server_that_was_set_back_is_believed_in_a_new_generation(cache: Cache) -> None:
    cache.write([stored("a", 9, body="lost")], NOTHING, 1)
    assert cache.newer_than([stored("a", 3)]) == {("incident", "a")}
    cache.write([stored("a", 3, body="restored")], NOTHING, 2)
    assert bodies(cache) == {"a": b"restored"}


def test_the_first_read_brings_open_cases_with_their_timeline_and_others_as_rows(
    tmp_path: Path, cache: Cache
) -> None:
    ended = Stored(
        kind="incident", id="old", version=1, rev=1, incident_id=None, is_open=False, body=b"old"
    )
    rows = [
        stored("u", kind="user", body="user"),
        stored("open", body="open"),
        stored("n1", kind="entry", case="open", body="note"),
        ended,
        stored("n2", kind="entry", case="old", body="old note"),
        stored("cam", kind="camera", body="camera"),
        stored("n3", kind="entry", case="not read yet", body="ahead of its case"),
    ]
    cache.write(rows, NOTHING, 1)
    read = [body for batch in first_read(cache.path, SCHEMA) for _, body in batch]
    assert read == [b"user", b"open", b"note", b"camera", b"old", b"ahead of its case"]
    assert [body for _, body in case_read(cache.path, "old")] == [b"old", b"old note"]
    assert list(first_read(tmp_path / "none.sqlite3", SCHEMA)) == []
    assert len(MIGRATIONS) == SCHEMA


def test_a_file_that_is_no_database_is_set_aside_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    path.write_bytes(b"not a database, but quite long enough to look at" * 100)
    with pytest.raises(DamagedError):
        Cache(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.cache.database.log.error", lambda *args: None)
        kept = set_aside(path)
    assert kept.exists()
    Cache(path).close()


def test_a_file_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(DamagedError, match="newer"):
        Cache(path)
