"""The queue at work: keys, selection, what it asks of the desk, what it paints."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QStyledItemDelegate
from pytestqt.qtbot import QtBot

from app.domain.incident import Place
from app.selection import Ref
from app.services import Services
from tests.support.fake_services import incident, put
from widgets.queue import ACTIONS
from widgets.queue.delegate import ROW_HEIGHT
from widgets.queue.panel import QueuePanel
from widgets.shared.row_model import RowModel
from widgets.shared.row_view import RowView

Key = Qt.Key


def click(panel: QueuePanel, row: int) -> None:
    at = QPoint(100, row * ROW_HEIGHT + 20)
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def marked(panel: QueuePanel) -> list[str]:
    rows = {at.row() for at in panel.view.selectionModel().selectedIndexes()}
    return [panel.model.id_at(row) for row in rows]


def test_open_cases_are_listed_with_the_unaccepted_on_top(panel: QueuePanel) -> None:
    assert panel.model.ids() == ["case-1", "case-2", "case-3"]
    first = panel.model.value(0)
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


def test_the_report_button_asks_the_desk_for_a_report(
    panel: QueuePanel, services: Services
) -> None:
    asked: list[str] = []
    services.selection.act_asked.connect(asked.append)
    panel._report.click()
    assert asked == ["report.new"]


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
