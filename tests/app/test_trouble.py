"""What the disk does wrong, told as what to do about it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from app.cache.database import open_database
from app.cache.errors import DiskError, DiskTrouble, disk_trouble
from app.messages import Message, Messages
from app.trouble import disk_words, tell_trouble, tell_unsaved


@pytest.mark.parametrize(
    ("number", "trouble"),
    [
        (errno.ENOSPC, DiskTrouble.FULL),
        (errno.EDQUOT, DiskTrouble.FULL),
        (errno.EROFS, DiskTrouble.READ_ONLY),
        (errno.EACCES, DiskTrouble.NO_ACCESS),
        (errno.EPERM, DiskTrouble.NO_ACCESS),
        (errno.EIO, DiskTrouble.BROKEN),
        (errno.EISDIR, DiskTrouble.BROKEN),
    ],
)
def test_an_error_of_the_system_is_sorted_by_its_remedy(number: int, trouble: str) -> None:
    assert disk_trouble(OSError(number, "no")) == trouble


def test_a_defect_of_ours_is_not_blamed_on_the_disk() -> None:
    assert disk_trouble(ValueError("no")) is None


def test_a_database_that_cannot_be_opened_is_a_matter_of_rights(tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite3").mkdir()
    with pytest.raises(DiskError) as caught:
        open_database(tmp_path / "cache.sqlite3", (), durable=False)
    assert caught.value.trouble == DiskTrouble.NO_ACCESS


def test_each_trouble_has_a_sentence_of_its_own_for_facts_and_for_acts() -> None:
    messages, told = Messages(), list[Message]()
    messages.posted.connect(told.append)
    for trouble in DiskTrouble:
        tell_trouble(messages, f"DISK_{trouble}")
        tell_unsaved(messages, trouble)
    texts = [message.text for message in told]
    assert len(set(texts)) == 2 * len(DiskTrouble)
    for trouble, facts, acts in zip(DiskTrouble, texts[::2], texts[1::2], strict=True):
        assert disk_words(trouble) in facts
        assert disk_words(trouble) in acts
    assert [t for t in texts if "已满" in t] == texts[:2]
