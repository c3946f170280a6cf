"""Which file the server must have before a command, and what stands for none."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.command import Command
from tests.support.handbook import S9_CUT as NOW

SHA = "a" * 64


def command(event: str, fields: dict[str, Any]) -> Command:
    return Command(
        key="k", kind="x", entity_id="e", event=event, fields=fields, base_version=0,
        issued_at=NOW, author_id="u", seat="A-03",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("event", "fields", "file"),
    [
        (
            "ADD_ATTACHMENT",
            {"attachment": {"sha256": SHA, "media_type": "image/png"}},
            (SHA, "image/png"),
        ),
        ("ADD_ATTACHMENT", {"attachment": {"sha256": SHA}}, (SHA, "application/octet-stream")),
        ("ADD_ATTACHMENT", {}, ("", "")),
        ("SET_PRESET", {"number": 1, "picture": SHA}, (SHA, "application/octet-stream")),
        ("SET_PRESET", {"number": 1, "picture": None}, ("", "application/octet-stream")),
        ("TAKE_PTZ", {"picture": SHA}, ("", "")),
    ],
)
def test_a_command_names_the_file_that_it_needs(
    event: str, fields: dict[str, Any], file: tuple[str, str]
) -> None:
    assert command(event, fields).file == file
