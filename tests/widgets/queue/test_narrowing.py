"""Filters, search, saved views, and the list that they leave empty."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.district import District
from app.domain.incident import Place
from app.services import Services
from tests.support.fake_services import USERS, incident, put
from widgets.queue.filter import Filter, Sort
from widgets.queue.panel import QueuePanel
from widgets.queue.views import View, delete_view, save_view, saved_views
from widgets.shared.buttons import Chip

Key = Qt.Key


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


def test_an_imported_district_is_offered_by_its_name_others_by_their_code(
    panel: QueuePanel, services: Services
) -> None:
    cases = (incident(5, place=Place(adcode="120116")), incident(6, place=Place(adcode="120110")))
    services.store.apply(put(*cases, District(id="120116", name="滨海新区")))
    popup = panel.head.popup
    panel.head.filtering.emit()
    offered = [chip.text() for chip in popup.findChildren(Chip) if chip.isVisibleTo(popup)]
    assert {"滨海新区", "120110", "区划未知"} <= set(offered)
    assert "120116" not in offered
    popup.hide()
