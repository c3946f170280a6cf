"""Strange texts, places and files, and words of a newer server: kept as they are, shown plainly."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.entry import Attachment
from app.domain.incident import Incident
from app.link import LinkState
from app.services import Services
from tests.e2e.conftest import close_window
from tests.e2e.hands import (
    LONG,
    OpenDesk,
    OpenSeat,
    ServerAt,
    StartBackend,
    enter,
    open_case,
    outbox,
    said,
    sign_in,
    states,
    wait_known,
    wait_link,
    wait_sent,
)
from tests.support.backend_process import BackendProcess
from tests.support.handbook import COLLEAGUE, DISPATCHER, case, fixture
from tests.support.line import Line
from tests.support.server import Server
from widgets.case.panel import CasePanel

TEXTS = {
    "sql": "'; DROP TABLE entity; --",
    "html": "<b>罐车</b><img src=x onerror=alert(1)>&amp;",
    "emoji": "🚨👩‍🚒 三车追尾 🔥",
    "rtl": "\u202eشاحنة مقلوبة\u202c 罐车",
    "braces": "{0} %s {name} $(rm -rf /) `ls`",
    "controls": "一行\n二行\t制表\u200b零宽",
}
PHOTO_BYTES = 20_000_000


@pytest.fixture
def backend(start_backend: StartBackend, line: Line) -> BackendProcess:
    made = start_backend([*fixture(), case(1, datetime.now(UTC))])
    line.lead_to(made.url)
    return made


@pytest.fixture
def server(backend: BackendProcess, server_at: ServerAt) -> Server:
    return server_at(backend.url)


@pytest.fixture
def seat(qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat) -> Services:
    services = open_seat(line.url)
    begin(qtbot, services)
    return services


def begin(qtbot: QtBot, services: Services) -> None:
    assert enter(qtbot, services, DISPATCHER) is None
    wait_link(qtbot, services, LinkState.LIVE)
    wait_known(qtbot, services, "incident", "case-1")


def report_of(text: str) -> dict[str, Any]:
    """The same text in every field of a report that takes words."""
    return {
        "source": "12122",
        "known_at": datetime.now(UTC),
        "type": "HAZ",
        "title": text,
        "caller": text,
        "caller_number": text,
        "text": text,
        "weather": text,
        "lanes": [text],
        "hazmat": {"un": text},
        "place": {"text": text, "road": text, "lon": 117.4, "lat": 39.18},
    }


@pytest.mark.slow
def test_any_text_in_any_field_comes_back_as_typed_and_is_never_markup(
    qtbot: QtBot, backend: BackendProcess, server: Server, line: Line, open_desk: OpenDesk
) -> None:
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    services = desk.services
    ids = {}
    for name, text in TEXTS.items():
        ids[name], refusals = services.commands.report(report_of(text))
        assert not refusals
    qtbot.waitUntil(lambda: len(outbox(services)) == len(TEXTS))
    wait_sent(qtbot, services)
    for name, text in TEXTS.items():
        panel = open_case(qtbot, desk, ids[name])
        note = {"incident_id": ids[name], "text": text}
        assert not services.commands.fire("entry", str(uuid4()), "ADD_NOTE", note)
        wait_said(qtbot, panel, text, 3)  # title, facts, note
    wait_sent(qtbot, services)
    stored = server.all("incident")
    for name, text in TEXTS.items():
        found: Incident = stored[ids[name]]
        detail = found.detail
        assert detail is not None and detail.hazmat is not None
        words = (found.title, found.place.text, found.place.road, detail.text, detail.weather)
        assert (*words, *detail.lanes, detail.hazmat.un) == (text,) * 7
        assert services.store.server("incident", found.id) == found
    desk.window.grab()  # queue, map and page are painted with all of them


def wait_said(qtbot: QtBot, panel: CasePanel, text: str, times: int) -> None:
    qtbot.waitUntil(lambda: said(panel.page).count(text) >= times)


@pytest.mark.slow
def test_a_note_of_ten_thousand_characters_arrives_whole_and_a_longer_one_is_refused(
    qtbot: QtBot, seat: Services, server: Server
) -> None:
    text = "罐车🚨" * 3_333 + "完"
    assert len(text) == 10_000
    fields = {"incident_id": "case-1", "text": text}
    refusals = seat.commands.fire(
        "entry", str(uuid4()), "ADD_NOTE", {**fields, "text": text + "。"}
    )
    assert [refusal.code for refusal in refusals] == ["TOO_LONG"]
    assert not seat.commands.fire("entry", str(uuid4()), "ADD_NOTE", fields)
    qtbot.waitUntil(lambda: list(states(seat).values()) == ["ACKED"], timeout=LONG)
    assert [entry.text for entry in server.of_case("entry", "case-1")] == [text]


PLACES: tuple[Mapping[str, Any], ...] = (
    {"route_id": "G25", "route_code": "G25", "stake_m": -1.0, "direction": "down"},
    {"route_id": "G25", "route_code": "G25", "stake_m": 9e9, "direction": "down"},
    {"route_id": "G25", "route_code": "G25", "stake_m": 1_102_300.0, "direction": "sideways"},
    {"lon": 181.0, "lat": 39.0},
    {"lon": 117.0, "lat": -90.5},
    {"lon": 117.0},
    {"lon": "117", "lat": "39"},
)


@pytest.mark.slow
def test_impossible_places_are_refused_here_and_there(
    qtbot: QtBot, seat: Services, server: Server
) -> None:
    for place in PLACES:
        call: dict[str, Any] = {
            "source": "12122",
            "known_at": datetime.now(UTC),
            "text": "?",
            "place": place,
        }
        _, refusals = seat.commands.report(call)
        assert [(r.code, r.params["field"]) for r in refusals] == [("BAD_FIELD", "place")], place
        told = server.error(DISPATCHER, server.command(DISPATCHER, "REPORT", str(uuid4()), **call))
        assert (told.code, told.sentence("zh")) == ("BAD_FIELD", "位置填写有误")
    assert not outbox(seat)
    assert list(server.all("incident")) == ["case-1"]


@pytest.mark.slow
def test_a_photo_of_20_mb_made_in_the_dark_reaches_the_server_and_another_seat(
    qtbot: QtBot, tmp_path: Path, seat: Services, server: Server, line: Line, open_seat: OpenSeat,
) -> None:  # fmt: skip
    line.pull()
    wait_link(qtbot, seat, LinkState.OFFLINE)
    photo = photograph(tmp_path / "现场 照片.jpg")
    attachment, hint = added(qtbot, seat, photo)
    assert attachment is not None and hint == ""
    assert (attachment.size, attachment.width) == (PHOTO_BYTES, 640)
    fields = {"incident_id": "case-1", "attachment": attachment}
    assert not seat.commands.fire("entry", str(uuid4()), "ADD_ATTACHMENT", fields)
    qtbot.waitUntil(lambda: len(outbox(seat)) == 1)
    line.plug()
    wait_sent(qtbot, seat)
    assert set(states(seat).values()) == {"ACKED"}
    entry = server.of_case("entry", "case-1")[0]
    assert entry.attachment == attachment
    other = open_seat(line.url, data_dir=tmp_path / "other", seat="A-04")
    assert enter(qtbot, other, COLLEAGUE) is None
    wait_known(qtbot, other, "entry", entry.id)
    fetched: list[Path | None] = []
    other.files.path(attachment.sha256, fetched.append)
    qtbot.waitUntil(lambda: bool(fetched), timeout=LONG)
    assert fetched[0] is not None
    assert hashlib.sha256(fetched[0].read_bytes()).hexdigest() == attachment.sha256
    pictures: list[QImage | None] = []
    other.files.thumbnail(attachment.sha256, pictures.append)
    qtbot.waitUntil(lambda: bool(pictures), timeout=LONG)
    assert pictures[0] is not None and pictures[0].width() == 256


def photograph(path: Path) -> Path:
    """A picture, blown up behind its end as some cameras do."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    assert image.save(str(path))
    with path.open("ab") as file:
        file.write(os.urandom(PHOTO_BYTES - path.stat().st_size))
    return path


