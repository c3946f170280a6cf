"""Hands and eyes of the story: what a person does at the desk, done by code."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from app.services import Services
from maps.canvas import MapCanvas
from widgets.tour.cable import Cable
from widgets.window import MainWindow


class Desk:
    """One running window and its services. Everything on the GUI thread."""

    def __init__(self, window: MainWindow, services: Services, cable: Cable) -> None:
        self.window = window
        self.services = services
        self.cable = cable

    def picture(self) -> QPixmap:
        """The window with the dialogs and menus that stand over it."""
        picture = self.window.grab()
        painter = QPainter(picture)
        for over in QApplication.topLevelWidgets():
            if over.isVisible() and over is not self.window:
                painter.drawPixmap(over.pos() - self.window.pos(), over.grab())
        painter.end()
        return picture

    def close_dialogs(self) -> None:
        for over in QApplication.topLevelWidgets():
            if isinstance(over, QDialog) and over.isVisible():
                QTest.keyClick(over, Qt.Key.Key_Escape)

    def find[W: QWidget](self, kind: type[W], name: str = "") -> W | None:
        """A visible widget by type and object name; None if it is not on screen."""
        found = self.window.findChildren(kind, name) if name else self.window.findChildren(kind)
        return next((widget for widget in found if widget.isVisible()), None)

    def find_named(self, name: str) -> QWidget | None:
        return self.find(QWidget, name)

    def widget(self, name: str) -> QWidget:
        """The visible widget of this name. Raises LookupError if there is none."""
        found = self.find(QWidget, name)
        if found is None:
            raise LookupError(f"no visible widget {name!r}")
        return found

    def button(self, text: str, inside: QWidget | None = None) -> QAbstractButton:
        """The visible button that begins with this text. Raises LookupError."""
        for found in (inside or self.window).findChildren(QAbstractButton):
            if found.isVisible() and found.text().replace("&", "").startswith(text):
                return found
        raise LookupError(f"no visible button {text!r}")

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        position = at or widget.rect().center()
        left = Qt.MouseButton.LeftButton
        QTest.mouseClick(widget, left, Qt.KeyboardModifier.NoModifier, position)

    def focus(self, widget: QWidget) -> None:
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def type(self, text: str) -> None:
        """Commit text where the focus is, as an input method does."""
        target = QApplication.focusWidget()
        if target is None:
            raise LookupError("nothing has the keyboard focus")
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(target, event)

    def keys(self, text: str) -> None:
        """Strike the keys of a plain text where the focus is."""
        QTest.keyClicks(self._keyboard(), text)

    def walk_to(self, widget: QWidget) -> None:
        """Tab until the focus is in the widget. Raises LookupError if Tab never gets there."""
        for _ in range(40):
            focus = QApplication.focusWidget()
            if focus is not None and (focus is widget or widget.isAncestorOf(focus)):
                return
            self.press("Tab")
        raise LookupError(f"no way by Tab to {widget.accessibleName()!r}")

    def press(self, keys: str) -> None:
        """Press a key sequence such as `Ctrl+K` where the focus is."""
        QTest.keySequence(self._keyboard(), QKeySequence(keys))

    def _keyboard(self) -> QWidget:
        """Who gets a key that is struck: an open list before the field that it belongs to."""
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def open_cases(self) -> int:
        return sum(case.is_open for case in self.services.store.all("incident").values())

    def map_is_crisp(self) -> bool:
        """True once the map shows a finished picture of where it looks, texts and all."""
        canvas = self.find(MapCanvas)
        return canvas is not None and canvas.is_settled

    def entity(self, kind: str, test: Callable[[Any], bool]) -> Any | None:
        return next((e for e in self.services.store.all(kind).values() if test(e)), None)
