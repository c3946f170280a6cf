from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.cache.errors import DiskError
from app.cache.outbox import KEPT_FOR, Outbox
from app.domain.command import Command
from app.domain.incident import Incident
from app.domain.outbox import OutboxState

NOW = datetime(2026, 7, 15, 18, 10, tzinfo=UTC)
CASE = Incident(id="case", version=4, known_at=NOW)


def command(key: str, entity: str = "case", base: int = 4, needs: str | None = None) -> Command:
    return Command(
        key=key,
        kind="incident",
        entity_id=entity,
        event="AMEND",
        fields={"facts": {"text": "😀 <b>'; --"}},
        base_version=base,
        issued_at=NOW,
        author_id="u1",
        seat="A-03",
        depends_on=needs,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite3"


def test_items_come_back_as_they_were_and_in_order(path: Path) -> None:
    box = Outbox(path, NOW)
    made = [box.add(command(key), CASE, NOW) for key in ("z", "a", "m")]
    box.close()
    again = Outbox(path, NOW)
    assert again.items() == made
    again.close()


def test_what_was_being_sent_at_a_crash_is_sent_again_under_its_key(path: Path) -> None:
    box = Outbox(path, NOW)
    box.add(command("a"), CASE, NOW)
    box.move("a", "SEND", attempts=1)
    box.close()
    again = Outbox(path, NOW)
    [item] = again.items()
    assert (item.state, item.id, item.attempts) == (OutboxState.RETRY_WAIT, "a", 1)
    again.close()


def test_a_move_that_does_not_fit_the_state_changes_nothing(path: Path) -> None:
    box = Outbox(path, NOW)
    item = box.add(command("a"), CASE, NOW)
    assert box.move("a", "ACCEPTED") is None
    assert box.move("nobody", "CANCEL") is None
    assert box.items() == [item]
    box.close()


def test_an_accepted_command_takes_those_that_wait_behind_it_along(path: Path) -> None:
    box = Outbox(path, NOW)
    for key, base in (("a", 4), ("b", 4), ("elsewhere", 3)):
        box.add(command(key, base=base), CASE, NOW)
    box.move("a", "SEND", attempts=1)
    box.accept("a", {("incident", "case"): 5})
    assert [item.command.base_version for item in box.items()] == [4, 5, 3]
    box.close()


def test_a_merged_command_takes_the_turn_and_the_heirs_of_the_one_that_clashed(path: Path) -> None:
    box = Outbox(path, NOW)
    box.add(command("a"), CASE, NOW)
    box.add(command("b", entity="other", needs="a"), None, NOW)
    box.move("a", "SEND", attempts=1)
    box.move("a", "CLASHED", theirs=CASE)

    box.put_in_place("a", command("a2", base=7), CASE, NOW)

    assert [item.id for item in box.pending()] == ["a2", "b"]
    heir = box.get("b")
    assert heir is not None
    assert heir.command.depends_on == "a2"
    assert box.put_in_place("a", command("a3"), CASE, NOW) == []
    box.close()


def test_what_has_ended_is_forgotten_after_a_day_and_what_waits_never(path: Path) -> None:
    box = Outbox(path, NOW)
    for key in ("ended", "waits"):
        box.add(command(key), CASE, NOW)
    box.move("ended", "CANCEL")
    box.close()
    later = Outbox(path, NOW + KEPT_FOR + timedelta(seconds=1))
    assert [item.id for item in later.items()] == ["waits"]
    later.close()


def test_an_act_without_room_on_the_disk_is_not_taken(path: Path) -> None:
    box = Outbox(path, NOW)
    box.add(command("a"), CASE, NOW)
    with box._engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    big = Incident(id="case", version=4, known_at=NOW, title="x" * 100_000)
    with pytest.raises(DiskError):
        box.add(command("b"), big, NOW)
    assert [item.id for item in box.items()] == ["a"]
    box.close()
    again = Outbox(path, NOW)
    assert [item.id for item in again.items()] == ["a"]
    again.close()


def test_a_damaged_file_is_set_aside_and_named(
    path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("damaged database set aside")
    path.write_bytes(b"not a database, but quite long enough to look at" * 100)
    box = Outbox(path, NOW)
    assert box.items() == []
    assert box.set_aside is not None
    assert box.set_aside.exists()
    box.close()
