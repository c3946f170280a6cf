from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.actions import Action
from widgets.frame.keys import Keys

type Focus = Callable[[QWidget], QWidget]


class Desk:
    """A window with one widget in it, and the ids of the actions that fired."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.fired: list[str] = []
        self.keys = Keys(self.window, lambda action: self.fired.append(action.id))
        self.keys.bind(
            Action(id=name, text=name, shortcut=keys, run=lambda services, window: None)
            for name, keys in {"next": "J", "find": "Ctrl+K", "help": "F1"}.items()
        )
        self.column = QVBoxLayout(self.window)

    def focus[W: QWidget](self, widget: W) -> W:
        self.column.addWidget(widget)
        self.window.show()
        self.qtbot.waitActive(self.window)
        self.window.activateWindow()
        widget.setFocus()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return widget


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_a_single_key_fires_where_nobody_types(desk: Desk) -> None:
    rows = desk.focus(QListWidget())
    QTest.keyClick(rows, Qt.Key.Key_J)
    assert desk.fired == ["next"]


@pytest.mark.parametrize("field", [QLineEdit, QPlainTextEdit])
def test_a_single_key_in_a_text_field_is_text(desk: Desk, field: type[QWidget]) -> None:
    widget = desk.focus(field())
    QTest.keyClick(widget, Qt.Key.Key_J)
    assert desk.fired == []
    text = widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()  # type: ignore[attr-defined]  # the other one
    assert text == "j"


def test_an_editable_list_takes_letters_and_a_fixed_one_does_not(desk: Desk) -> None:
    box = desk.focus(QComboBox(editable=True))
    QTest.keyClick(box, Qt.Key.Key_J)
    assert desk.fired == []


def test_a_key_with_control_and_a_function_key_fire_in_a_text_field(desk: Desk) -> None:
    edit = desk.focus(QLineEdit())
    QTest.keyClick(edit, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_F1)
    assert desk.fired == ["find", "help"]


def test_a_read_only_text_leaves_single_keys_to_the_desk(desk: Desk) -> None:
    edit = desk.focus(QLineEdit(readOnly=True))
    QTest.keyClick(edit, Qt.Key.Key_J)
    assert desk.fired == ["next"]


def test_while_an_input_method_composes_no_plain_key_fires(desk: Desk) -> None:
    rows = desk.focus(QListWidget())
    QApplication.sendEvent(rows, QInputMethodEvent("zhui", []))
    QTest.keyClick(rows, Qt.Key.Key_J)
    QTest.keyClick(rows, Qt.Key.Key_F1)
    assert desk.fired == []
    done = QInputMethodEvent()
    done.setCommitString("追")
    QApplication.sendEvent(rows, done)
    QTest.keyClick(rows, Qt.Key.Key_F1)
    assert desk.fired == ["help"]


def test_nothing_fires_while_disabled(desk: Desk) -> None:
    rows = desk.focus(QListWidget())
    desk.keys.set_enabled(False)
    QTest.keyClick(rows, Qt.Key.Key_J)
    assert desk.fired == []


def test_two_actions_on_one_key_are_refused(desk: Desk) -> None:
    twice = [
        Action(id=name, text=name, shortcut="F5", run=lambda services, window: None)
        for name in ("one", "two")
    ]
    with pytest.raises(ValueError, match="F5: one and two"):
        desk.keys.bind(twice)
