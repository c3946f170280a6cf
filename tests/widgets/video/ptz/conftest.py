"""A pad that steers a fake head, and the seat around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera, Preset, PtzLink, PtzLock
from app.domain.ptz import Move
from app.domain.roles import Role
from app.messages import Message
from app.services import Services
from tests.support.fake_commands import FakeCommands
from tests.support.fake_ptz import FakeDriver, FakePtz
from tests.support.fake_services import USERS, put, running_services
from tests.widgets.video.cameras import camera
from widgets.video.ptz.pad import PtzPad

PRESETS = (
    Preset(number=1, name="收费站方向", picture="a" * 64),
    Preset(number=2, name="下行应急车道"),
)
HEAD = camera(1, ptz=PtzLink.GATEWAY, presets=PRESETS)
OTHER = camera(2, ptz=PtzLink.ONVIF)
FIXED = camera(3)
DISPATCHER, CHIEF, VIDEO_OP = (
    USERS[role] for role in (Role.DISPATCHER, Role.SHIFT_CHIEF, Role.VIDEO_OP)
)
RIGHT, UP = Move(pan=0.5), Move(tilt=0.5)


class Desk:
    """A pad in a window with another field beside it."""

    def __init__(self, services: Services, qtbot: QtBot) -> None:
        self.services, self.qtbot = services, qtbot
        self.window, self.elsewhere = QWidget(), QLineEdit()
        self.pad = PtzPad(services)
        column = QVBoxLayout(self.window)
        column.addWidget(self.pad)
        column.addWidget(self.elsewhere)
        qtbot.addWidget(self.window)
        self.window.resize(280, 760)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.news: list[str] = []
        services.messages.posted.connect(self._on_posted)

    def _on_posted(self, message: Message) -> None:
        self.news.append(message.text)

    @property
    def drivers(self) -> list[FakeDriver]:
        assert isinstance(self.services.ptz, FakePtz)
        return self.services.ptz.drivers

    @property
    def said(self) -> list[Move | str]:
        """Moves and stops, repetitions left out."""
        said = self.drivers[-1].said if self.drivers else []
        return [word for place, word in enumerate(said) if place == 0 or word != said[place - 1]]

    @property
    def fired(self) -> list[str]:
        assert isinstance(self.services.commands, FakeCommands)
        return [command.event for command in self.services.commands.fired]

    def camera(self, number: int = 1) -> Camera:
        found: Camera | None = self.services.store.server("camera", f"cam-{number}")
        assert found is not None
        return found

    def tell(self, number: int = 1, **values: Any) -> None:
        """The server has something new about a camera."""
        known = self.camera(number)
        self.services.store.apply(put(replace(known, version=known.version + 1, **values)))

    def hold(self, user: Any, rank: int, number: int = 1, **values: Any) -> None:
        until = self.services.clock.now() + timedelta(seconds=60)
        self.tell(number, lock=PtzLock(user_id=user.id, rank=rank, until=until, **values))

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.pad.setFocus()
        QTest.keyPress(self.pad, key, modifier)

    def release(self, key: Qt.Key) -> None:
        QTest.keyRelease(self.pad, key)


@pytest.fixture
def role() -> Role:
    return Role.DISPATCHER


@pytest.fixture
def desk(qtbot: QtBot, role: Role) -> Iterator[Desk]:
    with running_services(role) as services:
        services.store.apply(put(HEAD, OTHER, FIXED))
        made = Desk(services, qtbot)
        made.pad.show_camera("cam-1")
        yield made
