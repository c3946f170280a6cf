from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.panels import Area
from app.services import Services
from tests.widgets.frame.conftest import Open
from widgets.frame.docks import FOOT, WIDTHS, Docks
from widgets.window import MainWindow


def docks_of(window: MainWindow) -> Docks:
    assert window.workspace is not None
    return window.workspace.docks


def open_panels(window: MainWindow) -> set[str]:
    return {panel for panel, dock in docks_of(window).docks.items() if not dock.isClosed()}


def test_the_situation_comes_first_with_queue_map_and_case(window: MainWindow) -> None:
    assert window.workspace is not None
    assert window.workspace.layouts.current == "situation"
    assert open_panels(window) == {"queue", "map", "case"}


def test_a_role_without_a_situation_to_manage_begins_with_the_cases(
    open_window: Open, services: Services
) -> None:
    window = open_window(services)
    services.session.sign_in("auditor", "", lambda _: None)
    assert window.workspace is not None
    assert window.workspace.layouts.current == "incidents"


def test_each_layout_is_found_as_it_was_left(window: MainWindow) -> None:
    docks_of(window).show_panel("alarms")
    window.show_layout("incidents")
    assert open_panels(window) == {"queue", "case", "alarms", "outbox"}
    window.show_layout("situation")
    assert open_panels(window) == {"queue", "map", "case", "alarms"}


def test_the_layout_of_the_last_run_is_back_at_the_start(
    window: MainWindow, open_window: Open, services: Services
) -> None:
    docks_of(window).docks["case"].setFloating()
    docks_of(window).docks["map"].toggleView(False)
    window.close()
    again = open_window(services)
    assert docks_of(again).docks["case"].isFloating()
    assert open_panels(again) == {"queue", "case"}


def widths(window: MainWindow) -> dict[str, int]:
    docks = docks_of(window).docks
    return {panel: docks[panel].dockAreaWidget().width() for panel in ("queue", "map", "case")}


def test_the_sides_keep_their_width_when_a_tab_opens_and_closes(
    qtbot: QtBot, window: MainWindow
) -> None:
    def usual() -> None:
        now = widths(window)
        assert (now["queue"], now["case"]) == (WIDTHS[Area.LEFT], WIDTHS[Area.RIGHT])
        assert now["map"] > 400

    qtbot.waitUntil(usual)
    for panel in ("outbox", "video-health", "alarms"):
        docks_of(window).show_panel(panel)
        QCoreApplication.sendPostedEvents()
        qtbot.waitUntil(usual)
        docks_of(window).docks[panel].toggleView(False)
        qtbot.waitUntil(usual)


def test_a_panel_at_the_foot_opens_with_room_for_its_rows(qtbot: QtBot, window: MainWindow) -> None:
    docks = docks_of(window)
    docks.show_panel("video-health")
    whole = docks.manager.height()
    height = docks.docks["video-health"].dockAreaWidget().height
    qtbot.waitUntil(lambda: abs(height() - min(FOOT, whole * 2 // 5)) <= 2)


def test_reset_puts_every_panel_back(window: MainWindow) -> None:
    docks_of(window).docks["queue"].setFloating()
    docks_of(window).docks["map"].toggleView(False)
    window.reset_layout()
    assert open_panels(window) == {"queue", "map", "case"}
    assert not docks_of(window).docks["queue"].isFloating()


def test_a_layout_of_one_s_own_can_be_saved_chosen_and_removed(window: MainWindow) -> None:
    assert window.workspace is not None
    layouts = window.workspace.layouts
    docks_of(window).show_panel("outbox")
    layouts.save_as("夜班")
    window.show_layout("situation")
    window.reset_layout()
    window.show_layout("夜班")
    assert "outbox" in open_panels(window)
    layouts.remove("夜班")
    assert layouts.current == "situation"
    assert "夜班" not in dict(layouts.offers())


@pytest.mark.qt_log_ignore("qUncompress")
def test_a_state_that_is_no_layout_falls_back_to_the_default(
    open_window: Open, services: Services
) -> None:
    services.preferences.set("layout.SHIFT_CHIEF.situation", "bm90IGEgbGF5b3V0")
    window = open_window(services)
    services.session.sign_in("shift_chief", "", lambda _: None)
    assert open_panels(window) == {"queue", "map", "case"}


def test_users_of_one_seat_have_their_own_layout_by_role(
    window: MainWindow, services: Services
) -> None:
    docks_of(window).show_panel("alarms")
    services.session.sign_out()
    services.session.sign_in("dispatcher", "", lambda _: None)
    assert open_panels(window) == {"queue", "map", "case"}
    services.session.sign_out()
    services.session.sign_in("shift_chief", "", lambda _: None)
    assert "alarms" in open_panels(window)


def test_a_panel_that_is_not_for_the_role_is_neither_shown_nor_offered(
    window: MainWindow, services: Services
) -> None:
    services.session.sign_in("auditor", "", lambda _: None)
    assert "outbox" not in open_panels(window)
    offered = {action.text() for action in docks_of(window).toggles() if action.isVisible()}
    assert offered == {"事件队列", "地图", "事件", "告警", "视频健康"}


def test_docks_have_unique_names(window: MainWindow) -> None:
    names = [dock.objectName() for dock in docks_of(window).docks.values()]
    assert len(set(names)) == len(names)
    assert all(names)


def test_a_panel_alone_shows_its_tab_only_while_arranging(window: MainWindow, qtbot: QtBot) -> None:
    bar = docks_of(window).docks["map"].dockAreaWidget().titleBar()
    qtbot.waitUntil(lambda: not bar.isVisible())
    window.toggle_arranging()
    assert bar.isVisible()
    window.go_back()
    assert not bar.isVisible()


def test_a_floating_panel_of_one_user_is_not_left_to_the_next(
    window: MainWindow, services: Services, qtbot: QtBot
) -> None:
    docks_of(window).docks["case"].setFloating()
    floating = docks_of(window).manager.floatingWidgets()[0]
    services.session.sign_out()
    assert not floating.isVisible()
    services.session.sign_in("dispatcher", "", lambda _: None)
    assert not docks_of(window).docks["case"].isFloating()
    services.session.sign_out()
    services.session.sign_in("shift_chief", "", lambda _: None)
    assert docks_of(window).docks["case"].isFloating()
    qtbot.waitUntil(docks_of(window).docks["case"].isVisible)
