"""The facts of the camera in hand: never a figure that nobody knows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.camera import Health
from app.domain.people import Org
from app.services import Services
from app.video.address import Quality
from app.video.states import StreamState
from app.video.status import Fault, Status
from tests.support.fake_services import put, running_services
from tests.widgets.video.cameras import camera, city
from widgets.video.facts import CameraFacts


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services("VIDEO_OP") as made:
        made.store.apply(put(*city(), Org(id="tocc", version=1, name="滨海新区 TOCC")))
        yield made


@pytest.fixture
def facts(qtbot: QtBot, services: Services) -> CameraFacts:
    made = CameraFacts(services)
    qtbot.addWidget(made)
    made.resize(300, 300)
    with qtbot.waitExposed(made):
        made.show()
    made.show_camera("cam-2")
    return made


def playing(**values: object) -> Status:
    now = time.monotonic()
    status = Status(
        state=StreamState.PLAYING, since=now, picture_at=now, lag_s=0.1, quality=Quality.SUB,
        size=(704, 576), fps=25.0, loss=0.001, loss_over_s=300.0,
    )  # fmt: skip
    return replace(status, **values)  # type: ignore[arg-type]  # the caller names fields


def test_camera_is_told_with_code_place_and_owner(facts: CameraFacts) -> None:
    assert facts.head._title.text() == "S11 K22+050 下行"
    assert facts.text("code") == "12011600001310000002"
    assert facts.text("place") == "S11 K22+050 下行 · 路段"
    assert facts.text("health") == "在线"
    assert facts.text("org") == "滨海新区 TOCC"


def test_running_stream_is_told_with_size_rate_and_loss(facts: CameraFacts) -> None:
    facts.show_status(playing())
    assert facts.text("state").startswith("实时 0.1 s")
    assert facts.text("stream") == "子码流 704×576 25 fps"
    assert facts.text("loss") == "0.1 %(5 分钟)"


def test_the_loss_of_a_young_stream_says_how_young_it_is(facts: CameraFacts) -> None:
    facts.show_status(playing(loss=0.5, loss_over_s=8.4))
    assert facts.text("loss") == "50.0 %(8 秒)"
    facts.show_camera(None)
    facts.show_camera("cam-2")
    facts.show_status(playing(loss=0.5, loss_over_s=0.4))
    assert facts.text("loss") == "50.0 %(1 秒)"


def test_what_nobody_knows_is_unknown_and_not_zero(facts: CameraFacts) -> None:
    assert facts.text("state") == "未播放"
    assert facts.text("stream") == "—"
    assert facts.text("loss") == "未知"
    facts.show_status(playing(loss=None, size=None, fps=0.0))
    assert facts.text("stream") == "子码流"
    assert facts.text("loss") == "未知"


def test_a_new_state_is_told_at_once(facts: CameraFacts) -> None:
    facts.show_status(Status(state=StreamState.CONNECTING))
    assert (facts.text("state"), facts.text("stream")) == ("正在连接…", "—")
    facts.show_status(playing())
    assert facts.text("state").startswith("实时")
    assert facts.text("stream") == "子码流 704×576 25 fps"
    facts.show_status(Status(state=StreamState.ERROR, fault=Fault.UNAUTHORIZED))
    assert facts.text("state") == "登录被拒绝"


def test_status_that_comes_with_every_frame_is_shown_twice_a_second(
    qtbot: QtBot, facts: CameraFacts
) -> None:
    facts.show_status(playing(loss=0.0))
    facts.show_status(playing(loss=0.25))
    assert facts.text("loss") == "0.0 %(5 分钟)"
    qtbot.waitUntil(lambda: facts.text("loss") == "25.0 %(5 分钟)", timeout=2000)


def test_stream_in_error_says_why(facts: CameraFacts) -> None:
    facts.show_status(playing(state=StreamState.ERROR, fault=Fault.WRONG_CAMERA, picture_at=None))
    assert "不符" in facts.text("state")


def test_another_camera_does_not_inherit_the_stream(facts: CameraFacts) -> None:
    facts.show_status(playing())
    facts.show_camera("cam-4")
    assert facts.text("stream") == "—"
    assert facts.text("health") == "离线 自 11:19"


def test_change_of_health_is_shown_at_once(facts: CameraFacts, services: Services) -> None:
    services.store.apply(put(camera(2, version=2, health=Health.OFFLINE)))
    assert facts.text("health") == "离线"


def test_without_a_camera_it_says_what_to_do(facts: CameraFacts) -> None:
    facts.show_camera(None)
    assert facts._none.isVisible()
    assert not facts._table.isVisible()
    facts.show_camera("gone")
    assert facts._none.isVisible()
