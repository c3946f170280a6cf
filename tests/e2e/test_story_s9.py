"""Story S9: the link is lost on the night shift, and nothing else is."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.incident import IncidentState
from app.link import LinkState
from app.services import Services
from tests.e2e.conftest import OpenDesk, OpenRemoteSeat, OpenSeat, StartBackend
from tests.e2e.hands import (
    LONG,
    act,
    enter,
    fill,
    note,
    open_case,
    outbox,
    said,
    sign_in,
    states,
    wait_known,
    wait_link,
    wait_sent,
    waiting,
    wish,
)
from tests.support.backend_process import BackendProcess
from tests.support.handbook import CHIEF, COLLEAGUE, DISPATCHER, S9_CUT, case, fixture
from tests.support.line import Line
from tests.support.server import Server
from widgets.outbox.conflict_dialog import ConflictDialog
from widgets.outbox.panel import OutboxPanel
from widgets.report.panel import ReportPanel
from widgets.tour.driver import Desk

OURS = case(3, S9_CUT)
OTHER = case(5, S9_CUT, IncidentState.CONFIRMED)
POST = b"POST /v1/commands"
type ServerAt = Callable[[str], Server]


@pytest.fixture
def night(start_backend: StartBackend, line: Line) -> BackendProcess:
    """02:09: two cases, and a line to the backend."""
    return night_shift(start_backend, line)


def night_shift(start_backend: StartBackend, line: Line, database_url: str = "") -> BackendProcess:
    data = [*fixture(), OURS, OTHER]
    backend = start_backend(data, S9_CUT - timedelta(minutes=1), database_url)
    line.lead_to(backend.url)
    return backend


@pytest.fixture
def server(night: BackendProcess, server_at: ServerAt) -> Server:
    return server_at(night.url)


@pytest.fixture
def seat(qtbot: QtBot, night: BackendProcess, line: Line, open_seat: OpenSeat) -> Services:
    """A seat without a window; the dispatcher has signed in and sees both cases."""
    services = open_seat(line.url)
    assert enter(qtbot, services, DISPATCHER) is None
    wait_link(qtbot, services, LinkState.LIVE)
    wait_known(qtbot, services, "incident", OTHER.id)
    return services


@pytest.mark.slow
def test_what_was_done_in_the_dark_arrives_in_order_and_what_came_too_late_never_does(
    qtbot: QtBot,
    database_url: str,
    start_backend: StartBackend,
    server_at: ServerAt,
    line: Line,
    open_desk: OpenDesk,
) -> None:
    server = server_at(night_shift(start_backend, line, database_url).url)
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    wait_known(qtbot, desk.services, "incident", OTHER.id)
    line.pull()
    the_screen_says_so_within_5_s(qtbot, desk)
    late, *keys = work_in_the_dark(qtbot, desk)
    line.plug()
    wait_sent(qtbot, desk.services)
    assert states(desk.services) == {late: "EXPIRED", **dict.fromkeys(keys, "ACKED")}
    assert [row["key"] for row in server.audit(seat="A-03") if row["key"]] == keys
    assert server.get("incident", OURS.id).state == "CONFIRMED"


@pytest.mark.slow
def test_a_line_that_just_falls_silent_is_noticed_and_what_it_held_back_expires(
    qtbot: QtBot, server: Server, line: Line, open_desk: OpenDesk
) -> None:
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    wait_known(qtbot, desk.services, "incident", OTHER.id)
    line.hold()
    the_screen_says_so_within_5_s(qtbot, desk)
    late, *keys = work_in_the_dark(qtbot, desk)
    line.release()  # the late command arrives now, but the server knows the time, too
    wait_sent(qtbot, desk.services)
    assert states(desk.services) == {late: "EXPIRED", **dict.fromkeys(keys, "ACKED")}
    accepted = server.audit(seat="A-03", outcome="accepted")
    assert [row["key"] for row in accepted if row["key"]] == keys


def work_in_the_dark(qtbot: QtBot, desk: Desk) -> list[str]:
    """Confirm, two notes, a sign's command in time and one too late; their keys, as made."""
    services = desk.services
    wait_link(qtbot, services, LinkState.OFFLINE)
    late = fire_note(qtbot, services, "情报板:谨慎驾驶", lasts_s=1.5)
    confirm(qtbot, desk)
    open_case(qtbot, desk, OTHER.id)
    note(desk, "02:10 断网,已电话通知路政")
    note(desk, "路政 20 分钟后到场")
    in_time = fire_note(qtbot, services, "情报板:前方事故", lasts_s=300)
    qtbot.waitUntil(lambda: states(services)[late] == "EXPIRED", timeout=LONG)
    keys = list(outbox(services))
    assert (keys[0], keys[-1], len(keys), waiting(services)) == (late, in_time, 5, 4)
    return keys


def the_screen_says_so_within_5_s(qtbot: QtBot, desk: Desk) -> None:
    words = desk.find(QLabel, "linkState")
    assert words is not None
    qtbot.waitUntil(lambda: words.text().startswith(("离线", "滞后")), timeout=5000)


def confirm(qtbot: QtBot, desk: Desk) -> None:
    open_case(qtbot, desk, OURS.id)
    act(qtbot, desk, "CONFIRM")
    fill(desk, "verify_method", "VIDEO")
    desk.press("Ctrl+Return")
    qtbot.waitUntil(lambda: wish(desk.services, OURS.id).state == "CONFIRMED")


