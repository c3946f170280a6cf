"""Painted signs with their words: what they show changes often, and one widget stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.map.swatches import SIZE, Swatch
from widgets.shared.fonts import SMALL, sans
from widgets.shared.theme import Theme

_WORDS_PX: Final = 72
"""The longest level in words, and air before the next column."""
_GAP_X, _GAP_Y, _GAP_SECTION = 6, 1, 6


@dataclass(frozen=True, slots=True)
class Section:
    """The signs of one group; `live` is the layer of it that grows old, or empty."""

    live: str
    swatches: tuple[Swatch, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return (self.live, *(swatch.words for swatch in self.swatches))


@dataclass(frozen=True, slots=True)
class _Sign:
    picture: QPixmap
    words: str
    at: QPoint


class Signs(QWidget):
    """Sections below each other, two columns of signs in each, the age of what is live above."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._ages: dict[str, tuple[str, bool]] = {}
        self._heads: dict[str, int] = {}
        self._signs: list[_Sign] = []
        self._size = QSize()
        self.setFont(sans(SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> tuple[str, ...]:
        """What is explained now."""
        return tuple(words for section in self._sections for words in section.words)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Explain these; the same again costs nothing."""
        if [o.words for o in sections] != [o.words for o in self._sections]:
            self._sections = tuple(sections)
            self.setAccessibleDescription(", ".join(filter(None, self.words)))
            self._arrange()

    def show_ages(self, ages: dict[str, tuple[str, bool]]) -> None:
        """Words above the sections of these layers, and whether they are too old."""
        if ages != self._ages:
            self._ages = ages
            self.update()

    @property
    def live(self) -> tuple[str, ...]:
        """Ids of the layers whose age is shown."""
        return tuple(self._heads)

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return self._size

    def _arrange(self) -> None:
        metrics, theme, ratio = QFontMetrics(self.font()), Theme.current(), self.devicePixelRatioF()
        line = max(SIZE.height(), metrics.height()) + _GAP_Y
        self._heads, self._signs = {}, []
        y = width = 0
        for section in self._sections:
            if section.live:
                self._heads[section.live] = y
                y += line
            rows = (len(section.swatches) + 1) // 2
            first = max((self._span(metrics, o) for o in section.swatches[:rows]), default=0)
            for at, swatch in enumerate(section.swatches):
                place = QPoint(0 if at < rows else first + _GAP_X, y + at % rows * line)
                self._signs.append(_Sign(swatch.pixmap(theme, ratio), swatch.words, place))
                width = max(width, place.x() + self._span(metrics, swatch))
            y += rows * line + _GAP_SECTION
        self._size = QSize(width, max(0, y - _GAP_SECTION))
        self.updateGeometry()
        self.update()

    @staticmethod
    def _span(metrics: QFontMetrics, swatch: Swatch) -> int:
        return SIZE.width() + _GAP_X + max(_WORDS_PX, metrics.horizontalAdvance(swatch.words))

    # events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._arrange()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), Theme.current()
        line = max(SIZE.height(), self.fontMetrics().height())
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for live, y in self._heads.items():
            words, stale = self._ages.get(live, ("", False))
            painter.setPen(theme.warn_text if stale else theme.text2)
            painter.drawText(QRect(0, y, self.width(), line), left, words)
        painter.setPen(theme.text2)
        for sign in self._signs:
            size = sign.picture.deviceIndependentSize()
            box = QRect(sign.at, QSize(SIZE.width(), line))
            painter.drawPixmap(
                box.x() + round((box.width() - size.width()) / 2),
                box.y() + round((box.height() - size.height()) / 2),
                sign.picture,
            )
            x = box.right() + 1 + _GAP_X
            painter.drawText(QRect(x, box.y(), self.width() - x, line), left, sign.words)
        painter.end()
