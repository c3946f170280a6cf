"""Shortcuts of the desk's actions, and the rule that typing is never a command."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from app.actions import Action

_TEXT_FIELDS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
_WITH_COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Keys(QObject):
    """Fires actions by their shortcut, anywhere in the application while `enabled`.

    A key without Ctrl, Alt or Meta that writes a character belongs to the text field that has
    the focus; while an input method composes, every such key belongs to it, Esc too.
    """

    def __init__(self, window: QWidget, fire: Callable[[Action], None]) -> None:
        super().__init__(window)
        self._window = window
        self._fire = fire
        self._shortcuts: list[QShortcut] = []
        self._composing = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        # not on the application: there every event of every widget would come by
        application.focusChanged.connect(self._on_focus_changed)
        self._on_focus_changed(None, application.focusWidget())

    def bind(self, actions: Iterable[Action]) -> None:
        """One shortcut per action that has one. Raises ValueError if two want the same."""
        taken: dict[str, str] = {}
        for action in actions:
            for keys in filter(None, action.shortcut.split(", ")):
                known = taken.setdefault(keys, action.id)
                if known != action.id:
                    raise ValueError(f"{keys}: {known} and {action.id}")
                if keys != "Esc":  # left to whoever has the focus; the window takes the rest
                    self._bind(keys, action)

    def _bind(self, keys: str, action: Action) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._window)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.setAutoRepeat(action.shortcut in ("J", "K"))
        shortcut.activated.connect(lambda: self._fire(action))
        self._shortcuts.append(shortcut)

    def set_enabled(self, enabled: bool) -> None:
        """Off while nobody is signed in or the seat is locked."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(enabled)

    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        self._composing = False
        if old is not None:
            old.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif (
            kind == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.is_typing(event)
        ):
            event.accept()  # Qt then sends it as an ordinary key press, and fires no shortcut
            return True
        return False

    def is_typing(self, event: QKeyEvent) -> bool:
        """True if the key belongs to a text field or to the input method."""
        if event.modifiers() & _WITH_COMMAND:
            return False
        if self._composing:
            return True
        return bool(event.text()) and event.text().isprintable() and writes_text()


def writes_text() -> bool:
    """True if the widget with the focus takes characters."""
    widget = QApplication.focusWidget()
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, _TEXT_FIELDS) and not (
        isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit) and widget.isReadOnly()
    )


def keys_text(shortcut: str) -> str:
    """A shortcut as people read it: `Ctrl+K`, `J / K`."""
    native = QKeySequence.SequenceFormat.NativeText
    return " / ".join(QKeySequence(keys).toString(native) for keys in shortcut.split(", "))
