"""What changes while the queue is shown, or hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from app.domain.alarm import Alarm
from app.domain.changes import DROP, Change
from app.domain.entry import Entry
from app.domain.obligation import Obligation
from app.link import Link, LinkState
from app.services import Services
from tests.support.fake_services import NOW, incident, put
from widgets.queue.delegate import ROW_HEIGHT
from widgets.queue.panel import QueuePanel

Key = Qt.Key


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
    card = panel.model.value(row) if row is not None else None
    assert card is not None
    assert card.clock is not None
    assert card.clock.due == due
    services.store.apply(put(replace(duty, version=2, state="SENT")))
    ended = panel.model.value(panel.model.row_of("case-3") or 0)
    assert ended is not None
    assert ended.clock is None


def test_a_note_starts_the_clock_of_a_case_again(panel: QueuePanel, services: Services) -> None:
    quiet = incident(5, state="RESPONDING", severity="IV", updated_at=NOW - timedelta(minutes=29))
    services.store.apply(put(quiet))
    note = Entry(id="note", version=1, incident_id=quiet.id, type="NOTE", at=NOW)
    services.store.apply(put(note))
    row = panel.model.row_of(quiet.id)
    assert row is not None
    card = panel.model.value(row)
    assert card is not None
    assert card.clock is not None
    assert card.clock.due == NOW + timedelta(minutes=30)


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
    card = panel.model.value(row) if row is not None else None
    assert card is not None
    assert card.marks == (f"临-{incident_id[:4].upper()}", "待发")


def test_a_clash_is_marked_on_the_row(panel: QueuePanel, services: Services) -> None:
    services.commands.online = False  # type: ignore[attr-defined]  # the fake's switch
    assert services.commands.fire("incident", "case-1", "ACCEPT", {}) == ()
    (waiting,) = services.store.pending("incident", "case-1")
    services.store.apply(items=[replace(waiting, version=9, state="CONFLICT")])
    row = panel.model.row_of("case-1")
    card = panel.model.value(row) if row is not None else None
    assert card is not None
    assert card.marks == ("冲突",)


def test_a_list_that_stands_still_says_since_when(panel: QueuePanel, services: Services) -> None:
    stale = panel.head._stale
    assert not stale.isVisible()
    services.link.show(Link(state=LinkState.OFFLINE, last_word_at=NOW))
    assert "12:34:56" in stale.text()
    assert stale.isVisible()