def fire_note(qtbot: QtBot, services: Services, text: str, lasts_s: float = 0) -> str:
    """A note on the other case; its key, once it is on disk."""
    kept: list[str] = []
    expires_at = services.clock.now() + timedelta(seconds=lasts_s) if lasts_s else None
    refusals = services.commands.fire(
        "entry", str(uuid4()), "ADD_NOTE", {"incident_id": OTHER.id, "text": text},
        expires_at=expires_at, done=lambda item: kept.append(item.id),
    )  # fmt: skip
    assert not refusals
    qtbot.waitUntil(lambda: bool(kept), timeout=LONG)
    return kept[0]


def notes(server: Server) -> list[str]:
    """The texts on the other case, the oldest first."""
    entries = sorted(server.of_case("entry", OTHER.id), key=lambda entry: entry.at)
    return [entry.text for entry in entries]


@pytest.mark.slow
def test_a_post_whose_answer_was_lost_gives_one_record(
    qtbot: QtBot, seat: Services, line: Line, server: Server
) -> None:
    line.lose_answer(POST)
    key = fire_note(qtbot, seat, "只此一条")
    assert line.answer_lost.wait(30)
    assert notes(server) == ["只此一条"]  # it was committed before the cut
    qtbot.waitUntil(lambda: states(seat)[key] == "RETRY_WAIT", timeout=LONG)
    line.plug()
    wait_sent(qtbot, seat)
    assert (outbox(seat)[key].state, outbox(seat)[key].attempts) == ("ACKED", 2)
    assert notes(server) == ["只此一条"]
    assert len(server.audit(key=key)) == 1


@pytest.mark.slow
def test_a_case_that_moved_on_meanwhile_is_a_conflict_side_by_side_while_notes_are_sent(
    qtbot: QtBot, night: BackendProcess, server: Server, line: Line, open_desk: OpenDesk
) -> None:
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    wait_known(qtbot, desk.services, "incident", OTHER.id)
    line.pull()
    wait_link(qtbot, desk.services, LinkState.OFFLINE)
    confirm(qtbot, desk)
    ours = next(iter(outbox(desk.services)))
    log = [fire_note(qtbot, desk.services, text) for text in ("已通知路政", "已通知高速交警")]
    server.act(CHIEF, "ASSIGN", OURS.id, owner_id=COLLEAGUE.id, reason="换班")
    line.plug()
    wanted = {ours: "CONFLICT", **dict.fromkeys(log, "ACKED")}
    qtbot.waitUntil(lambda: states(desk.services) == wanted, timeout=LONG)
    assert notes(server) == ["已通知路政", "已通知高速交警"]
    assert server.get("incident", OURS.id).state == "VERIFYING"
    item = outbox(desk.services)[ours]
    assert (item.command.base_version, item.theirs.version) == (4, 5)
    dialog = compare(qtbot, desk)
    texts = said(dialog)
    assert {"原来", "我的修改", "对方现在", DISPATCHER.name, COLLEAGUE.name} <= set(texts)
    assert any("第 5 版" in text and CHIEF.name in text for text in texts)
    desk.focus(dialog.submit)
    desk.press("Space")
    wait_sent(qtbot, desk.services)
    merged = server.get("incident", OURS.id)
    assert (merged.state, merged.version, merged.owner_id) == ("CONFIRMED", 6, COLLEAGUE.id)


def compare(qtbot: QtBot, desk: Desk) -> ConflictDialog:
    """Open the outbox; the first row needs a decision: Home, Enter."""
    desk.window.show_panel("outbox")
    panel = desk.window.findChild(OutboxPanel)
    assert isinstance(panel, OutboxPanel)
    qtbot.waitUntil(lambda: panel.model.rowCount() > 0)
    desk.focus(panel.view)
    desk.press("Home")
    desk.press("Return")
    qtbot.waitUntil(lambda: isinstance(panel.dialog, ConflictDialog) and panel.dialog.isVisible())
    assert isinstance(panel.dialog, ConflictDialog)
    panel.dialog.activateWindow()  # the virtual screen has no window manager
    qtbot.waitUntil(panel.dialog.isActiveWindow)
    return panel.dialog


@pytest.mark.slow
def test_a_seat_killed_in_the_dark_finds_everything_again_and_sends_it_once(
    qtbot: QtBot,
    night: BackendProcess,
    server: Server,
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
    assert [row["key"] for row in server.audit(seat="A-03") if row["key"]] == kept
    assert notes(server) == ["第一条", "第二条"]
    now = server.get("incident", OURS.id)
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
    server: Server,
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
    assert notes(server) == ["只此一条"]
    assert len(server.audit(key=key)) == 1


@pytest.mark.slow
def test_a_backend_killed_in_the_middle_loses_nothing_and_repeats_nothing(
    qtbot: QtBot, night: BackendProcess, seat: Services, line: Line, server: Server
) -> None:
    texts = [f"第{number}条" for number in range(40)]
    for text in texts:
        seat.commands.fire(
            "entry", str(uuid4()), "ADD_NOTE", {"incident_id": OTHER.id, "text": text}
        )
    qtbot.waitUntil(lambda: list(states(seat).values()).count("ACKED") > 3, timeout=LONG)
    night.kill()
    sent_before = list(states(seat).values()).count("ACKED")
    assert sent_before < 40
    line.lead_to(night.start())
    server.moved(night.url)
    qtbot.waitUntil(lambda: len(states(seat)) == 40, timeout=LONG)
    wait_sent(qtbot, seat)
    wait_link(qtbot, seat, LinkState.LIVE)
    assert set(states(seat).values()) == {"ACKED"}
    assert notes(server) == texts
    audited = [row["key"] for row in server.audit(event="ADD_NOTE")]
    assert audited == list(outbox(seat))


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
