"""The pad in its states as somebody last looked at it and kept the pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera, Health, Preset, PtzLink, PtzLock
from app.services import Services
from tests.scenes.conftest import Hold
from tests.support.fake_services import NOW, FakeFiles, put
from widgets.video.ptz.pad import PtzPad

PRESETS = (
    Preset(number=1, name="收费站方向", picture="a" * 64),
    Preset(number=2, name="下行应急车道", picture="b" * 64),
    Preset(number=3, name="港区匝道"),
)


def view(sky: str, road: str) -> QImage:
    picture = QImage(160, 90, QImage.Format.Format_RGB32)
    colours = QLinearGradient(0, 0, 0, 90)
    colours.setColorAt(0, QColor(sky))
    colours.setColorAt(1, QColor(road))
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), colours)
    painter.end()
    return picture


def held(user_id: str, rank: int) -> PtzLock:
    return PtzLock(user_id=user_id, rank=rank, until=NOW + timedelta(seconds=48))


def pad(services: Services, camera: Camera) -> PtzPad:
    services.store.apply(put(camera))
    made = PtzPad(services)
    made.setProperty("surface", "panel")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    made.setFixedWidth(272)
    made.show_camera(camera.id)
    return made


def test_the_pad_in_its_states_looks_as_kept(qtbot: QtBot, services: Services, hold: Hold) -> None:
    """Held by oneself; held by somebody else of higher rank; free, a preset being kept; fixed."""
    assert isinstance(services.files, FakeFiles)
    services.files.pictures |= {
        "a" * 64: view("#9fb4c8", "#4a4f55"),
        "b" * 64: view("#667", "#333"),
    }
    people = {user.role: user for user in services.store.all("user").values()}
    me, officer = people["SHIFT_CHIEF"], people["EMERG_OFFICER"]
    dome = Camera(
        id="one", version=1, code="12011600001310000001", health=Health.ONLINE,
        ptz=PtzLink.GATEWAY, presets=PRESETS, lock=held(me.id, 3),
    )  # fmt: skip
    cameras = (
        dome,
        replace(dome, id="two", lock=held(officer.id, 4)),
        replace(dome, id="three", lock=None, presets=()),
        replace(dome, id="four", ptz=""),
    )
    sheet = QWidget()
    row = QHBoxLayout(sheet)
    pads = [pad(services, camera) for camera in cameras]
    for made in pads:
        row.addWidget(made)
    pads[2].presets.keep.click()
    qtbot.addWidget(sheet)
    sheet.resize(4 * 272 + 60, 540)
    with qtbot.waitExposed(sheet):
        sheet.show()
    sheet.setFocus()
    hold(sheet, "ptz")


@pytest.fixture(autouse=True)
def _no_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text cursor that blinks is no part of the picture."""
    monkeypatch.setattr("widgets.video.ptz.preset_list.QLineEdit.setFocus", lambda *_: None)
