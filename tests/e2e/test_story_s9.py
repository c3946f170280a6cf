"""Story S9: the link is lost on the night shift, and nothing else is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.link import LinkState
from app.services import Services
from tests.e2e.hands import (
    LONG,
    OpenDesk,
    ServerAt,
    StartBackend,
    act,
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
from tests.e2e.night import OTHER, OURS, POST, fire_note, night_shift, notes
from tests.support.backend_process import BackendProcess
from tests.support.handbook import CHIEF, COLLEAGUE, DISPATCHER
from tests.support.line import Line
from tests.support.server import Server
from widgets.outbox.conflict_dialog import ConflictDialog
from widgets.outbox.panel import OutboxPanel
from widgets.tour.driver import Desk


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
    qtbot: QtBot, night_server: Server, line: Line, open_desk: OpenDesk
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
    accepted = night_server.audit(seat="A-03", outcome="accepted")
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


@pytest.mark.slow
def test_a_post_whose_answer_was_lost_gives_one_record(
    qtbot: QtBot, night_seat: Services, line: Line, night_server: Server
) -> None:
    line.lose_answer(POST)
    key = fire_note(qtbot, night_seat, "只此一条")
    assert line.answer_lost.wait(30)
    assert notes(night_server) == ["只此一条"]  # it was committed before the cut
    qtbot.waitUntil(lambda: states(night_seat)[key] == "RETRY_WAIT", timeout=LONG)
    line.plug()
    wait_sent(qtbot, night_seat)
    assert (outbox(night_seat)[key].state, outbox(night_seat)[key].attempts) == ("ACKED", 2)
    assert notes(night_server) == ["只此一条"]
    assert len(night_server.audit(key=key)) == 1


@pytest.mark.slow
def test_a_case_that_moved_on_meanwhile_is_a_conflict_side_by_side_while_notes_are_sent(
    qtbot: QtBot, night: BackendProcess, night_server: Server, line: Line, open_desk: OpenDesk
) -> None:
    desk = open_desk(line)
    sign_in(qtbot, desk, DISPATCHER)
    wait_known(qtbot, desk.services, "incident", OTHER.id)
    line.pull()
    wait_link(qtbot, desk.services, LinkState.OFFLINE)
    confirm(qtbot, desk)
    ours = next(iter(outbox(desk.services)))
    log = [fire_note(qtbot, desk.services, text) for text in ("已通知路政", "已通知高速交警")]
    night_server.act(CHIEF, "ASSIGN", OURS.id, owner_id=COLLEAGUE.id, reason="换班")
    line.plug()
    wanted = {ours: "CONFLICT", **dict.fromkeys(log, "ACKED")}
    qtbot.waitUntil(lambda: states(desk.services) == wanted, timeout=LONG)
    assert notes(night_server) == ["已通知路政", "已通知高速交警"]
    assert night_server.get("incident", OURS.id).state == "VERIFYING"
    item = outbox(desk.services)[ours]
    assert (item.command.base_version, item.theirs.version) == (4, 5)
    dialog = compare(qtbot, desk)
    texts = said(dialog)
    assert {"原来", "我的修改", "对方现在", DISPATCHER.name, COLLEAGUE.name} <= set(texts)
    assert any("第 5 版" in text and CHIEF.name in text for text in texts)
    desk.focus(dialog.submit)
    desk.press("Space")
    wait_sent(qtbot, desk.services)
    merged = night_server.get("incident", OURS.id)
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
