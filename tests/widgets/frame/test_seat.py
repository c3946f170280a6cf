from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.messages import Level
from app.services import Services
from app.settings import Settings
from tests.support.fake_services import PASSWORD
from tests.widgets.frame.conftest import Open
from widgets.shared.theme import Theme, load_theme
from widgets.window import MainWindow


def seen(window: MainWindow, kind: type[QWidget], name: str) -> QWidget | None:
    found = window.findChild(kind, name)
    return found if found is not None and found.isVisible() else None


def test_before_sign_in_nothing_of_the_desk_is_seen(open_window: Open, services: Services) -> None:
    window = open_window(services)
    assert window.workspace is None
    assert seen(window, QPushButton, "seat-dispatcher")


def test_a_card_signs_its_user_in(open_window: Open, services: Services, qtbot: QtBot) -> None:
    window = open_window(services)
    card = window.findChild(QPushButton, "seat-dispatcher")
    assert card is not None
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert services.session.user is not None
    assert services.session.user.username == "dispatcher"
    assert window.workspace is not None
    assert window.workspace.isVisible()


def test_a_refused_sign_in_says_why_and_keeps_the_name(
    open_window: Open, services: Services, qtbot: QtBot
) -> None:
    window = open_window(services)
    name, password = (
        window.findChild(QLineEdit, "loginName"),
        window.findChild(QLineEdit, "loginPassword"),
    )
    problem = window.findChild(QLabel, "loginProblem")
    assert name is not None
    assert password is not None
    assert problem is not None
    QTest.keyClicks(name, "nobody")
    QTest.keyClicks(password, "wrong")
    QTest.keyClick(password, Qt.Key.Key_Return)
    assert problem.text() == "用户名或密码不正确"
    assert (name.text(), password.text()) == ("nobody", "")
    assert services.session.user is None


def test_a_locked_seat_shows_nothing_and_obeys_no_shortcut(
    window: MainWindow, services: Services, qtbot: QtBot
) -> None:
    assert window.workspace is not None
    window.workspace.docks.docks["case"].setFloating()
    floating = window.workspace.docks.manager.floatingWidgets()[0]
    window.fire("seat.lock")
    services.messages.post(Level.BAD, "事件内容")
    assert not window.workspace.isVisible()
    assert not floating.isVisible()
    assert not window.messages.isVisible()
    window.fire("sound.mute")
    assert not services.preferences.get("mute", False)


def test_what_came_while_the_seat_was_locked_is_shown_afterwards(
    window: MainWindow, services: Services
) -> None:
    services.session.lock()
    services.messages.post(Level.BAD, "操作被拒绝")
    services.session.unlock(PASSWORD, lambda _: None)
    assert window.messages.isVisible()


def test_a_wrong_password_keeps_the_seat_locked(
    open_window: Open, services: Services, qtbot: QtBot
) -> None:
    object.__setattr__(
        services, "settings", Settings(data_dir=services.settings.data_dir, seat="A", demo=False)
    )
    window = open_window(services)
    services.session.sign_in("shift_chief", PASSWORD, lambda _: None)
    services.session.lock()
    password = window.findChild(QLineEdit, "unlockPassword")
    problem = window.findChild(QLabel, "unlockProblem")
    assert password is not None
    assert problem is not None
    QTest.keyClicks(password, "wrong")
    QTest.keyClick(password, Qt.Key.Key_Return)
    assert services.session.is_locked
    assert problem.text()
    QTest.keyClicks(password, PASSWORD)
    QTest.keyClick(password, Qt.Key.Key_Return)
    assert not services.session.is_locked
    assert window.workspace is not None
    assert window.workspace.isVisible()


def test_change_of_user_leads_to_the_login(
    window: MainWindow, services: Services, qtbot: QtBot
) -> None:
    window.fire("seat.change_user")
    assert services.session.user is None
    qtbot.waitUntil(lambda: seen(window, QPushButton, "seat-dispatcher") is not None)


@pytest.mark.parametrize(("name", "expected"), [("light", "light"), ("dark", "dark")])
def test_the_theme_changes_at_once(
    window: MainWindow, services: Services, name: str, expected: str
) -> None:
    services.preferences.set("theme", name)
    assert Theme.current().name == expected


def test_the_ramp_of_the_traffic_is_a_preference(window: MainWindow, services: Services) -> None:
    services.preferences.set("traffic_ramp", "safe")
    assert Theme.current() == load_theme("dark", "safe")
    services.preferences.set("theme", "light")
    assert Theme.current() == load_theme("light", "safe")


def test_every_dialog_opens_and_closes(window: MainWindow) -> None:
    for action in ("preferences.open", "sheet.open", "about.open"):
        window.fire(action)
    assert sum(dialog.isVisible() for dialog in window.findChildren(QDialog)) == 3
    window.fire("seat.lock")
    assert not any(dialog.isVisible() for dialog in window.findChildren(QDialog))


def test_seats_that_are_read_later_take_the_focus_unless_somebody_types(
    open_window: Open, services: Services, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    known = services.session.demo_accounts()
    monkeypatch.setattr(services.session, "demo_accounts", list)
    window = open_window(services)
    name = window.findChild(QLineEdit, "loginName")
    assert name is not None
    assert window.focusWidget() is name
    monkeypatch.setattr(services.session, "demo_accounts", lambda: list(known))
    services.session.accounts_changed.emit()
    qtbot.waitUntil(lambda: str(window.focusWidget().objectName()).startswith("seat-"))
    QTest.keyClicks(name, "wa")
    name.setFocus()
    services.session.accounts_changed.emit()
    assert window.focusWidget() is name
