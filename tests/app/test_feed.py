from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.clock import Clock
from app.domain.changes import DROP, PUT, Change
from app.domain.people import User
from app.domain.rules import load_rules
from app.feed import Feed
from app.store import Store
from app.tasks import TaskRunner


@pytest.fixture
def store(qtbot: QtBot) -> Store:
    return Store(load_rules(), Clock())


@pytest.fixture
def feed(store: Store) -> Iterator[Feed]:
    tasks = TaskRunner()
    yield Feed(store, tasks)
    tasks.shutdown()


def users(*numbers: int) -> list[Change]:
    return [
        Change(rev=n, op=PUT, kind="user", id=f"u{n}", entity=User(id=f"u{n}", version=1))
        for n in numbers
    ]


def test_a_large_load_comes_in_slices_and_whole(feed: Feed, store: Store, qtbot: QtBot) -> None:
    sizes: list[int] = []
    store.changed.connect(lambda changes: sizes.append(len(changes.of("user").touched)))
    feed.put(users(*range(3000)))
    qtbot.waitUntil(lambda: len(store.all("user")) == 3000)
    assert len(sizes) > 1
    assert sum(sizes) == 3000


def test_what_comes_after_a_call_is_not_in_the_store_when_it_is_called(
    feed: Feed, store: Store, qtbot: QtBot
) -> None:
    seen: list[list[str]] = []
    feed.put(users(1), then=lambda: seen.append(sorted(store.all("user"))))
    feed.put([Change(rev=2, op=DROP, kind="user", id="u1")])
    feed.put(users(2), then=lambda: seen.append(sorted(store.all("user"))))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [["u1"], ["u2"]]


def test_facts_of_the_last_user_are_dropped_and_calls_are_not(
    feed: Feed, store: Store, qtbot: QtBot
) -> None:
    called: list[bool] = []
    feed.put(users(*range(100)))
    feed.put(users(200), then=lambda: called.append(True))
    feed.drop_changes()
    assert feed.age_s() >= 0
    qtbot.waitUntil(lambda: bool(called))
    assert len(store.all("user")) == 0
    assert feed.age_s() == 0