def added(qtbot: QtBot, seat: Services, path: Path) -> tuple[Attachment | None, str]:
    answers: list[tuple[Attachment | None, str]] = []
    seat.files.add(path, lambda attachment, sentence: answers.append((attachment, sentence)))
    qtbot.waitUntil(lambda: bool(answers), timeout=LONG)
    return answers[0]


@pytest.mark.slow
def test_files_that_are_no_photo_are_kept_as_files_or_refused_with_the_reason(
    qtbot: QtBot, tmp_path: Path, seat: Services, server: Server, expect_log: Callable[[str], None]
) -> None:
    expect_log("a file cannot be taken")
    empty, broken, large = (tmp_path / name for name in ("空.jpg", "坏.jpg", "大.mp4"))
    empty.write_bytes(b"")
    broken.write_bytes(b"MZ\x90 this is no picture")
    with large.open("wb") as file:
        file.truncate(25_000_001)
    assert added(qtbot, seat, empty) == (None, "文件是空的")
    assert added(qtbot, seat, large) == (None, "文件超过 25 MB")
    missing, sentence = added(qtbot, seat, tmp_path / "没有.jpg")
    assert missing is None and sentence.startswith("文件无法读取或保存:")
    attachment, hint = added(qtbot, seat, broken)
    assert attachment is not None and attachment.width is None
    assert hint == "这不是可显示的图片,将作为普通文件保存"
    fields = {"incident_id": "case-1", "attachment": attachment}
    assert not seat.commands.fire("entry", str(uuid4()), "ADD_ATTACHMENT", fields)
    qtbot.waitUntil(lambda: list(states(seat).values()) == ["ACKED"], timeout=LONG)
    pictures: list[QImage | None] = []
    seat.files.thumbnail(attachment.sha256, pictures.append)
    qtbot.waitUntil(lambda: bool(pictures), timeout=LONG)
    assert pictures == [None]


