"""`snapshot`: the first synchronisation of 100,000 cases, and one that is cut half-way.

The rate counts all entities from the sign-in to the moment at which the last one is in the
cache; the event loop is watched until the queue has fed them all. Then another seat begins
anew, its backend is killed half-way and comes back: the seat must ask on from the revision that
its cache holds. Baseline of the same run: the same pages fetched bare, and as many rows written
bare to SQLite.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
import requests

from app.cache.position import Position
from app.services import Services
from tests.bench.desk import (
    LONG_S,
    USER,
    Backend,
    Heartbeat,
    backend,
    folder,
    neighbour,
    print_stalls,
    queue_of,
    run_for,
    running_desk,
    wait_until,
)

CASES, OPEN = 100_000, 500
RATE, STALL_MS = 20_000, 50.0
PASSWORD = "tocc-demo"


class BareRow(msgspec.Struct):
    kind: str
    id: str
    rev: int
    entity: msgspec.Raw


class BarePage(msgspec.Struct):
    changes: list[BareRow]
    next: int
    more: bool


def run() -> dict[str, object]:
    with folder() as data:
        with backend(data / "backend", CASES, OPEN) as office:
            bare = _bare(office.url, data / "bare.sqlite3")
            whole = _whole(data / "desk", office.url)
        resumed, again = _cut(data)
    rate, worst = whole["entities"] / whole["cached_s"], whole["worst_ms"]
    met = rate >= RATE and worst <= STALL_MS and resumed
    return {
        "max_stall_ms": round(worst, 1),
        "beside_stall_ms": round(whole["beside_ms"], 1),
        "entities_per_s": round(rate),
        "bare_per_s": round(bare),
        "entities": whole["entities"],
        "cached_s": round(whole["cached_s"], 2),
        "shown_s": round(whole["shown_s"], 2),
        "resumed": resumed,
        "read_again": again,
        "met": met,
    }


def _whole(data: Path, url: str) -> dict[str, Any]:
    with neighbour() as beside, running_desk(data, url) as (window, services):
        wait_until(lambda: services.session.user is not None)
        assert services.engine is not None
        services.engine.watchdog.reset()
        beside.worst_ms()
        beat, began = Heartbeat(), perf_counter()
        beat.start()
        wait_until(lambda: _swept(services))
        cached_s = perf_counter() - began
        wait_until(lambda: len(services.store.all("incident")) >= CASES)
        wait_until(lambda: queue_of(window).feed.waiting == 0)
        shown_s = perf_counter() - began
        entities = sum(_cache(services).counts().values())
        print(f"{entities:,} entities in the cache after {cached_s:.2f} s, shown {shown_s:.2f} s")
        beside_ms = beside.worst_ms()
        print(f"event loop: worst {beat.worst_ms:.0f} ms, 99.9 % {beat.share_ms(0.999):.0f} ms")
        print(f"  empty window beside it: worst {beside_ms:.0f} ms")
        print_stalls(services)
        return {
            "entities": entities,
            "cached_s": cached_s,
            "shown_s": shown_s,
            "worst_ms": beat.worst_ms,
            "beside_ms": beside_ms,
        }


def _cut(data: Path) -> tuple[bool, int]:
    """Whether the seat went on where it stood, and how many rows it read again."""
    office = Backend(data / "backend", CASES, OPEN)
    try:
        with running_desk(data / "cut", office.url) as (_window, services):
            wait_until(lambda: _kept(services).rev > CASES // 2)
            office.kill()
            wait_until(lambda: services.link.now.state == "OFFLINE")
            run_for(1)  # what was on its way is written
            stood = _kept(services)
            asked: list[int] = []
            api: Any = services.engine.sync.api if services.engine else None
            page = api.page

            def noted(token: str, after: int, epoch: str, limit: int = 500) -> Any:
                asked.append(after)
                return page(token, after, epoch, limit)

            api.page = noted
            office = Backend(data / "backend", CASES, OPEN, port=office.port)
            wait_until(lambda: _swept(services))
            again = stood.rev - asked[0]
            print(f"cut at revision {stood.rev:,} of the cache; asked on from {asked[0]:,}")
            return again <= 0 and _cache(services).counts()["incident"] >= CASES, max(0, again)
    finally:
        office.close()


def _cache(services: Services) -> Any:
    assert services.engine is not None
    return services.engine.sync.cache


def _kept(services: Services) -> Position:
    """What stands in the cache's file."""
    cache = _cache(services)
    position: Position = Position() if cache is None else cache.position()
    return position


def _swept(services: Services) -> bool:
    """The first synchronisation has ended and its last row is on disk."""
    return _kept(services).swept > 0


def _bare(url: str, path: Path) -> float:
    """Rows a second, fetched page by page and written as they are."""
    with requests.Session() as session, closing(sqlite3.connect(path)) as database:
        login = {"username": USER, "password": PASSWORD, "seat": "bench"}
        headers = {"X-TOCC-Api": "1"}
        answer = session.post(f"{url}/v1/sessions", json=login, headers=headers, timeout=LONG_S)
        headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE entity (kind, id, rev, body, PRIMARY KEY (kind, id))")
        rows, after, more, began = 0, 0, True, perf_counter()
        epoch = answer.json()["epoch"]
        while more:
            params: dict[str, Any] = {"after": after, "epoch": epoch}
            found = session.get(f"{url}/v1/changes", params=params, headers=headers, timeout=LONG_S)
            page = msgspec.json.decode(found.content, type=BarePage)
            with database:
                database.executemany(
                    "INSERT INTO entity VALUES (?, ?, ?, ?)",
                    [(row.kind, row.id, row.rev, bytes(row.entity)) for row in page.changes],
                )
            rows += len(page.changes)
            after, more = page.next, page.more
        took = perf_counter() - began
    print(
        f"bare reader and plain table: {rows:,} rows in {took:.2f} s, {rows / took:,.0f} a second"
    )
    return rows / took
