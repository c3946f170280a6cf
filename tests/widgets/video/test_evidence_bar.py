"""Snapshot and clip go into the case that is meant, and say so when there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.entry import Attachment
from app.messages import Message
from app.selection import Ref
from app.services import Services
from app.video.player import Player
from app.video.wall import Tile, Wall
from tests.support.fake_services import incident, put, running_services
from tests.widgets.video.walls import cameras
from widgets.shared.theme import load_theme
from widgets.video.panel import VideoPanel

FILE = Attachment(sha256="0" * 64, name="收费站 20261122.png", media_type="image/png", size=9)


class FakeEvidence(QObject):
    """Keeps what it was asked for; answers at once."""

    recordings_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str, str]] = []
        self.running: dict[Player, Callable[..., None]] = {}

    def snapshot(self, player: Player, incident_id: str, done: Any) -> None:
        self.asked.append(("snapshot", player.camera_id, incident_id))
        done(FILE, "")

    def record(self, player: Player, incident_id: str, done: Any) -> None:
        self.asked.append(("record", player.camera_id, incident_id))
        self.running[player] = done
        self.recordings_changed.emit()

    def is_recording(self, player: Player) -> bool:
        return player in self.running

    def recorded_s(self, player: Player) -> float:
        return 42.0

    def stop(self, player: Player) -> None:
        done = self.running.pop(player, None)
        if done is not None:
            done(None, "没有存下来")
            self.recordings_changed.emit()


@pytest.fixture
def evidence() -> FakeEvidence:
    return FakeEvidence()


@pytest.fixture
def services(qapp: QApplication, evidence: FakeEvidence) -> Iterator[Services]:
    load_theme("dark").wear(qapp)
    with running_services(evidence=evidence) as made:
        cameras(made, 6)
        made.store.apply(put(incident(7), incident(8)))
        yield made


@pytest.fixture
def panel(qtbot: QtBot, services: Services) -> VideoPanel:
    made = VideoPanel(services)
    qtbot.addWidget(made)
    made.resize(1500, 900)
    with qtbot.waitExposed(made):
        made.show()
    tiles = (Tile(camera="cam-1"), Tile(camera="cam-2", incident="case-8"))
    made.keeper.show(Wall(layout="4", shown=4, tiles=tiles))
    return made


def test_without_a_case_there_is_nowhere_to_keep_a_picture(panel: VideoPanel) -> None:
    assert not panel.evidence.snapshot.isEnabled()
    assert not panel.evidence.clip.isEnabled()
    assert "先打开" in panel.evidence.case.text()


def test_a_snapshot_goes_into_the_case_in_hand_and_says_so(
    qtbot: QtBot, services: Services, panel: VideoPanel, evidence: FakeEvidence
) -> None:
    services.selection.select(Ref("incident", "case-7"))
    assert "0007" in panel.evidence.case.text()
    with qtbot.waitSignal(services.messages.posted) as posted:
        panel.evidence.snapshot.click()
    assert evidence.asked == [("snapshot", "cam-1", "case-7")]
    message = posted.args[0]
    assert isinstance(message, Message)
    assert FILE.name in message.text


def test_the_case_that_called_the_camera_comes_before_the_one_in_hand(
    services: Services, panel: VideoPanel, evidence: FakeEvidence
) -> None:
    services.selection.select(Ref("incident", "case-7"))
    panel.keeper.take(1)
    panel.evidence.snapshot.click()
    assert evidence.asked == [("snapshot", "cam-2", "case-8")]


def test_a_clip_runs_until_stopped_and_the_tile_shows_that_it_runs(
    qtbot: QtBot, services: Services, panel: VideoPanel, evidence: FakeEvidence
) -> None:
    services.selection.select(Ref("incident", "case-7"))
    panel.evidence.clip.click()
    assert panel.evidence.clip.text() == "停止录像 0:42"
    panel.view.arrange()
    assert panel.view.marks_of(0).recording == "录像中"
    with qtbot.waitSignal(services.messages.posted) as posted:
        panel.evidence.clip.click()
    assert posted.args[0].text == "没有存下来"
    assert panel.evidence.clip.text() == "录像 30 s"


def test_a_recorded_camera_that_leaves_the_wall_ends_its_clip(
    services: Services, panel: VideoPanel, evidence: FakeEvidence
) -> None:
    services.selection.select(Ref("incident", "case-7"))
    panel.evidence.clip.click()
    panel.keeper.show(panel.keeper.wall.clear(0))
    assert evidence.running == {}
