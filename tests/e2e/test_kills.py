"""kill -9 of the seat, the backend or both, at any moment: nothing lost, nothing doubled."""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from app.link import LinkState
from app.services import Services
from tests.e2e.hands import (
    LONG,
    OpenDesk,
    OpenRemoteSeat,
    OpenSeat,
    ServerAt,
    enter,
    outbox,
    sign_in,
    states,
    wait_known,
    wait_link,
    wait_sent,
    waiting,
    wish,
)
from tests.e2e.night import OTHER, OURS, POST, fire_note, notes
from tests.support.backend_process import BackendProcess
from tests.support.handbook import COLLEAGUE, DISPATCHER, fixture
from tests.support.line import Line
from tests.support.server import Server
from widgets.report.panel import ReportPanel


@pytest.mark.slow
def test_a_seat_killed_in_the_dark_finds_everything_again_and_sends_it_once(
    qtbot: QtBot,
    night: BackendProcess,
    night_server: Server,
    line: Line,
    open_desk: OpenDesk,
    remote_seat: OpenRemoteSeat,
) -> None:
    remote = remote_seat()
    remote.sign_in()
    remote.until("LIVE", "link")
    remote.until(True, "known", "incident", OTHER.id)
    line.pull()
    remote.until("OFFLINE", "link")
    changes = (
        ("CONFIRM", {"verify_method": "VIDEO"}),
        ("AMEND", {"facts": {"queue_m": 800}, "reason": "摄像机所见"}),
        ("ASSIGN", {"owner_id": COLLEAGUE.id, "reason": "换班"}),
    )
    kept = [remote.tell("act", OURS.id, event, fields) for event, fields in changes]
    kept += [remote.tell("note", OTHER.id, text) for text in ("第一条", "第二条")]
    remote.kill()

    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER, LinkState.OFFLINE)  # within seven days, without the server
    qtbot.waitUntil(lambda: list(outbox(desk.services)) == kept, timeout=LONG)
    assert waiting(desk.services) == 5
    assert wish(desk.services, OURS.id).state == "CONFIRMED"
    line.plug()
    wait_sent(qtbot, desk.services)
    assert set(states(desk.services).values()) == {"ACKED"}
    sent = [row["key"] for row in night_server.audit(seat="A-03") if row["key"]]
    assert sorted(sent) == sorted(kept)  # each once
    assert [key for key in sent if key in kept[:3]] == kept[:3]  # in order per case
    assert notes(night_server) == ["第一条", "第二条"]
    now = night_server.get("incident", OURS.id)
    assert (now.version, now.state, now.owner_id) == (7, "CONFIRMED", COLLEAGUE.id)


@pytest.mark.slow
def test_a_half_typed_report_survives_the_kill(
    qtbot: QtBot,
    night: BackendProcess,
    line: Line,
    open_desk: OpenDesk,
    remote_seat: OpenRemoteSeat,
    tmp_path: Path,
) -> None:
    remote = remote_seat()
    remote.sign_in()
    remote.tell("draft", {"source": "12122", "text": "罐车侧翻,占"})
    qtbot.waitUntil(lambda: bool(list(tmp_path.glob("seat/seat/*/users/*/drafts/*.json"))))
    remote.kill()
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    desk.press("F2")
    qtbot.waitUntil(lambda: desk.find(ReportPanel) is not None)
    panel = desk.find(ReportPanel)
    assert panel is not None
    values = panel.form.values()
    assert (values["source"], values["text"]) == ("12122", "罐车侧翻,占")


@pytest.mark.slow
def test_a_seat_killed_while_it_waits_for_an_answer_sends_under_the_same_key(
    qtbot: QtBot,
    night: BackendProcess,
    night_server: Server,
    line: Line,
    open_seat: OpenSeat,
    remote_seat: OpenRemoteSeat,
) -> None:
    remote = remote_seat()
    remote.sign_in()
    remote.until(True, "known", "incident", OTHER.id)
    remote.until("LIVE", "link")
    line.lose_answer(POST)
    key = remote.tell("note", OTHER.id, "只此一条")
    assert line.answer_lost.wait(30)
    remote.kill()
    line.plug()
    services = open_seat(line.url)
    assert enter(qtbot, services, DISPATCHER) is None
    qtbot.waitUntil(lambda: states(services) == {key: "ACKED"}, timeout=LONG)
    assert notes(night_server) == ["只此一条"]
    assert len(night_server.audit(key=key)) == 1


