"""A camera in the hand of a whole seat: the real outbox, line, backend and a platform's gateway."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera, Health, PtzLink
from app.domain.ptz import STILL, Move
from app.link import LinkState
from app.messages import Message
from app.services import Services
from tests.e2e.hands import LONG, OpenSeat, ServerAt, StartBackend, enter, wait_known, wait_link
from tests.support.handbook import CHIEF, DISPATCHER
from tests.support.line import Line
from tests.support.ptz_platform import Platform, platform
from tests.support.server import Server
from widgets.video.ptz.pad import PtzPad
from widgets.video.ptz.state import Hold

RIGHT = Move(pan=0x80 / 255)  # half the speed, as eight bits have it
DOME = Camera(id="dome", code="12011600001310000001", ptz=PtzLink.GATEWAY, health=Health.ONLINE)


@dataclass
class Seat:
    pad: PtzPad
    services: Services
    platform: Platform
    server: Server
    line: Line
    news: list[str]


@pytest.fixture
def seat(
    qtbot: QtBot, start_backend: StartBackend, server_at: ServerAt, open_seat: OpenSeat, line: Line
) -> Iterator[Seat]:
    with platform() as gateway:
        backend = start_backend([DOME], TOCC_BACKEND_PTZ_GATEWAY=gateway.url)
        line.lead_to(backend.url)
        services = open_seat(line.url)
        assert enter(qtbot, services, DISPATCHER) is None
        wait_link(qtbot, services, LinkState.LIVE)
        wait_known(qtbot, services, "camera", DOME.id)
        pad = PtzPad(services)
        qtbot.addWidget(pad)
        with qtbot.waitExposed(pad):
            pad.show()
        pad.activateWindow()
        qtbot.waitUntil(pad.isActiveWindow)
        pad.show_camera(DOME.id)
        pad.setFocus()
        news: list[str] = []

        def on_posted(message: Message) -> None:
            news.append(message.text)

        services.messages.posted.connect(on_posted)
        yield Seat(pad, services, gateway, server_at(backend.url), line, news)


def hears(qtbot: QtBot, seat: Seat, *commands: Move) -> None:
    qtbot.waitUntil(lambda: seat.platform.words == list(commands), timeout=LONG)


@pytest.mark.slow
def test_a_key_takes_the_head_moves_it_and_lets_go(qtbot: QtBot, seat: Seat) -> None:
    QTest.keyPress(seat.pad, Qt.Key.Key_Right)
    hears(qtbot, seat, RIGHT)
    QTest.keyRelease(seat.pad, Qt.Key.Key_Right)
    hears(qtbot, seat, RIGHT, STILL)
    assert seat.pad.control.state.hold is Hold.MINE
    assert seat.server.get("camera", DOME.id).lock.user_id == DISPATCHER.id
    QTest.mouseClick(seat.pad.holding, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seat.pad.control.state.hold is Hold.FREE, timeout=LONG)
    assert seat.news == []


@pytest.mark.slow
def test_a_supervisor_who_takes_over_stops_it_and_the_dispatcher_is_told(
    qtbot: QtBot, seat: Seat
) -> None:
    QTest.keyPress(seat.pad, Qt.Key.Key_Right)
    hears(qtbot, seat, RIGHT)
    command = seat.server.command(CHIEF, "TAKE_PTZ", DOME.id, kind="camera")
    seat.server.send(CHIEF, command)
    hears(qtbot, seat, RIGHT, STILL)
    qtbot.waitUntil(lambda: bool(seat.news), timeout=LONG)
    assert seat.news == ["陈立 已接管云台,您的操作已停止"]


@pytest.mark.slow
def test_a_line_that_breaks_under_the_hand_stops_the_camera_and_replays_nothing(
    qtbot: QtBot, seat: Seat
) -> None:
    QTest.keyPress(seat.pad, Qt.Key.Key_Right)
    hears(qtbot, seat, RIGHT)
    seat.line.pull()
    hears(qtbot, seat, RIGHT, STILL)
    wait_link(qtbot, seat.services, LinkState.OFFLINE)
    assert not seat.pad.ways[1, 0].isEnabled()
    seat.line.plug()
    wait_link(qtbot, seat.services, LinkState.LIVE)
    qtbot.wait(1000)
    assert seat.platform.words == [RIGHT, STILL]
