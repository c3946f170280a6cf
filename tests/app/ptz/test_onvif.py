"""A camera over ONVIF: signed calls, its own clock, presets, and answers that are none."""

from __future__ import annotations

import base64
import logging
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from app.domain.ptz import STILL, Move
from app.ptz.device import DEVICE_FAULT, NO_SUCH_PRESET, UNAUTHORIZED, UNREACHABLE, PtzError
from app.ptz.onvif import Onvif, OnvifAddress
from app.ptz.soap import digest, parse
from tests.support.onvif import Camera, onvif_camera

SECRET = "tocc-test-1"


@contextmanager
def opened(camera: Camera, password: str = SECRET) -> Iterator[Onvif]:
    address = OnvifAddress(url=camera.url, username="operator", password=password)
    device = Onvif(address, timeout_s=1.0)
    try:
        device.open()
        yield device
    finally:
        device.close()


@contextmanager
def device(**values: Any) -> Iterator[tuple[Camera, Onvif]]:
    with onvif_camera(**values) as camera, opened(camera) as made:
        yield camera, made


def test_the_digest_is_that_of_the_profile() -> None:
    """The example of the ONVIF Application Programmer's Guide 6.1.1."""
    nonce = base64.b64decode("LKqI6G/AikKCQrN0zqZFlg==")
    made = digest(nonce, "2010-09-16T07:50:45Z", "userpassword")
    assert made == "tuOSpGlFlIXsozq4HFNeeGeFLEI="


def test_a_move_has_its_velocities_and_ends_by_itself() -> None:
    with device() as (camera, head):
        head.move(Move(pan=-0.5, tilt=0.25, zoom=1.0))
        assert camera.speed == (-0.5, 0.25, 1.0)
        assert 0 < camera._until - camera._since <= 1.0


def test_a_stop_ends_a_move() -> None:
    with device() as (camera, head):
        head.move(Move(pan=1.0))
        head.stop()
        assert not camera.is_moving
        assert camera.place[0] > 0


def test_a_move_to_still_stands_on_every_axis() -> None:
    with device() as (camera, head):
        head.move(Move(zoom=1.0))
        head.move(STILL)
        assert not camera.is_moving


def test_a_camera_without_zoom_is_told_no_zoom() -> None:
    with device(zooms=False) as (camera, head):
        head.move(Move(tilt=0.5))
        assert camera.speed == (0.0, 0.5, 0.0)


@pytest.mark.parametrize("hours", [-9, 31])
def test_a_wrong_clock_of_the_camera_is_followed(hours: int) -> None:
    with device(clock_off=timedelta(hours=hours)) as (camera, head):
        head.move(Move(pan=1.0))
        assert camera.is_moving


def test_a_clock_that_was_set_since_then_refuses_until_opened_anew() -> None:
    with device() as (camera, head):
        camera.clock_off = timedelta(minutes=10)
        with pytest.raises(PtzError, match=UNAUTHORIZED):
            head.move(Move(pan=1.0))
        head.open()
        head.move(Move(pan=1.0))
        assert camera.is_moving


def test_a_wrong_password_moves_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        onvif_camera() as camera,
        pytest.raises(PtzError, match=UNAUTHORIZED),
        opened(camera, "wrong-secret"),
    ):
        pass
    assert camera.calls == ["GetSystemDateAndTime"]
    assert "wrong-secret" not in caplog.text


def test_a_password_is_in_no_message_and_no_representation() -> None:
    address = OnvifAddress(url="http://cam", username="operator", password=SECRET)
    assert SECRET not in repr(address)


def test_presets_keep_their_numbers_whatever_the_tokens_are() -> None:
    with device() as (camera, head):
        camera.presets["factory"] = ("出厂", (0.9, 0.9, 0.0))
        head.set_preset(3, "下行 <应急> & 匝道")
        head.set_preset(1, "收费站")
        assert camera.presets["tok-2"][0] == "3 下行 <应急> & 匝道"
        camera._place = (0.4, 0.4, 0.4)
        head.set_preset(3, "移过来")  # the same number is the same preset
        assert len(camera.presets) == 3
        camera._place = (0.0, 0.0, 0.0)
        head.go_to(3)
        assert camera.place == (0.4, 0.4, 0.4)
        head.remove_preset(3)
        with pytest.raises(PtzError, match=NO_SUCH_PRESET):
            head.go_to(3)


