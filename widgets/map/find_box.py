"""Finding a place: a line of words, what they may mean, or why they mean nothing."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.place_finder import Candidate, Found
from app.places import Places
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import set_tone, text_label

PAUSE_MS: Final = 200
WIDTH_PX: Final = 320
_ROW_PX: Final = 30
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FindBox(QFrame):
    """Up, Down and Enter choose; Escape gives the keyboard back.

    Signals: chosen(Candidate); left(): Escape.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, places: Places, parent: QWidget) -> None:
        super().__init__(parent)
        self._places = places
        self._candidates: tuple[Candidate, ...] = ()
        self._answered = ""  # the text that the list belongs to
        self._take_first = False  # Enter came before the answer
        self.setMinimumWidth(WIDTH_PX // 2)
        self.setMaximumWidth(WIDTH_PX)
        self.edit = QLineEdit(
            placeholderText=self.tr("查找道路、桩号、路口、坐标  Ctrl+F"), clearButtonEnabled=True
        )
        self.edit.setAccessibleName(self.tr("地图查找"))
        self.edit.setToolTip(
            self.tr("例如 G2 K110+300、海滨大道、渤海十路与珠江道、117.70, 38.98 (GCJ-02)")
        )
        self._answer = QFrame(self)
        self._answer.setProperty("surface", "card")
        self.list = QListWidget(self._answer)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._status = text_label(font=sans(SMALL), tone="2")
        self._status.setWordWrap(True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        inside = QVBoxLayout(self._answer)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.list)
        inside.addWidget(self._status)
        self._status.setContentsMargins(8, 4, 8, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self._answer)
        self.setFocusProxy(self.edit)
        self._answer.hide()

    def _connect(self) -> None:
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.returnPressed.connect(self._on_enter)
        self.list.itemClicked.connect(self._on_clicked)
        self._pause.timeout.connect(self._ask)

    @property
    def sentence(self) -> str:
        """What stands below the line instead of candidates."""
        return self._status.text()

    def ask(self) -> None:
        """Take the keyboard."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        self._answer.setVisible(self._answered != "")

    def _on_text_changed(self, text: str) -> None:
        self._take_first = False
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._show(Found(), "")

    def _ask(self) -> None:
        self._pause.stop()
        words = self.edit.text().strip()
        if words:
            self._places.find(words, _guarded(self, lambda found: self._show(found, words)))

    def _show(self, found: Found, words: str) -> None:
        if words != self.edit.text().strip():
            return  # typed on meanwhile
        self._candidates, self._answered = found.candidates, words
        self.list.clear()
        for candidate in found.candidates:
            self.list.addItem(_row(candidate))
        self.list.setCurrentRow(0 if found.candidates else -1)
        self.list.setFixedHeight(_ROW_PX * len(found.candidates))
        self.list.setVisible(bool(found.candidates))
        self._say(found, words)
        self._answer.setVisible(bool(words) and self.edit.hasFocus())
        if self._take_first and found.candidates:
            self._choose(0)

    def _say(self, found: Found, words: str) -> None:
        text = ""
        if found.problem is not None:
            text = self._places.sentence(found.problem)
        elif words and not found.candidates:
            text = self.tr("没有找到“{words}”。可输入路名、桩号(G2 K110+300)、路口或坐标。").format(
                words=words[:40]
            )
        set_tone(self._status, "bad" if found.problem is not None else "2")
        self._status.setText(text)
        self._status.setVisible(bool(text))

    def _on_enter(self) -> None:
        if self._answered == self.edit.text().strip() and self._candidates:
            self._choose(max(self.list.currentRow(), 0))
        else:
            self._take_first = True
            self._ask()

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._choose(self.list.row(item))

    def _choose(self, row: int) -> None:
        self._take_first = False
        self._answer.hide()
        self.adjustSize()
        self.chosen.emit(self._candidates[row])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS and self._candidates:
                row = self.list.currentRow() + _STEPS[key]
                self.list.setCurrentRow(row % len(self._candidates))
                return True
            if key == Qt.Key.Key_Escape:
                self._answer.hide()
                self.adjustSize()
                self.left.emit()
                return True
        if event.type() is QEvent.Type.FocusOut:
            self._answer.hide()
            self.adjustSize()
        return super().eventFilter(watched, event)


def _guarded(owner: QObject, call: Callable[[Found], None]) -> Callable[[Found], None]:
    """The call, unless its owner is gone when the answer comes."""
    return lambda found: call(found) if isValid(owner) else None


def _row(candidate: Candidate) -> QListWidgetItem:
    item = QListWidgetItem(f"{candidate.label}    {Places.kind_text(candidate)}")
    item.setSizeHint(QSize(0, _ROW_PX))
    return item
