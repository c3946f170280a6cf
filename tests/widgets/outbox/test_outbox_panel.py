"""The outbox at work: order, words, retry, cancel, conflicts and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.domain.outbox import OutboxItem
from app.selection import Ref
from app.services import Services
from tests.support.fake_services import NOW, USERS, incident, put, running_services
from tests.widgets.outbox.items import clash, item
from widgets.outbox.conflict_dialog import MINE, THEIRS, ConflictDialog
from widgets.outbox.edit_dialog import EditDialog
from widgets.outbox.panel import OutboxPanel
from widgets.outbox.row import OutboxRow

Key = Qt.Key


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services() as built:
        built.store.apply(
            put(incident(1, version=4, state="RESPONDING", owner_id="user-shift_chief"))
        )
        yield built


@pytest.fixture
def panel(services: Services, qtbot: QtBot) -> OutboxPanel:
    made = OutboxPanel(services)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def pick(panel: OutboxPanel, key: str) -> None:
    row = panel.model.row_of(key)
    assert row is not None
    panel.view.setCurrentIndex(panel.model.index(row, 0))
    panel.view.picked.emit(row)


def row(panel: OutboxPanel, key: str) -> OutboxRow:
    found = panel.model.row_of(key)
    assert found is not None
    value = panel.model.value(found)
    assert isinstance(value, OutboxRow)
    return value


def sign_in(services: Services, role: str) -> None:
    services.session.sign_in(USERS[role].username, "secret-for-tests", lambda why: None)  # type: ignore[index]  # Role is a str


def open_conflict(panel: OutboxPanel, services: Services, conflict: OutboxItem) -> ConflictDialog:
    services.store.apply(items=[conflict])
    pick(panel, conflict.id)
    panel.decide.click()
    assert isinstance(panel.dialog, ConflictDialog)
    return panel.dialog


def test_what_needs_a_person_stands_on_top_then_what_waits_in_its_turn(
    panel: OutboxPanel, services: Services
) -> None:
    items = [
        item(1, "QUEUED", minutes=2), item(2, "RETRY_WAIT", minutes=9),
        item(3, "FAILED", minutes=1), item(4, "CONFLICT", minutes=30),
        item(5, "ACKED"), item(6, "EXPIRED"),
    ]  # fmt: skip
    services.store.apply(items=items)
    assert panel.model.ids() == ["key-4", "key-3", "key-2", "key-1", "key-6"]
    assert panel.age.text() == "最早 30:00 前"


def test_the_history_lists_what_ended_within_a_day(panel: OutboxPanel, services: Services) -> None:
    old = item(2, "ACKED", minutes=60 * 25)
    services.store.apply(
        items=[item(1, "ACKED"), old, item(3, "CANCELLED", cancel_reason="误操作")]
    )
    assert panel.model.rowCount() == 0
    assert panel.empty.isVisible()
    panel.history.click()
    assert sorted(panel.model.ids()) == ["key-1", "key-3"]
    assert row(panel, "key-3").error == "原因:误操作"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "RETRY_WAIT", "last_error": "UNREACHABLE"}, "连不上服务器,稍后自动重发"),
        ({"state": "RETRY_WAIT", "last_error": "HTTP_503"}, "服务器出错(503),稍后自动重发"),
        ({"state": "RETRY_WAIT", "last_error": "AUTHOR_SIGNED_OUT"}, "作者须重新登录后才能发出"),
        ({"state": "FAILED", "last_error": "NEW_CODE"}, "服务器未接受:NEW_CODE"),
        (
            {"state": "FAILED", "last_error": "NOT_YOUR_ROLE",
             "error_params": (("roles", ["DUTY_LEADER"]),)},
            "未被接受:需带班领导",
        ),
        ({"state": "EXPIRED"}, "已过有效时间,没有发出"),
        ({"state": "QUEUED"}, ""),
    ],
)  # fmt: skip
def test_trouble_is_told_in_plain_words(
    panel: OutboxPanel, services: Services, values: dict[str, Any], words: str
) -> None:
    services.store.apply(items=[item(1, **values)])
    assert row(panel, "key-1").error == words


def test_a_row_names_the_act_the_case_and_the_author(
    panel: OutboxPanel, services: Services
) -> None:
    services.store.apply(items=[item(1, "QUEUED", author="user-dispatcher")])
    shown = row(panel, "key-1")
    assert (shown.words, shown.event, shown.author) == ("○ 待发", "现场已控制", "王芳")
    assert shown.case == "INC-20261122-0001 三车追尾 占2车道"


def test_states_and_acts_of_a_newer_version_are_shown_as_unknown(
    panel: OutboxPanel, services: Services
) -> None:
    services.store.apply(items=[item(1, "PARKED", event="TELEPORT")])
    shown = row(panel, "key-1")
    assert (shown.words, shown.event) == ("? PARKED(未知)", "TELEPORT(未知)")
    assert not panel.view.grab().isNull()


def test_a_state_change_is_one_row_and_no_reset(panel: OutboxPanel, services: Services) -> None:
    services.store.apply(items=[item(1), item(2, minutes=3)])
    reset, changed = QSignalSpy(panel.model.modelReset), QSignalSpy(panel.model.dataChanged)
    services.store.apply(items=[item(1, "SENDING", attempts=1, version=1)])
    assert (reset.count(), changed.count()) == (0, 1)


def test_only_a_waiting_item_is_retried_now(panel: OutboxPanel, services: Services) -> None:
    waits = item(1, "RETRY_WAIT", next_at=NOW + timedelta(minutes=1))
    services.store.apply(items=[waits, item(2, "SENDING")])
    pick(panel, "key-2")
    assert not panel.retry.isEnabled()
    assert not panel.cancel.isEnabled()
    pick(panel, "key-1")
    panel.retry.click()
    assert row(panel, "key-1").state == "QUEUED"


def test_taking_back_asks_for_a_reason(panel: OutboxPanel, services: Services) -> None:
    services.store.apply(items=[item(1)])
    pick(panel, "key-1")
    panel.cancel.click()
    QTest.keyClick(panel.reason, Key.Key_Return)
    assert row(panel, "key-1").state == "QUEUED"
    QTest.keyClicks(panel.reason, "wrong case")
    QTest.keyClick(panel.reason, Key.Key_Return)
    assert panel.model.rowCount() == 0
    assert not panel.reason.isVisible()


def test_escape_leaves_an_item_in_place(panel: OutboxPanel, services: Services) -> None:
    services.store.apply(items=[item(1)])
    pick(panel, "key-1")
    panel.cancel.click()
    QTest.keyClick(panel.reason, Key.Key_Escape)
    assert not panel.reason.isVisible()
    assert row(panel, "key-1").state == "QUEUED"


def test_only_the_author_or_the_chief_takes_an_item_back(
    panel: OutboxPanel, services: Services
) -> None:
    services.store.apply(
        items=[item(1, author="user-duty_leader"), item(2, author="user-dispatcher")]
    )
    pick(panel, "key-1")
    assert panel.cancel.isEnabled()
    sign_in(services, "DISPATCHER")
    pick(panel, "key-1")
    assert not panel.cancel.isEnabled()
    assert panel.cancel.toolTip() == "只有本人或值班长可以撤销"
    pick(panel, "key-2")
    assert panel.cancel.isEnabled()


def test_enter_opens_the_case_of_an_item(panel: OutboxPanel, services: Services) -> None:
    opened: list[Ref] = []
    services.selection.opened.connect(opened.append)
    services.store.apply(items=[item(1)])
    QTest.keyClick(panel.view, Key.Key_J)
    QTest.keyClick(panel.view, Key.Key_Return)
    assert opened == [Ref("incident", "case-1")]


def test_every_contested_field_must_be_chosen(panel: OutboxPanel, services: Services) -> None:
    dialog = open_conflict(panel, services, clash())
    assert not dialog.submit.isEnabled()
    assert dialog.why.text() == "还有 2 项要选择"
    dialog.choices["title"].button(THEIRS).click()
    dialog.choices["lanes"].button(MINE).click()
    assert dialog.submit.isEnabled()


def test_the_chosen_fields_are_sent_on_the_new_version(
    panel: OutboxPanel, services: Services
) -> None:
    dialog = open_conflict(panel, services, clash())
    dialog.choices["title"].button(THEIRS).click()
    dialog.choices["lanes"].button(MINE).click()
    dialog.submit.click()
    sent = services.commands.fired[-1]  # type: ignore[attr-defined]  # the fake's record
    assert sent.base_version == 4
    assert sent.fields["facts"] == {"lanes": ["1", "2", "3"], "queue_m": 800}
    assert panel.dialog is None
    assert panel.model.rowCount() == 0


def test_taking_all_from_the_other_side_means_taking_back(
    panel: OutboxPanel, services: Services
) -> None:
    dialog = open_conflict(panel, services, clash())
    for group in dialog.choices.values():
        group.button(THEIRS).click()
    assert not dialog.submit.isEnabled()
    dialog.withdraw.click()
    cancelled = services.store.get("outbox", "key-1")
    assert isinstance(cancelled, OutboxItem)
    assert cancelled.state == "CANCELLED"


def test_an_act_that_the_new_state_forbids_says_why(panel: OutboxPanel, services: Services) -> None:
    conflict = clash()
    closed = replace(conflict, theirs=replace(conflict.theirs, state="CLOSED"))
    dialog = open_conflict(panel, services, closed)
    assert "当前状态不可" in dialog.why.text()
    assert not dialog.submit.isEnabled()
    assert dialog.withdraw.isEnabled()


def test_deciding_later_leaves_the_conflict(panel: OutboxPanel, services: Services) -> None:
    dialog = open_conflict(panel, services, clash())
    dialog.later.click()
    assert row(panel, "key-1").state == "CONFLICT"


def test_a_refused_act_is_corrected_and_sent_anew(panel: OutboxPanel, services: Services) -> None:
    services.store.apply(put(incident(1, version=5, state="RESPONDING", severity="IV")))
    failed = item(
        1, "FAILED", "RECLASSIFY", {"severity": "I", "reason": "误判"},
        last_error="NOT_YOUR_ROLE", error_params=(("roles", ["DUTY_LEADER"]),),
    )  # fmt: skip
    services.store.apply(items=[failed])
    sign_in(services, "DUTY_LEADER")
    pick(panel, "key-1")
    assert panel.decide.text() == "修改后重发"
    panel.decide.click()
    dialog = panel.dialog
    assert isinstance(dialog, EditDialog)
    assert dialog.why.text() == "未被接受:需带班领导"
    assert dialog.editors["severity"].value() == "I"
    dialog.editors["severity"].set_value("IV")
    dialog.submit.click()
    assert dialog.why.text() == "没有改动"
    dialog.editors["severity"].set_value("III")
    services.store.apply(items=[failed])
    dialog.submit.click()
    sent = services.commands.fired[-1]  # type: ignore[attr-defined]  # the fake's record
    assert sent.fields == {"severity": "III", "reason": "误判"}


def test_a_hidden_outbox_catches_up_when_shown(
    panel: OutboxPanel, services: Services, qtbot: QtBot
) -> None:
    panel.hide()
    services.store.apply(items=[item(1)])
    assert panel.model.rowCount() == 0
    with qtbot.waitExposed(panel):
        panel.show()
    assert panel.model.rowCount() == 1
