"""The queue at work: keys, selection, what waits while it is hidden, views, export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QStyledItemDelegate
from pytestqt.qtbot import QtBot

from app.domain.alarm import Alarm
from app.domain.changes import DROP, Change
from app.domain.entry import Entry
from app.domain.incident import Place
from app.domain.obligation import Obligation
from app.link import Link, LinkState
from app.messages import Level, Message
from app.selection import Ref
from app.services import Services
from tests.support.fake_services import NOW, USERS, incident, put, running_services
from widgets.queue import ACTIONS
from widgets.queue.delegate import ROW_HEIGHT
from widgets.queue.filter import Filter, Sort
from widgets.queue.panel import QueuePanel
from widgets.queue.views import View, delete_view, save_view, saved_views
from widgets.shared.row_model import RowModel
from widgets.shared.row_view import RowView

Key = Qt.Key


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services() as built:
        built.store.apply(
            put(
                incident(1, state="NEW", title="路面积水"),
                incident(2, state="VERIFYING", title="三车追尾", owner_id="user-shift_chief"),
                incident(3, state="CONFIRMED", title="抛洒物", severity="III", type="OBS"),
                incident(4, state="CLOSED", title="货车抛锚"),
            )
        )
        yield built


@pytest.fixture
def panel(services: Services, qtbot: QtBot) -> QueuePanel:
    made = QueuePanel(services)
    qtbot.addWidget(made)
    made.resize(375, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def click(panel: QueuePanel, row: int) -> None:
    at = QPoint(100, row * ROW_HEIGHT + 20)
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def marked(panel: QueuePanel) -> list[str]:
    rows = {at.row() for at in panel.view.selectionModel().selectedIndexes()}
    return [panel.model.id_at(row) for row in rows]


def test_open_cases_are_listed_with_the_unaccepted_on_top(panel: QueuePanel) -> None:
    assert panel.model.ids() == ["case-1", "case-2", "case-3"]
    first = panel.model.card(0)
    assert first is not None
    assert (first.title, first.state, first.unaccepted) == ("路面积水", "待受理", True)


def test_a_click_selects_and_a_double_click_opens(
    panel: QueuePanel, services: Services, qtbot: QtBot
) -> None:
    opened: list[Ref] = []
    services.selection.opened.connect(opened.append)
    click(panel, 1)
    assert services.selection.current == Ref("incident", "case-2")
    assert opened == []
    click(panel, 0)
    at = QPoint(100, 20)
    QTest.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened == [Ref("incident", "case-1")]


@pytest.mark.parametrize(("down", "up"), [(Key.Key_J, Key.Key_K), (Key.Key_Down, Key.Key_Up)])
def test_keys_walk_through_the_rows_and_enter_opens(
    panel: QueuePanel, services: Services, qtbot: QtBot, down: Qt.Key, up: Qt.Key
) -> None:
    opened: list[Ref] = []
    services.selection.opened.connect(opened.append)
    walked = []
    for key in (down, down, down, down, up):
        QTest.keyClick(panel.view, key)
        assert services.selection.current is not None
        walked.append(services.selection.current.id)
    assert walked == ["case-1", "case-2", "case-3", "case-3", "case-2"]
    QTest.keyClick(panel.view, Key.Key_Return)
    assert opened == [Ref("incident", "case-2")]


def test_single_keys_in_the_search_box_are_text(
    panel: QueuePanel, services: Services, qtbot: QtBot
) -> None:
    panel.head.search.setFocus()
    QTest.keyClicks(panel.head.search, "jk")
    assert panel.head.search.text() == "jk"
    assert services.selection.current is None


def test_typing_filters_and_escape_shows_all_again(panel: QueuePanel, qtbot: QtBot) -> None:
    panel.head.search.setText("追尾")
    qtbot.waitUntil(lambda: panel.model.ids() == ["case-2"])
    QTest.keyClick(panel.head.search, Key.Key_Escape)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 3)


def test_the_cache_search_adds_what_the_row_does_not_say(
    panel: QueuePanel, services: Services, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.cases, "search", lambda text, done: done(["case-3", "case-4"]))
    panel.head.search.setText("红色货车")
    qtbot.waitUntil(lambda: panel.model.ids() == ["case-3"])


def test_a_selection_made_elsewhere_is_marked_and_scrolled_to(
    panel: QueuePanel, services: Services, qtbot: QtBot
) -> None:
    services.store.apply(put(*(incident(n, state="CONFIRMED") for n in range(10, 60))))
    last = panel.model.ids()[-1]
    services.selection.select(Ref("incident", last))
    assert marked(panel) == [last]
    assert panel.view.verticalScrollBar().value() > 0


def test_a_removed_row_never_hands_the_selection_to_its_neighbour(
    panel: QueuePanel, services: Services
) -> None:
    services.selection.select(Ref("incident", "case-2"))
    services.store.apply(put(incident(2, version=2, state="CLOSED")))
    assert services.selection.current == Ref("incident", "case-2")
    assert marked(panel) == []


def test_the_list_stands_still_while_cases_arrive_above(
    panel: QueuePanel, services: Services, qtbot: QtBot
) -> None:
    services.store.apply(put(*(incident(n, state="CONFIRMED") for n in range(10, 60))))
    bar = panel.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 20 * ROW_HEIGHT)
    bar.setValue(10 * ROW_HEIGHT + 7)
    top = panel.model.id_at(10)
    services.store.apply(put(*(incident(n, state="NEW") for n in range(100, 105))))
    value = bar.value()
    assert (panel.model.id_at(value // ROW_HEIGHT), value % ROW_HEIGHT) == (top, 7)


def test_changes_come_row_by_row_without_a_reset(panel: QueuePanel, services: Services) -> None:
    reset = QSignalSpy(panel.model.modelReset)
    changed = QSignalSpy(panel.model.dataChanged)
    services.store.apply(put(incident(3, version=2, state="CONFIRMED", title="抛洒物 已清理")))
    services.store.apply([Change(rev=9, op=DROP, kind="incident", id="case-2")])
    assert (reset.count(), changed.count()) == (0, 1)
    assert panel.model.ids() == ["case-1", "case-3"]


def test_a_hidden_queue_waits_and_catches_up_when_shown(
    panel: QueuePanel, services: Services, qtbot: QtBot
) -> None:
    panel.hide()
    services.store.apply(put(incident(5, state="NEW")))
    assert panel.model.rowCount() == 3
    assert panel.feed.waiting == 1
    with qtbot.waitExposed(panel):
        panel.show()
    assert panel.model.rowCount() == 4


def test_a_large_store_is_fed_in_slices_open_cases_first(services: Services, qtbot: QtBot) -> None:
    closed = (incident(n, state="CLOSED") for n in range(100, 6000))
    services.store.apply(put(*closed))
    panel = QueuePanel(services)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.feed.waiting > 0
    assert panel.model.ids() == ["case-1", "case-2", "case-3"]
    qtbot.waitUntil(lambda: panel.feed.waiting == 0)
    assert len(panel.model.cases) == 5904


def test_a_report_duty_brings_its_clock_into_the_row(panel: QueuePanel, services: Services) -> None:
    due = NOW + timedelta(minutes=5)
    duty = Obligation(
        id="o", version=1, incident_id="case-3", rule_id="PHONE_30", level="III", recipient="x",
        report="PHONE", clock_from=NOW - timedelta(minutes=25), due_at=due,
    )  # fmt: skip
    services.store.apply(put(duty))
    row = panel.model.row_of("case-3")
    card = panel.model.card(row) if row is not None else None
    assert card is not None
    assert card.clock is not None
    assert card.clock.due == due
    services.store.apply(put(replace(duty, version=2, state="SENT")))
    ended = panel.model.card(panel.model.row_of("case-3") or 0)
    assert ended is not None
    assert ended.clock is None


def test_only_an_unacknowledged_alarm_pulses(panel: QueuePanel, services: Services) -> None:
    alarm = Alarm(
        id="a", version=1, rule="UNACCEPTED", incident_id="case-1", raised_at=NOW, last_at=NOW
    )
    services.store.apply(put(alarm))
    assert panel.delegate.alarmed == {"case-1"}
    services.store.apply(put(replace(alarm, version=2, acknowledged_by="user-dispatcher")))
    assert panel.delegate.alarmed == set()


def test_own_waiting_acts_and_provisional_numbers_are_marked(
    panel: QueuePanel, services: Services
) -> None:
    services.commands.online = False  # type: ignore[attr-defined]  # the fake's switch
    incident_id, refusals = services.commands.report(
        {"source": "12122", "known_at": NOW.isoformat(), "type": "ACC", "place": {"text": "塘沽"}}
    )
    assert refusals == ()
    row = panel.model.row_of(incident_id)
    card = panel.model.card(row) if row is not None else None
    assert card is not None
    assert card.marks == (f"临-{incident_id[:4].upper()}", "待发")


def test_chips_narrow_together_and_count_what_each_would_show(
    panel: QueuePanel, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: panel.head.chips["open"].text() == "未结 3")
    texts = [chip.text() for chip in panel.head.chips.values()]
    assert texts == ["未结 3", "我的 1", "未受理 1", "较大以上 1"]
    panel.head.chips["mine"].click()
    assert panel.model.ids() == ["case-2"]
    panel.head.chips["serious"].click()
    assert panel.model.ids() == []
    panel.head.chips["open"].click()
    assert panel.model.rowCount() == 3


def test_an_empty_list_says_why_and_offers_the_way_out(panel: QueuePanel, qtbot: QtBot) -> None:
    panel.head.search.setText("没有这样的事")
    qtbot.waitUntil(panel.empty.isVisible)
    panel.empty.acted.emit()
    assert panel.model.rowCount() == 3
    assert panel.view.isVisible()


def test_another_user_has_other_cases_as_mine(panel: QueuePanel, services: Services) -> None:
    panel.head.chips["mine"].click()
    services.session.sign_in(USERS["DISPATCHER"].username, "secret-for-tests", lambda why: None)  # type: ignore[index]  # Role is a str
    assert panel.model.ids() == []


def test_a_saved_view_brings_filter_and_order_back(panel: QueuePanel, services: Services) -> None:
    wanted = Filter(closed=True, types=frozenset({"ACC"}))
    save_view(services.preferences, View("本班事故", wanted, Sort.TIME))
    save_view(services.preferences, View("本班事故", wanted, Sort.STATE))
    (view,) = saved_views(services.preferences)
    panel._views.chosen.emit(view)
    assert panel.model.ids() == ["case-1", "case-2", "case-4"]
    assert panel.head.sort == Sort.STATE
    delete_view(services.preferences, "本班事故")
    assert saved_views(services.preferences) == []


def test_the_last_filter_is_there_after_a_restart_but_not_the_text(
    panel: QueuePanel, services: Services, qtbot: QtBot
) -> None:
    panel.head.chips["serious"].click()
    panel.head.search.setText("抛洒")
    qtbot.waitUntil(lambda: panel.head.filter.text == "抛洒")
    again = QueuePanel(services)
    qtbot.addWidget(again)
    assert again.head.filter == Filter(level="III")


def test_a_list_that_stands_still_says_since_when(panel: QueuePanel, services: Services) -> None:
    stale = panel.head._stale
    assert not stale.isVisible()
    services.link.show(Link(state=LinkState.OFFLINE, last_word_at=NOW))
    assert "12:34:56" in stale.text()
    assert stale.isVisible()


def test_the_report_button_fires_the_window_s_action(panel: QueuePanel, qtbot: QtBot) -> None:
    class Window(QMainWindow):
        fired: ClassVar[list[str]] = []

        def fire(self, action_id: str) -> None:
            self.fired.append(action_id)

    window = Window()
    window.setObjectName("mainWindow")
    qtbot.addWidget(window)
    panel._report.click()
    assert window.fired == ["report.new"]


def test_visible_rows_are_exported_for_a_spreadsheet(
    panel: QueuePanel, services: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    services.store.apply(
        put(incident(3, version=2, state="CONFIRMED", title="=1+1", place=Place(text="塘沽")))
    )
    said: list[Message] = []
    services.messages.posted.connect(said.append)
    file = tmp_path / "out.csv"
    panel.exporter.write(panel.model.ids(), str(file))
    qtbot.waitUntil(lambda: bool(said))
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["编号", "标题"]
    assert [row[0] for row in rows[1:]] == [f"INC-20261122-000{n}" for n in (1, 2, 3)]
    assert rows[3][1] == "'=1+1"
    assert said[0].level == Level.GOOD


def test_an_export_that_fails_says_so(
    panel: QueuePanel, services: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[Message] = []
    services.messages.posted.connect(said.append)
    panel.exporter.write(panel.model.ids(), str(tmp_path / "missing" / "out.csv"))
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].level == Level.BAD


def test_rows_with_hostile_text_and_unknown_codes_are_painted(
    panel: QueuePanel, services: Services
) -> None:
    services.store.apply(
        put(
            incident(20, title="<b>x</b>'; DROP TABLE" + "长" * 5000, state="LATER", severity="V"),
            incident(21, title="שלום عربى 🚧\n\n第二行", type="NEWTYPE", place=Place()),
        )
    )
    picture = panel.view.grab()
    assert not picture.isNull()
    assert panel.model.row_of("case-20") is not None


def test_the_desk_s_keys_walk_the_queue_unless_another_list_has_the_focus(
    services: Services, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    following = next(action for action in ACTIONS if action.id == "queue.next")
    rows = RowModel()
    rows.apply({"a": ((1,), "甲"), "b": ((2,), "乙")})
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QueuePanel(services))
    other = RowView(rows, QStyledItemDelegate(), 30, window)
    with qtbot.waitExposed(window):
        window.show()
    following.run(services, window)
    assert services.selection.current == Ref("incident", "case-1")
    monkeypatch.setattr(QApplication, "focusWidget", lambda: other)
    following.run(services, window)
    assert other.currentIndex().row() == 0
    assert services.selection.current == Ref("incident", "case-1")


def test_a_clash_is_marked_on_the_row(panel: QueuePanel, services: Services) -> None:
    services.commands.online = False  # type: ignore[attr-defined]  # the fake's switch
    assert services.commands.fire("incident", "case-1", "ACCEPT", {}) == ()
    (waiting,) = services.store.pending("incident", "case-1")
    services.store.apply(items=[replace(waiting, version=9, state="CONFLICT")])
    row = panel.model.row_of("case-1")
    card = panel.model.card(row) if row is not None else None
    assert card is not None
    assert card.marks == ("冲突",)


def test_a_note_starts_the_clock_of_a_case_again(panel: QueuePanel, services: Services) -> None:
    quiet = incident(5, state="RESPONDING", severity="IV", updated_at=NOW - timedelta(minutes=29))
    services.store.apply(put(quiet))
    note = Entry(id="note", version=1, incident_id=quiet.id, type="NOTE", at=NOW)
    services.store.apply(put(note))
    row = panel.model.row_of(quiet.id)
    assert row is not None
    card = panel.model.card(row)
    assert card is not None
    assert card.clock is not None
    assert card.clock.due == NOW + timedelta(minutes=30)