NEWER = {
    "state": "QUARANTINED",
    "type": "SPACE_DEBRIS",
    "subtype": "SPACE_DEBRIS.satellite",
    "severity": "V",
    "source": "SATELLITE",
    "drone_id": "D-7",
    "route_advice": {"via": ["G2", "G3"]},
}


@pytest.mark.slow
def test_what_only_a_newer_server_knows_is_kept_and_shown_as_unknown(
    qtbot: QtBot, backend: BackendProcess, line: Line, open_desk: OpenDesk, open_seat: OpenSeat
) -> None:
    backend.close()
    become_newer(backend)
    line.lead_to(backend.start())
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    services = desk.services
    found: Incident = wait_known(qtbot, services, "incident", "case-1")
    assert (found.state, found.type, found.severity) == ("QUARANTINED", "SPACE_DEBRIS", "V")
    assert found.is_open
    page = open_case(qtbot, desk, "case-1").page
    unknown = {"V(未知)", "SPACE_DEBRIS(未知) / SPACE_DEBRIS.satellite(未知)"}
    unknown |= {"此状态来自更新的服务器,本版本没有可用的操作。请升级客户端。"}
    qtbot.waitUntil(lambda: unknown <= set(said(page)))
    desk.window.grab()
    assert services.engine is not None
    cache = services.engine.sync.cache
    assert cache is not None
    qtbot.waitUntil(lambda: body(cache.path, "incident", "case-1") is not None, timeout=LONG)
    qtbot.waitUntil(lambda: body(cache.path, "drone", "drone-7") is not None, timeout=LONG)
    kept = body(cache.path, "incident", "case-1")
    assert kept is not None and {name: kept[name] for name in NEWER} == NEWER
    wait_link(qtbot, services, LinkState.LIVE)
    close_window(desk)
    line.pull()
    again = open_seat(line.url)
    assert enter(qtbot, again, DISPATCHER) is None
    assert wait_known(qtbot, again, "incident", "case-1") == found


def become_newer(backend: BackendProcess) -> None:
    """Fields, codes and a kind of entity that this version has never heard of."""
    with sqlite3.connect(backend.settings.data_dir / "backend.sqlite3") as connection:
        row = connection.execute("SELECT body FROM entity WHERE id = 'case-1'").fetchone()
        newer = json.dumps({**json.loads(row[0]), **NEWER}, ensure_ascii=False)
        connection.execute("UPDATE entity SET body = ? WHERE id = 'case-1'", (newer,))
        columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(entity)")]
        camera = connection.execute("SELECT * FROM entity WHERE kind = 'camera'").fetchone()
        drone = dict(zip(columns, camera, strict=True))
        drone |= {"kind": "drone", "id": "drone-7", "body": '{"id": "drone-7", "version": 1}'}
        drone["rev"] = connection.execute("SELECT max(rev) FROM entity").fetchone()[0] + 1
        marks = ", ".join("?" * len(columns))
        connection.execute(f"INSERT INTO entity VALUES ({marks})", [drone[c] for c in columns])
        tables = [t for (t,) in connection.execute("SELECT name FROM sqlite_master")]
        assert "counter" in tables
        connection.execute("UPDATE counter SET value = ? WHERE name = 'rev'", (drone["rev"],))
    connection.close()


def body(cache: Path, kind: str, entity_id: str) -> dict[str, Any] | None:
    """The raw body in the seat's cache."""
    connection = sqlite3.connect(cache)
    try:
        query = "SELECT body FROM entity WHERE kind = ? AND id = ?"
        row = connection.execute(query, (kind, entity_id)).fetchone()
    finally:
        connection.close()
    return json.loads(row[0]) if row else None
