"""The card beside the cursor. It never takes the mouse."""

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from widgets.map.words import Words
from widgets.shared.fonts import BODY, SMALL, sans
from widgets.shared.labels import text_label
from widgets.shared.severity import SeverityTile

_AWAY_PX: Final = 16
_WIDEST_PX: Final = 340


class HoverCard(QFrame):
    """Says what is under the cursor, in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._map = parent
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._tile = SeverityTile(24)
        self._head = text_label(font=sans(BODY, bold=True))
        self._head.setMaximumWidth(_WIDEST_PX)
        self._lines = text_label(font=sans(SMALL), tone="2")
        self._warning = text_label(font=sans(SMALL), tone="warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        for label in (self._head, self._lines, self._warning):
            column.addWidget(label)
        row.addLayout(column)
        self._row = row
        self.hide()

    @property
    def text(self) -> str:
        """All that it says."""
        said = (self._head.text(), self._lines.text(), self._warning.text())
        return "\n".join(filter(None, said))

    def show_words(self, words: Words, at: QPoint) -> None:
        """Show beside a place of the map, wholly inside of it."""
        self._tile.setVisible(words.tile)
        self._tile.set_level(words.level, words.sign)
        _say(self._head, words.head)
        _say(self._lines, "\n".join(words.lines))
        _say(self._warning, words.warning)
        self._row.activate()
        self.adjustSize()
        self.move(self._beside(at))
        self.show()
        self.raise_()

    def _beside(self, at: QPoint) -> QPoint:
        room = self._map.rect()
        x, y = at.x() + _AWAY_PX, at.y() + _AWAY_PX
        if x + self.width() > room.right() - 4:
            x = at.x() - _AWAY_PX - self.width()
        if y + self.height() > room.bottom() - 4:
            y = at.y() - _AWAY_PX - self.height()
        return QPoint(max(x, 4), max(y, 4))


def _say(label: QLabel, text: str) -> None:
    metrics = label.fontMetrics()
    cut = (
        metrics.elidedText(line, Qt.TextElideMode.ElideRight, _WIDEST_PX)
        for line in text.split("\n")
    )
    label.setText("\n".join(cut))
    label.setVisible(bool(text))
