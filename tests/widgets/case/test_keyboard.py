"""The case page with the keyboard alone, and what a screen reader says of it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera
from app.domain.incident import Place
from app.domain.obligation import Obligation
from app.services import Services
from tests.support.fake_services import NOW, incident, put
from tests.widgets.case.conftest import Open
from widgets.case.panel import CasePanel
from widgets.shared.tab_order import visual_order

POINT = Place(lon=117.7, lat=39.0, text="海滨高速")


def full_case(services: Services) -> None:
    duty = Obligation(
        id="duty", version=1, incident_id="case-1", rule_id="PHONE_30", level="IV",
        recipient="市委市政府总值班室", report="PHONE", clock_from=NOW,
        due_at=NOW + timedelta(minutes=30),
    )  # fmt: skip
    case = incident(1, state="CONFIRMED", severity="IV", place=POINT, owner_id="user-shift_chief")
    cameras = [Camera(id=f"cam-{i}", name=f"相机{i}", place=POINT) for i in (1, 2)]
    services.store.apply(put(case, duty, *cameras))


def tabbed(panel: CasePanel, start: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Where the focus goes from `start` until it leaves the page or comes back."""
    start.setFocus(Qt.FocusReason.TabFocusReason)
    way = [start]
    while True:
        QTest.keyClick(way[-1], key)
        there = QApplication.focusWidget()
        if there is None or there in way or not panel.page.isAncestorOf(there):
            return way
        way.append(there)


def test_tab_goes_down_the_page_from_the_acts_to_the_note(
    services: Services, open_case: Open
) -> None:
    full_case(services)
    panel = open_case("case-1")
    services.store.apply(  # other acts take the place of those that the page began with
        put(incident(1, version=2, state="RESPONDING", severity="IV", place=POINT,
                     owner_id="user-shift_chief"))
    )  # fmt: skip
    first = next(w for w in visual_order(panel.page) if w.isVisible() and w.isEnabled())
    way = tabbed(panel, first)
    middles = [w.mapTo(panel.page, w.rect().center()).y() for w in way]
    acts = [i for i, w in enumerate(way) if w.objectName().startswith("act-")]
    note = next(i for i, w in enumerate(way) if w.accessibleName() == "备注")
    assert acts and max(acts) < note
    scroll = next(i for i, w in enumerate(way) if w.accessibleName() == "事件内容")
    inside = middles[scroll + 1 : note]
    assert all(upper <= lower + 12 for upper, lower in pairwise(inside))
    back = tabbed(panel, way[-1], Qt.Key.Key_Backtab)
    assert back == way[::-1]


def test_a_form_that_opens_stands_in_the_order_where_it_is_seen(
    services: Services, open_case: Open
) -> None:
    full_case(services)
    panel = open_case("case-1")
    panel.page._on_act("START_RESPONSE")
    services.store.apply(put(incident(1, version=3, state="CONFIRMED", severity="IV", place=POINT)))
    panel.page._on_amend()
    form = panel.page.forms.form
    assert form is not None
    way = tabbed(panel, next(w for w in visual_order(form) if w.isVisible()))
    amended = [i for i, w in enumerate(way) if form.isAncestorOf(w)]
    assert len(amended) > 3
    assert amended == list(range(len(amended)))
    assert way[len(amended)].accessibleName() == "事件分页"


def test_everything_that_takes_the_focus_has_a_name_and_no_two_the_same(
    services: Services, open_case: Open, qtbot: QtBot
) -> None:
    full_case(services)
    panel = open_case("case-1")
    panel.page.show_tab("nearby")
    qtbot.waitUntil(lambda: any("相机2" in n for n in names(panel)))
    found = names(panel)
    assert "" not in found
    assert len(found) == len(set(found))


def names(panel: CasePanel) -> list[str]:
    """As a screen reader gets them; the hidden parts of a tab bar are Qt's own."""
    shown = (w for w in visual_order(panel.page) if w.isVisible())
    told = (QAccessible.queryAccessibleInterface(w) for w in shown if type(w) is not QToolButton)
    return [interface.text(QAccessible.Text.Name) for interface in told]