def test_a_token_that_is_a_number_is_that_preset() -> None:
    with device() as (camera, head):
        camera.presets["7"] = ("Gate", (0.1, 0.2, 0.3))
        head.go_to(7)
        assert camera.place == (0.1, 0.2, 0.3)


def test_a_camera_is_spoken_to_where_it_was_found_whatever_it_says_of_itself() -> None:
    with device(own_host="203.0.113.9:81") as (camera, head):
        head.stop()
        assert camera.calls[-1] == "Stop"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ((200, "text/html", b"<html>login</html>"), DEVICE_FAULT),
        ((200, "application/soap+xml", b"<not-closed"), DEVICE_FAULT),
        ((200, "application/soap+xml", b"<a/>"), DEVICE_FAULT),
        ((200, "application/soap+xml", b""), DEVICE_FAULT),
        ((401, "text/html", b"no"), UNAUTHORIZED),
        ((500, "text/plain", b"boom"), DEVICE_FAULT),
        ((302, "text/html", b"elsewhere"), DEVICE_FAULT),
        ((200, "application/soap+xml", b"<a>" + b"x" * 2_000_000 + b"</a>"), DEVICE_FAULT),
    ],
)
def test_what_is_no_soap_is_a_fault_of_the_device(raw: tuple[int, str, bytes], code: str) -> None:
    with device() as (camera, head):
        camera.raw = raw
        with pytest.raises(PtzError, match=code):
            head.stop()


def test_a_camera_that_says_nothing_is_given_up() -> None:
    with device() as (camera, head):
        camera.mute = threading.Event()
        with pytest.raises(PtzError, match=UNREACHABLE):
            head.stop()


def test_a_camera_that_asks_for_a_digest_over_http_gets_it() -> None:
    challenge = b"HTTP/1.1 401 No\r\nContent-Length: 2\r\nWWW-Authenticate: Digest realm=a, nonce=b"
    logins: list[str] = []

    def answer() -> None:
        for _ in range(2):
            line, _ = server.accept()
            with line:
                asked = line.recv(1 << 16).decode()
                logins.extend(re.findall(r'Digest username="(\w+)"', asked))
                line.sendall(challenge + b"\r\n\r\nno")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer)
        thread.start()
        camera = Camera(url=f"http://127.0.0.1:{server.getsockname()[1]}/")
        with pytest.raises(PtzError, match=UNAUTHORIZED), opened(camera):
            pass
        thread.join()
    assert logins == ["operator"]


def test_a_challenge_whose_page_never_ends_is_given_up() -> None:
    head = b"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=a, nonce=b\r\n\r\n"
    over = threading.Event()

    def drip() -> None:
        while not over.is_set():
            line, _ = server.accept()
            with line, suppress(OSError):
                line.recv(1 << 16)
                line.sendall(head)
                while not over.wait(0.05):
                    line.sendall(b".")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip)
        thread.start()
        camera = Camera(url=f"http://127.0.0.1:{server.getsockname()[1]}/")
        late = threading.Timer(20.0, over.set)
        late.start()
        with pytest.raises(PtzError, match=UNREACHABLE), opened(camera):
            pass
        assert not over.is_set()
        late.cancel()
        late.join()
        over.set()
        with socket.create_connection(server.getsockname()):
            thread.join()


def test_a_camera_that_is_gone_is_unreachable() -> None:
    with onvif_camera() as camera, opened(camera) as head:
        head.stop()
    with pytest.raises(PtzError, match=UNREACHABLE):
        head.stop()


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a []><a/>'.encode("utf-16"),
    ],
)
def test_entities_are_refused(content: bytes) -> None:
    with pytest.raises(PtzError, match="document type"):
        parse(content)