@pytest.mark.slow
def test_words_overtake_a_photo_and_a_kill_in_its_middle_sends_it_again_once(
    qtbot: QtBot,
    night: BackendProcess,
    night_server: Server,
    line: Line,
    open_seat: OpenSeat,
    remote_seat: OpenRemoteSeat,
    tmp_path: Path,
) -> None:
    (tmp_path / "现场.jpg").write_bytes(os.urandom(8_000_000))
    remote = remote_seat()
    remote.sign_in()
    remote.until(True, "known", "incident", OTHER.id)
    line.quality.bytes_per_s = 400_000  # twenty seconds for the photo
    photo = remote.tell("photo", OTHER.id, str(tmp_path / "现场.jpg"))
    remote.until([[photo, "SENDING"]], "outbox")
    key = remote.tell("note", OTHER.id, "先到")
    remote.until([[photo, "SENDING"], [key, "ACKED"]], "outbox")
    remote.kill()
    assert notes(night_server) == ["先到"]
    line.quality.bytes_per_s = math.inf
    services = open_seat(line.url)
    assert enter(qtbot, services, DISPATCHER) is None
    qtbot.waitUntil(lambda: states(services) == {photo: "ACKED", key: "ACKED"}, timeout=LONG)
    assert len(night_server.audit(event="ADD_ATTACHMENT")) == 1
    assert len(night_server.audit(key=key)) == 1


@pytest.mark.slow
def test_a_backend_killed_in_the_middle_loses_nothing_and_repeats_nothing(
    qtbot: QtBot, night: BackendProcess, night_seat: Services, line: Line, night_server: Server
) -> None:
    texts = [f"第{number}条" for number in range(40)]
    for text in texts:
        night_seat.commands.fire(
            "entry", str(uuid4()), "ADD_NOTE", {"incident_id": OTHER.id, "text": text}
        )
    qtbot.waitUntil(lambda: list(states(night_seat).values()).count("ACKED") > 3, timeout=LONG)
    night.kill()
    sent_before = list(states(night_seat).values()).count("ACKED")
    assert sent_before < 40
    line.lead_to(night.start())
    night_server.moved(night.url)
    qtbot.waitUntil(lambda: len(states(night_seat)) == 40, timeout=LONG)
    wait_sent(qtbot, night_seat)
    wait_link(qtbot, night_seat, LinkState.LIVE)
    assert set(states(night_seat).values()) == {"ACKED"}
    assert notes(night_server) == texts
    audited = [row["key"] for row in night_server.audit(event="ADD_NOTE")]
    assert audited == list(outbox(night_seat))


@pytest.mark.slow
def test_what_was_told_as_kept_arrives_once_whoever_is_killed_in_mid_flight(
    qtbot: QtBot,
    night: BackendProcess,
    night_server: Server,
    line: Line,
    open_seat: OpenSeat,
    remote_seat: OpenRemoteSeat,
) -> None:
    kept: dict[str, str] = {}
    for turn, victim in enumerate(("seat", "both", "seat")):
        remote = remote_seat()
        remote.sign_in()
        remote.until(True, "known", "incident", OTHER.id)
        for number in range(8):
            text = f"第{turn}轮第{number}条"
            kept[remote.tell("note", OTHER.id, text)] = text
        if victim == "both":
            night.kill()
        remote.kill()
        if victim == "both":
            line.lead_to(night.start())
            night_server.moved(night.url)
    services = open_seat(line.url)
    assert enter(qtbot, services, DISPATCHER) is None
    qtbot.waitUntil(lambda: len(outbox(services)) == len(kept), timeout=LONG)
    wait_sent(qtbot, services)
    assert states(services) == dict.fromkeys(kept, "ACKED")
    assert notes(night_server) == list(kept.values())
    assert [row["key"] for row in night_server.audit(event="ADD_NOTE")] == list(kept)


@pytest.mark.slow
def test_the_desk_s_own_backend_comes_back_after_kill_9(
    qtbot: QtBot,
    open_seat: OpenSeat,
    server_at: ServerAt,
    tmp_path: Path,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("the embedded backend ended; starting it again")
    BackendProcess(tmp_path / "seat" / "backend").seed([*fixture(), OURS, OTHER], [DISPATCHER])
    services = open_seat(None)
    assert enter(qtbot, services, DISPATCHER) is None
    wait_known(qtbot, services, "incident", OTHER.id)
    first = fire_note(qtbot, services, "之前")
    wait_sent(qtbot, services)
    kill_embedded(services)
    second = fire_note(qtbot, services, "之后")
    wait_sent(qtbot, services)
    wait_link(qtbot, services, LinkState.LIVE)
    assert states(services) == {first: "ACKED", second: "ACKED"}
    said_now = [e.text for e in services.store.of_incident("entry", OTHER.id)]
    assert sorted(said_now) == sorted(["之前", "之后"])


def kill_embedded(services: Services) -> None:
    assert services.engine is not None and services.engine.backend is not None
    pid = services.engine.backend.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
