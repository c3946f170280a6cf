"""An act fired before the seat has heard that its last act on the same case was accepted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cache.outbox import Outbox
from app.domain.command import Command

NOW = datetime(2026, 7, 14, 22, 12, tzinfo=UTC)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Outbox]:
    made = Outbox(tmp_path / "outbox.sqlite3", NOW)
    yield made
    made.close()


def command(key: str, base: int, entity_id: str = "c1") -> Command:
    return Command(
        key=key, kind="incident", entity_id=entity_id, event="ACCEPT", fields={},
        base_version=base, issued_at=NOW, author_id="u1", seat="A-03",
    )  # fmt: skip


def accepted(box: Outbox, key: str, version: int) -> None:
    box.move(key, "SEND", attempts=1)
    box.accept(key, {("incident", "c1"): version})


def test_it_stands_on_the_outcomes_of_the_acts_before_it(box: Outbox) -> None:
    for key, base in (("first", 1), ("second", 2)):
        box.add(command(key, base), None, NOW)
        accepted(box, key, base + 1)
    assert box.add(command("third", 1), None, NOW).command.base_version == 3


def test_it_stands_on_them_also_after_a_kill_that_the_cache_did_not_survive(
    box: Outbox, tmp_path: Path
) -> None:
    box.add(command("first", 1), None, NOW)
    accepted(box, "first", 2)
    box.close()
    again = Outbox(tmp_path / "outbox.sqlite3", NOW)
    assert again.add(command("second", 1), None, NOW).command.base_version == 2
    again.close()


def test_what_others_changed_meanwhile_stays_a_conflict(box: Outbox) -> None:
    box.add(command("first", 1), None, NOW)
    accepted(box, "first", 2)
    # version 3 is somebody else's
    box.add(command("second", 3), None, NOW)
    accepted(box, "second", 4)
    assert box.add(command("third", 1), None, NOW).command.base_version == 2
    assert box.add(command("other", 1, "c2"), None, NOW).command.base_version == 1
