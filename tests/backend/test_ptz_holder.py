"""Who holds a head: gets its address and login, and may stop it even when it was lost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from app.domain.camera import Camera, Health
from app.domain.people import User
from app.domain.ptz import STILL, Move, PresetCommand
from app.domain.rules import load_rules
from backend.bodies import PtzBody
from backend.context import Context
from backend.problems import Problem
from backend.services import auditing
from backend.services.heads import Heads
from backend.services.onvif_devices import PtzAddress, ptz_address
from backend.services.seeding import load
from backend.services.sessions import SignedIn
from backend.settings import Settings
from tests.backend.conftest import CHIEF, PEOPLE, START, Clock, Desk, SignIn

OP = PEOPLE["VIDEO_OP"]
CODE = "12011600001310000007"
SECRET = "geheim-7"
FILE = f"""
[{CODE}]
url = "http://192.0.2.7/onvif/device_service"
username = "operator"
password = "{SECRET}"
"""
CAMERAS = (
    Camera(id="dome", code=CODE, ptz="ONVIF", health=Health.ONLINE),
    Camera(id="other", code="12011600001310000008", ptz="ONVIF", health=Health.ONLINE),
    Camera(id="gate", code="12011600001310000009", ptz="GATEWAY", health=Health.ONLINE),
)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    path = tmp_path / "devices.toml"
    path.write_text(FILE, "utf-8")
    return replace(settings, onvif_devices=str(path))


@pytest.fixture
def devices(context: Context) -> Context:
    load(context, CAMERAS)
    return context


def asked(context: Context, user: User, camera_id: str = "dome") -> PtzAddress:
    return ptz_address(context, SignedIn(user, "s", "席位1"), camera_id)


def code_of(context: Context, user: User, camera_id: str = "dome") -> str:
    with pytest.raises(Problem) as refused:
        asked(context, user, camera_id)
    return refused.value.code


def test_the_holder_gets_address_and_login(devices: Context, desk: Desk) -> None:
    desk.act(OP, "TAKE_PTZ", "dome", kind="camera")
    found = asked(devices, OP)
    assert (found.url, found.username) == ("http://192.0.2.7/onvif/device_service", "operator")
    assert found.password == SECRET


def test_nobody_else_does_and_both_are_audited(devices: Context, desk: Desk, clock: Clock) -> None:
    assert code_of(devices, OP) == "LOCKED"
    desk.act(OP, "TAKE_PTZ", "dome", kind="camera")
    assert code_of(devices, CHIEF) == "LOCKED"
    asked(devices, OP)
    clock.advance(seconds=load_rules().ptz.hold_s + 1)
    assert code_of(devices, OP) == "LOCKED"
    rows = auditing.page(devices, PEOPLE["AUDITOR"], 0, 100).rows
    asking = [(row.user_id, row.codes) for row in rows if row.event == "GET_PTZ_ADDRESS"]
    assert sorted(asking) == sorted(
        [(OP.id, "LOCKED"), (CHIEF.id, "LOCKED"), (OP.id, ""), (OP.id, "LOCKED")]
    )


@pytest.mark.parametrize(
    ("camera_id", "code"), [("none", "NOT_FOUND"), ("other", "NO_PTZ"), ("gate", "NO_PTZ")]
)
def test_a_camera_without_such_a_device_is_told(
    devices: Context, camera_id: str, code: str
) -> None:
    assert code_of(devices, OP, camera_id) == code


@pytest.mark.parametrize("text", [None, "no toml", f'["{CODE}"]\nurl = 7\npassword = "{SECRET}"'])
def test_a_broken_file_hands_out_nothing_and_leaks_nothing(
    devices: Context,
    desk: Desk,
    text: str | None,
    caplog: pytest.LogCaptureFixture,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("the file of ONVIF devices cannot be read")
    path = Path(devices.settings.onvif_devices)
    path.unlink() if text is None else path.write_text(text, "utf-8")
    desk.act(OP, "TAKE_PTZ", "dome", kind="camera")
    assert code_of(devices, OP) == "NO_PTZ"
    assert SECRET not in caplog.text


def test_over_http_it_is_not_stored_on_the_way_and_not_logged(
    devices: Context, desk: Desk, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    desk.act(OP, "TAKE_PTZ", "dome", kind="camera")
    with caplog.at_level(logging.DEBUG):
        answer = sign_in(OP).ask("GET", "/v1/cameras/dome/ptz-address")
    assert answer.json()["password"] == SECRET
    assert answer.headers["cache-control"] == "no-store"
    assert SECRET not in caplog.text
    assert SECRET not in repr(asked(devices, OP))


class Recorder:
    def __init__(self) -> None:
        self.sent: list[Move | PresetCommand] = []

    def send(self, _code: str, command: Move | PresetCommand) -> None:
        self.sent.append(command)


def test_who_lost_the_head_may_still_stop_what_he_began(devices: Context, desk: Desk) -> None:
    gateway = Recorder()
    heads = Heads(devices, gateway)

    def say(user: User, **said: object) -> None:
        body = {"issued_at": START, **said}
        heads.act(SignedIn(user, "s", "席位1"), "gate", msgspec.convert(body, PtzBody))

    desk.act(OP, "TAKE_PTZ", "gate", kind="camera")
    say(OP, move={"pan": 0.5})
    desk.act(CHIEF, "TAKE_PTZ", "gate", kind="camera")
    with pytest.raises(Problem, match="LOCKED"):
        say(OP, move={"pan": 0.1})
    say(OP, stop=True)
    assert gateway.sent == [Move(pan=0.5), STILL]
    say(CHIEF, move={"tilt": 0.5})
    with pytest.raises(Problem, match="LOCKED"):
        say(OP, stop=True)
