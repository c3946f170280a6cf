"""Order of revisions is order of visibility, whatever order transactions work and commit in."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from app.domain.people import Org
from backend.adapters.unit import Unit
from backend.context import Context
from backend.services.changes import Reader
from tests.backend.conftest import DISPATCHER, Desk, Race

WAIT_S = 20


def org(name: str) -> Org:
    return Org(id=name, name=name)


class Follower:
    """A reader that remembers where it is, as a seat does."""

    def __init__(self, context: Context) -> None:
        self.reader = Reader(context, DISPATCHER.id, None)
        self.after = 0
        self.seen: list[tuple[int, str]] = []

    def read(self) -> None:
        import msgspec

        page = self.reader.page(self.after)
        body = msgspec.json.decode(page.body)
        self.reader = Reader(self.reader.context, DISPATCHER.id, body["epoch"])
        self.after = page.next
        self.seen += [(row["rev"], row["id"]) for row in body["changes"] if row["kind"] == "org"]


def slow(context: Context, name: str, before: threading.Event, then: threading.Event) -> Any:
    """A transaction that has worked, says so, and waits before it takes its revision."""

    def work(unit: Unit) -> int:
        unit.get("user", DISPATCHER.id)
        unit.put(org(name))
        before.set()
        assert then.wait(WAIT_S)
        return unit.flush()

    return lambda: context.change(work)


def test_the_transaction_that_began_first_and_ended_last_is_read_last(
    context: Context, race: Race
) -> None:
    if context.database.is_sqlite:
        pytest.skip("SQLite has one writer: no second transaction can pass the first")
    follower, worked, go_on = Follower(context), threading.Event(), threading.Event()

    def overtake() -> int:
        assert worked.wait(WAIT_S)
        rev = context.change(lambda unit: (unit.put(org("fast")), unit.flush())[1])
        follower.read()
        go_on.set()
        return rev

    first, second = race.run(slow(context, "slow", worked, go_on), overtake)
    assert second < first
    follower.read()
    assert follower.seen == [(second, "fast"), (first, "slow")]


def test_nobody_passes_a_transaction_that_has_its_revision_but_not_committed(
    context: Context, race: Race
) -> None:
    follower, has_revision, go_on = Follower(context), threading.Event(), threading.Event()
    follower.read()
    started = follower.after

    def hold() -> int:
        def work(unit: Unit) -> int:
            unit.put(org("first"))
            rev = unit.flush()
            has_revision.set()
            assert go_on.wait(WAIT_S)
            return rev

        return context.change(work)

    def follow() -> int:
        assert has_revision.wait(WAIT_S)
        done = threading.Event()
        second: list[int] = []

        def commit() -> None:
            second.append(context.change(lambda unit: (unit.put(org("second")), unit.flush())[1]))
            done.set()

        thread = threading.Thread(target=commit)
        thread.start()
        assert not done.wait(0.3)
        follower.read()
        assert follower.after == started
        go_on.set()
        thread.join(WAIT_S)
        return second[0]

    first, second = race.run(hold, follow)
    follower.read()
    assert follower.seen == [(first, "first"), (second, "second")]
    assert second == first + 1


def test_a_reader_beside_many_writers_misses_nothing(context: Context, race: Race) -> None:
    follower, writers, each = Follower(context), 6, 15
    ended = threading.Semaphore(0)

    def writer(number: int) -> Callable[[], None]:
        def write() -> None:
            for count in range(each):
                context.change(lambda unit: unit.put(org(f"{number}-{count}")))  # noqa: B023 - runs at once
            ended.release()

        return write

    def read_all() -> None:
        left = writers
        while left:
            left -= ended.acquire(blocking=False)
            follower.read()
        follower.read()

    results = race.run(*[writer(number) for number in range(writers)], read_all)
    assert [result for result in results if result is not None] == []
    revisions = [rev for rev, _ in follower.seen]
    assert revisions == list(range(revisions[0], revisions[0] + writers * each))
    assert len({name for _, name in follower.seen}) == writers * each


def test_a_rolled_back_transaction_leaves_no_gap(context: Context) -> None:
    def fail(unit: Unit) -> None:
        unit.put(org("never"))
        unit.flush()
        raise RuntimeError("cut")

    first = context.change(lambda unit: (unit.put(org("a")), unit.flush())[1])
    with pytest.raises(RuntimeError, match="cut"):
        context.change(fail)
    assert context.change(lambda unit: (unit.put(org("b")), unit.flush())[1]) == first + 1


def test_deciding_transactions_on_different_cases_do_not_wait_for_each_other(
    context: Context, desk: Desk, race: Race
) -> None:
    if context.database.is_sqlite:
        pytest.skip("SQLite has one writer")
    one, other = desk.report(), desk.report()
    both = threading.Barrier(2, timeout=WAIT_S)

    def decide(incident_id: str) -> Callable[[], bool]:
        def work(unit: Unit) -> bool:
            unit.lock_cases([incident_id])
            both.wait()  # each holds its own case while the other does
            unit.put(unit.get("incident", incident_id))
            return True

        return lambda: context.change(work)

    assert race.run(decide(one), decide(other)) == [True, True]
