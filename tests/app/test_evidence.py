"""Pictures and clips of a camera in a case, without a network."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QFont, QImage
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera
from app.domain.entry import Attachment
from app.domain.fields import FieldError, read_field
from app.domain.machine import Field
from app.domain.roles import Role
from app.domain.rules import load_rules
from app.evidence import Evidence
from app.services import Services
from app.stamp import Stamp, stamped
from app.video.address import Quality
from app.video.ring import RECORDED_S, Ring
from app.video.snapshot import Snapshot
from tests.app.video.test_ring_and_clip import read_into, stream
from tests.support.fake_services import FakeFiles, incident, put, running_services
from tests.support.fake_videos import FakePlayer

TAKEN = datetime(2026, 7, 14, 22, 16, 3, 250_000, tzinfo=UTC)
CODE = "12011400001310000002"
STAMP = Stamp(code=CODE, name="G25 K1103+050 下行", channel="3", taken_at=TAKEN, author="王伟")


class Kept(FakeFiles):
    """Files as they were when they came."""

    def __init__(self) -> None:
        super().__init__()
        self.came: dict[str, bytes] = {}
        self.why = ""

    def add(self, path: Path, done: Callable[[Attachment | None, str], None]) -> None:
        self.came[path.name] = path.read_bytes()
        if self.why:
            done(None, self.why)
        else:
            super().add(path, done)


class Camera16(FakePlayer):
    """Gives one picture when asked."""

    def __init__(self) -> None:
        super().__init__("camera-1", CODE)
        self.ring = Ring()
        self.shot: Snapshot | None = Snapshot(
            pixels=np.full((288, 352, 4), 90, np.uint8), taken_at=TAKEN, pts_s=4.0,
            quality=Quality.MAIN, device_id=CODE, channel="3", demo=True,
        )  # fmt: skip

    def snapshot(self, done: Callable[[Snapshot | None], None]) -> None:
        done(self.shot)


@pytest.fixture
def services(qtbot: QtBot) -> Iterator[Services]:
    with running_services(Role.DISPATCHER) as running:
        running.store.apply(
            put(incident(), Camera(id="camera-1", code=CODE, name="G25 K1103+050 下行"))
        )
        yield running


@pytest.fixture
def files() -> Kept:
    return Kept()


@pytest.fixture
def evidence(services: Services, files: Kept) -> Evidence:
    s = services
    return Evidence(s.tasks, files, s.commands, s.store, s.session, s.rules)


class Answers(list[tuple[Attachment | None, str]]):
    def __call__(self, file: Attachment | None, sentence: str) -> None:
        self.append((file, sentence))


def attached(services: Services) -> list[Attachment]:
    entries = services.store.of_incident("entry", incident().id)
    return [entry.attachment for entry in entries if entry.attachment]


def test_a_snapshot_becomes_an_attachment_with_camera_and_time(
    qtbot: QtBot, services: Services, evidence: Evidence, files: Kept
) -> None:
    answers = Answers()
    evidence.snapshot(Camera16(), incident().id, answers)
    qtbot.waitUntil(lambda: bool(answers))
    [(file, hint)] = answers
    assert hint == ""
    assert file is not None
    assert (file.camera_id, file.taken_at) == ("camera-1", TAKEN)
    assert file.name == "G25 K1103+050 下行 20260715-061603.png"
    assert attached(services) == [file]
    image = QImage.fromData(files.came[file.name])
    assert image.width() == 352
    assert image.height() > 288
    assert image.text("Device") == CODE
    assert image.text("Channel") == "3"
    assert image.text("Creation Time") == TAKEN.isoformat()
    user = services.session.user
    assert user is not None
    assert image.text("Author") == user.name
    assert image.text("Comment") == "演示画面"


def test_without_a_picture_nothing_is_attached_and_words_say_so(
    qtbot: QtBot, services: Services, evidence: Evidence
) -> None:
    player, answers = Camera16(), Answers()
    player.shot = None
    evidence.snapshot(player, incident().id, answers)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(None, "G25 K1103+050 下行 现在没有画面,没有抓拍")]
    assert attached(services) == []


def test_a_file_that_is_not_taken_says_why(
    qtbot: QtBot, services: Services, evidence: Evidence, files: Kept
) -> None:
    files.why, answers = "文件超过 25 MB", Answers()
    evidence.snapshot(Camera16(), incident().id, answers)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(None, "文件超过 25 MB")]
    assert attached(services) == []


def test_a_case_that_takes_nothing_says_why(
    qtbot: QtBot, services: Services, evidence: Evidence
) -> None:
    answers = Answers()
    evidence.snapshot(Camera16(), "no such case", answers)
    qtbot.waitUntil(lambda: bool(answers))
    [(file, why)] = answers
    assert file is None
    assert why


def test_a_clip_holds_what_was_kept_and_what_came_until_it_was_stopped(
    qtbot: QtBot, services: Services, evidence: Evidence, files: Kept
) -> None:
    player, answers = Camera16(), Answers()
    read_into(player.ring, stream(options={"bf": "0"}), start=time.monotonic())
    with qtbot.waitSignal(evidence.recordings_changed):
        evidence.record(player, incident().id, answers)
    assert evidence.is_recording(player)
    assert evidence.recorded_s(player) == pytest.approx(2.36)
    evidence.record(player, incident().id, answers)  # once is enough
    evidence.stop(player)
    assert not evidence.is_recording(player)
    qtbot.waitUntil(lambda: bool(answers))
    [(file, _)] = answers
    assert file is not None
    assert file.camera_id == "camera-1"
    assert file.taken_at is not None
    assert datetime.now(UTC) - file.taken_at < timedelta(minutes=1)
    assert files.came[file.name][4:8] == b"ftyp"
    assert attached(services) == [file]


def test_a_recording_that_ends_by_itself_is_attached_and_says_so(
    qtbot: QtBot, evidence: Evidence
) -> None:
    player, answers = Camera16(), Answers()
    read_into(player.ring, stream(options={"bf": "0"}), start=time.monotonic())
    evidence.record(player, incident().id, answers)
    read_into(player.ring, stream(options={"bf": "0"}), start=1e9 + RECORDED_S)
    qtbot.waitUntil(lambda: bool(answers))
    assert [sentence for _, sentence in answers] == ["录像已到最长时间,自动停止"]
    assert not evidence.is_recording(player)


def test_nothing_is_filed_in_the_name_of_another_user(
    qtbot: QtBot, services: Services, evidence: Evidence
) -> None:
    player, answers = Camera16(), Answers()
    read_into(player.ring, stream(options={"bf": "0"}), start=time.monotonic())
    evidence.record(player, incident().id, answers)
    user = services.session.user
    assert user is not None
    services.session.user = replace(user, id="somebody-else")
    evidence.stop(player)
    qtbot.waitUntil(lambda: bool(answers))
    [(file, why)] = answers
    assert file is None
    assert why
    assert attached(services) == []


def test_a_camera_that_sent_nothing_gives_no_clip(qtbot: QtBot, evidence: Evidence) -> None:
    player, answers = Camera16(), Answers()
    evidence.record(player, incident().id, answers)
    evidence.stop(player)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(None, "G25 K1103+050 下行 还没有收到可保存的视频")]


@pytest.mark.parametrize("width", [64, 352, 704, 1920])
def test_the_band_covers_nothing_and_has_letters_in_it(qtbot: QtBot, width: int) -> None:
    height = width * 9 // 16
    pixels = np.full((height, width, 4), 90, np.uint8)
    image = stamped(pixels, STAMP, QFont())
    assert image.width() == width
    seen = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)[:, : width * 4]
    assert (seen[:height].reshape(height, width, 4)[..., :3] == 90).all()
    band = seen[height:].reshape(-1, width, 4)[..., :3]
    assert band.max() > 200
    assert np.median(band) == 0


def test_the_time_in_the_picture_is_that_of_shanghai() -> None:
    assert STAMP.time == "2026-07-15 06:16:03.250 +08:00"
    assert CODE in STAMP.text
    assert "CH 3" in STAMP.text


def read(raw: dict[str, Any]) -> Attachment:
    value = read_field(Field("attachment", "attachment"), raw, load_rules())
    assert isinstance(value, Attachment)
    return value


def test_an_attachment_tells_its_camera_and_old_ones_are_read_as_ever() -> None:
    old = {"sha256": "a" * 64, "name": "x.jpg", "media_type": "image/jpeg", "size": 3}
    plain = read(old)
    assert (plain.camera_id, plain.taken_at) == ("", None)
    told = read({**old, "camera_id": "camera-1", "taken_at": "2026-07-15T06:16:03+08:00"})
    assert told == replace(
        plain, camera_id="camera-1", taken_at=datetime(2026, 7, 14, 22, 16, 3, tzinfo=UTC)
    )


@pytest.mark.parametrize("wrong", [{"camera_id": 5}, {"taken_at": "soon"}, {"taken_at": 5}])
def test_a_wrong_camera_or_time_is_refused(wrong: dict[str, Any]) -> None:
    sound = {"sha256": "a" * 64, "name": "x.jpg", "media_type": "image/jpeg", "size": 3}
    with pytest.raises(FieldError):
        read({**sound, **wrong})
