"""The visible rows as a file for a spreadsheet."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.incident import Place
from app.messages import Level, Message
from app.services import Services
from tests.support.fake_services import incident, put
from widgets.queue.panel import QueuePanel

Key = Qt.Key


def test_visible_rows_are_exported_for_a_spreadsheet(
    panel: QueuePanel, services: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    services.store.apply(
        put(incident(3, version=2, state="CONFIRMED", title="=1+1", place=Place(text="塘沽")))
    )
    said: list[Message] = []
    services.messages.posted.connect(said.append)
    file = tmp_path / "out.csv"
    panel.exporter.write(panel.model.ids(), str(file))
    qtbot.waitUntil(lambda: bool(said))
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["编号", "标题"]
    assert [row[0] for row in rows[1:]] == [f"INC-20261122-000{n}" for n in (1, 2, 3)]
    assert rows[3][1] == "'=1+1"
    assert said[0].level == Level.GOOD


def test_an_export_that_fails_says_so(
    panel: QueuePanel, services: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[Message] = []
    services.messages.posted.connect(said.append)
    panel.exporter.write(panel.model.ids(), str(tmp_path / "missing" / "out.csv"))
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].level == Level.BAD
