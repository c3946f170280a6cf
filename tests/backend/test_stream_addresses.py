"""Addresses of streams: who gets one, what it opens, for how long."""

import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.camera import Camera, Health
from app.domain.incident import Place
from app.domain.people import User
from backend.bodies import Quality
from backend.context import Context, open_context
from backend.problems import Problem
from backend.services.cameras import stream_address
from backend.services.media import check_media_token, media_token
from backend.services.seeding import load
from backend.services.sessions import SignedIn, signed_in_by
from backend.settings import Settings, SettingsError
from tests.backend.conftest import LOCAL, PEOPLE, Clock, SignIn, client_of, serving

OP = PEOPLE["VIDEO_OP"]
CODE, OTHER = "12011600001310000001", "12011600001310000002"
STREAMS = ("sub", "main")
ROAD = Place(route_code="G25", stake_m=1_100_000.0)
CAMERAS = (
    Camera(id="cam", code=CODE, health=Health.ONLINE, streams=STREAMS, place=ROAD),
    Camera(id="fixed", code=OTHER, health=Health.ONLINE, streams=("sub",)),
    Camera(id="off", code=OTHER, health=Health.OFFLINE, streams=STREAMS),
)


@pytest.fixture(autouse=True)
def cameras(context: Context) -> None:
    load(context, CAMERAS)


def address(context: Context, user: User, camera_id: str, quality: str = "sub") -> Any:
    return stream_address(
        context, SignedIn(user, "s", "席位1"), camera_id, Quality(quality), "http://here"
    )


def test_a_real_gateways_address_is_made_from_its_pattern(settings: Settings, clock: Clock) -> None:
    pattern = "rtsp://u:secret@gw/{code}/{quality}"
    made = open_context(replace(settings, media_gateway=pattern), clock)
    found = address(made, OP, "cam", "main")
    made.close()
    assert found.url == f"rtsp://u:secret@gw/{CODE}/main"
    assert (found.device_id, found.channel, found.expires_at) == (CODE, CODE, None)


def test_who_gets_no_address_is_told_why(context: Context) -> None:
    for user, camera_id, quality, code in (
        (OP, "nowhere", "sub", "NOT_FOUND"),
        (PEOPLE["LIAISON"], "cam", "sub", "NOT_ALLOWED"),
        (LOCAL, "cam", "sub", "NOT_ALLOWED"),
        (OP, "off", "sub", "NO_STREAM"),
        (OP, "fixed", "main", "NO_STREAM"),
        (OP, "cam", "sub", "NO_GATEWAY"),
    ):
        with pytest.raises(Problem) as refused:
            address(context, user, camera_id, quality)
        assert refused.value.code == code


@pytest.mark.parametrize("wrong", ["rtsp://{", "rtsp://{secret}", "rtsp://{0}"])
def test_a_pattern_that_cannot_be_filled_is_refused_at_the_start(
    settings: Settings, wrong: str
) -> None:
    with pytest.raises(SettingsError):
        replace(settings, media_gateway=wrong).checked()
    with pytest.raises(SettingsError):
        replace(settings, ptz_gateway="ftp://x").checked()


def test_a_token_opens_one_stream_for_its_time_and_nothing_else(
    context: Context, clock: Clock
) -> None:
    token = media_token(context, CODE, Quality.SUB, clock.now + timedelta(seconds=60))
    check_media_token(context, CODE, Quality.SUB, token)
    for code, quality, shown in (
        (OTHER, Quality.SUB, token),
        (CODE, Quality.MAIN, token),
        (CODE, Quality.SUB, token + "x"),
        (CODE, Quality.SUB, ""),
    ):
        with pytest.raises(Problem, match="NOT_SIGNED_IN"):
            check_media_token(context, code, quality, shown)
    with pytest.raises(Problem, match="NOT_SIGNED_IN"):
        signed_in_by(context, token)
    clock.advance(seconds=60)
    with pytest.raises(Problem, match="NOT_SIGNED_IN"):
        check_media_token(context, CODE, Quality.SUB, token)


def test_an_access_token_opens_no_stream(sign_in: SignIn, context: Context) -> None:
    access = sign_in(OP).session["access_token"]
    with pytest.raises(Problem, match="NOT_SIGNED_IN"):
        check_media_token(context, CODE, Quality.SUB, access)


def test_a_token_is_in_no_log(
    context: Context, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    token = media_token(context, CODE, Quality.SUB, clock.now + timedelta(seconds=60))
    with caplog.at_level(logging.DEBUG), serving(context) as port, client_of(port) as client:
        answer = client.get(f"/media/{CODE}/sub.ts", params={"token": token})
    assert answer.status_code == 404  # this backend has no demo streams
    ours = [record for record in caplog.records if not record.name.startswith("http")]
    assert any(record.name == "backend.access" for record in ours)
    assert all(token not in str(vars(record)) for record in ours)
