"""A seat's hand, a real backend, and at the far end a GB/T 28181 gateway or an ONVIF camera."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.api.errors import ApiError, InvalidError, OfflineError
from app.clock import Clock
from app.domain.camera import Camera, Health, PtzLink
from app.domain.ptz import STILL, Move, PresetAct, PresetCommand
from app.ptz.device import UNREACHABLE, PtzError
from app.ptz.driver import Act, Driver
from app.ptz.gateway import Gateway
from app.ptz.ptz import Ptz
from tests.support.backend_process import BackendProcess
from tests.support.handbook import DISPATCHER
from tests.support.onvif import Camera as OnvifCamera
from tests.support.onvif import onvif_camera
from tests.support.ptz_platform import Platform, platform
from tests.support.server import Server

RIGHT = Move(pan=1.0)
PATIENCE_S = 10.0
GATE = Camera(id="gate", code="12011600001310000001", ptz=PtzLink.GATEWAY, health=Health.ONLINE)
DOME = Camera(id="dome", code="12011600001310000002", ptz=PtzLink.ONVIF, health=Health.ONLINE)


@dataclass
class City:
    server: Server
    ptz: Ptz
    platform: Platform
    dome: OnvifCamera
    told: list[str] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def take(self, camera: Camera) -> Driver:
        command = self.server.command(DISPATCHER, "TAKE_PTZ", camera.id, kind="camera")
        self.server.send(DISPATCHER, command)
        return self.ptz.take(camera, self._tell)

    def _tell(self, code: str) -> None:
        with self.news:
            self.told.append(code)
            self.news.notify_all()

    def wait_for(self, *told: str) -> None:
        with self.news:
            assert self.news.wait_for(lambda: self.told == list(told), PATIENCE_S), self.told


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with platform() as gateway, onvif_camera() as dome:
        devices = tmp_path / "devices.toml"
        devices.write_text(
            f'["{DOME.code}"]\nurl = "{dome.url}"\nusername = "{dome.username}"\n'
            f'password = "{dome.password}"\n'
        )
        backend = BackendProcess(
            tmp_path / "backend",
            TOCC_BACKEND_PTZ_GATEWAY=gateway.url,
            TOCC_BACKEND_ONVIF_DEVICES=str(devices),
        )
        backend.seed([GATE, DOME], [DISPATCHER])
        server = Server(backend.start())
        asked: Callable[[Callable[[str], Any]], Any] = lambda request: request(  # noqa: E731
            server.token(DISPATCHER)
        )
        ptz = Ptz(server.api, asked, Clock(), lambda call: call())
        try:
            yield City(server, ptz, gateway, dome)
        finally:
            ptz.shutdown()
            server.close()
            backend.close()


def done(driver: Driver, act: Act) -> str:
    """What the act came to."""
    codes: list[str] = []
    answered = threading.Event()

    def on_done(code: str) -> None:
        codes.append(code)
        answered.set()

    driver.do(act, on_done)
    assert answered.wait(PATIENCE_S)
    return codes[0]


def until(so: Callable[[], bool]) -> None:
    end, pause = time.monotonic() + PATIENCE_S, threading.Event()
    while not so():
        assert time.monotonic() < end
        pause.wait(0.01)


def test_a_move_and_its_stop_reach_the_platform_in_eight_bytes(city: City) -> None:
    driver = city.take(GATE)
    driver.move(RIGHT)
    city.platform.wait_for(RIGHT)
    driver.stop()
    city.platform.wait_for(RIGHT, STILL)
    assert {device for device, _ in city.platform.heard} == {GATE.code}
    assert city.told == []


def test_presets_reach_the_platform(city: City) -> None:
    driver = city.take(GATE)
    assert done(driver, lambda head: head.set_preset(7, "门")) == ""
    assert done(driver, lambda head: head.go_to(7)) == ""
    assert done(driver, lambda head: head.remove_preset(7)) == ""
    acts = (PresetAct.SET, PresetAct.CALL, PresetAct.DELETE)
    city.platform.wait_for(*(PresetCommand(act, 7) for act in acts))


def test_the_end_of_the_desk_stops_a_camera_that_moves(city: City) -> None:
    city.take(GATE).move(RIGHT)
    city.platform.wait_for(RIGHT)
    city.ptz.shutdown()
    city.platform.wait_for(RIGHT, STILL)


def test_without_the_head_nothing_reaches_the_platform(city: City) -> None:
    driver = city.ptz.take(GATE, city._tell)
    driver.move(RIGHT)
    city.wait_for("LOCKED")
    assert city.platform.heard == []


def test_an_onvif_camera_is_moved_by_the_seat_itself(city: City) -> None:
    driver = city.take(DOME)
    assert done(driver, lambda head: head.set_preset(1, "原位")) == ""
    driver.move(RIGHT)
    until(lambda: city.dome.is_moving)
    driver.close()
    driver.join()
    assert city.dome.calls[-2:] == ["ContinuousMove", "Stop"]
    assert city.dome.place[0] > 0
    assert city.platform.heard == []


def test_an_onvif_camera_gives_its_address_to_nobody_but_the_holder(city: City) -> None:
    city.ptz.take(DOME, city._tell).move(RIGHT)
    city.wait_for("LOCKED")
    assert city.dome.calls == []


@pytest.mark.parametrize(
    ("error", "code"),
    [(OfflineError("TIMEOUT"), UNREACHABLE), (InvalidError("EXPIRED"), "EXPIRED")],
)
def test_what_the_backend_says_against_it_is_told(error: ApiError, code: str) -> None:
    def send(_body: object) -> None:
        raise error

    with pytest.raises(PtzError, match=code):
        Gateway(send, Clock().now).stop()


def test_every_act_says_when_it_was_meant() -> None:
    sent: list[Any] = []
    clock = Clock()
    Gateway(sent.append, clock.now).move(RIGHT)
    issued_at = datetime.fromisoformat(sent[0].pop("issued_at"))
    assert clock.now() - issued_at < timedelta(seconds=5)
    assert sent == [{"move": {"pan": 1.0, "tilt": 0.0, "zoom": 0.0}}]
