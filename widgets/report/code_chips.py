"""One of a short list of codes, as chips that a few keys choose: `121` is 12122, `HA` is HAZ."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.shared.arrange import clear
from widgets.shared.buttons import Chip
from widgets.shared.editor import Editor
from widgets.shared.flow import FlowLayout
from widgets.shared.theme import Theme

FORGET_MS = 1200
"""A pause after which the next key begins a new word."""

type Option = tuple[str, str, str]  # code, keys that choose it, words


def shortest_keys(code: str, codes: Sequence[str]) -> str:
    """The beginning of a code that no other code shares, or the whole code."""
    for length in range(1, len(code)):
        start = code[:length]
        if sum(other.startswith(start) for other in codes) == 1:
            return start
    return code


class CodeChips(Editor):
    """Arrows walk, keys choose, Backspace clears; no input method gets in between."""

    def __init__(self, options: Sequence[Option] = ()) -> None:
        super().__init__()
        self._options: list[Option] = []
        self._chips: dict[str, Chip] = {}
        self._code: str | None = None
        self._typed = ""
        self._forget = QTimer(self, singleShot=True, interval=FORGET_MS)
        self._forget.timeout.connect(self._on_forget)
        self._flow = FlowLayout(spacing=6)
        self._row.setContentsMargins(4, 4, 4, 4)
        self._row.addLayout(self._flow)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other codes; one that was chosen stays if it is among them."""
        if list(options) == self._options:
            return
        self._options = list(options)
        clear(self._flow)
        self._chips.clear()
        for code, keys, words in self._options:
            chip = Chip(words if words.startswith(keys) else f"{keys} {words}")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(lambda _=False, code=code: self._choose(code))
            self._chips[code] = chip
            self._flow.addWidget(chip)
        self._mark(self._code if self._code in self._chips else None)

    def value(self) -> str | None:
        return self._code

    def set_value(self, value: Any) -> None:
        self._mark(value)

    def _mark(self, code: str | None) -> None:
        self._code = code
        for known, chip in self._chips.items():
            chip.setChecked(known == code)
        words = next((words for known, _, words in self._options if known == code), "")
        self.setAccessibleDescription(words)

    def _choose(self, code: str | None) -> None:
        self._mark(code)
        self.changed.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and event.text().isalnum():
                event.accept()  # its letters are codes here, never the desk's single keys
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._typed = ""
            self._choose(None)
        elif event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._type(event.text().upper())
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        codes = list(self._chips)
        if not codes:
            return
        at = codes.index(self._code) if self._code in codes else (-1 if step > 0 else 0)
        self._choose(codes[(at + step) % len(codes)])

    def _type(self, letter: str) -> None:
        self._forget.start()
        for typed in (self._typed + letter, letter):
            found = self._starting(typed)
            if found is not None:
                self._typed = typed
                self._choose(found)
                return
        self._typed = ""

    def _starting(self, typed: str) -> str | None:
        """The code meant by these keys: the exact one before the first that begins so."""
        exact = (c for c, keys, _ in self._options if typed in (keys.upper(), c.upper()))
        begun = (
            c for c, keys, _ in self._options
            if keys.upper().startswith(typed) or c.upper().startswith(typed)
        )  # fmt: skip
        return next(exact, None) or next(begun, None)

    def _on_forget(self) -> None:
        self._typed = ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._typed = ""
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(Theme.current().accent), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def parts(self) -> dict[str, QWidget]:
        """The chips by code, for whoever walks the screen."""
        return dict(self._chips)
