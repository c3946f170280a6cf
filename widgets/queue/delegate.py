"""Paints a row of the queue: tile, title, place, level and state, owner, clock."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QWidget

from app.domain.clocks import RED
from widgets.queue.card import Card
from widgets.shared.clock_bar import BAR_PX, left_text, paint_clock_bar
from widgets.shared.fonts import ROW, SMALL, mono, sans
from widgets.shared.row_delegate import RowDelegate
from widgets.shared.row_paint import AT_LEFT, AT_RIGHT, paint_mark
from widgets.shared.severity import paint_severity, paint_tag, tag_width
from widgets.shared.theme import LEVELS, Theme, color

ROW_HEIGHT: Final = 84
_TILE, _LEFT, _EDGE, _GAP = 28, 52, 12, 8
_State = QStyle.StateFlag


class QueueDelegate(RowDelegate):
    """`alarmed` holds the cases whose alarm nobody has acknowledged; `lit` is its beat."""

    def __init__(
        self, now: Callable[[], datetime], amber_share: float, language: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.alarmed: Collection[str] = ()
        self.lit = True
        self._now, self._amber_share, self._language = now, amber_share, language
        self._title, self._small, self._mono = sans(ROW, bold=True), sans(SMALL), mono(SMALL)
        self._metrics = {
            name: QFontMetrics(font)
            for name, font in (("title", self._title), ("small", self._small), ("mono", self._mono))
        }
        self._fitted: dict[tuple[str, str, int], tuple[str, int]] = {}

    def paint_row(
        self,
        painter: QPainter,
        area: QRectF,
        row: Card | None,
        theme: Theme,
        state: QStyle.StateFlag,
    ) -> None:
        if row is None:
            return
        self._mark(painter, area, row, state, theme)
        painter.setOpacity(0.5 if row.ended else 1)
        tile = QRectF(area.left() + _EDGE, area.top() + 12, _TILE, _TILE)
        paint_severity(painter, tile, row.level, row.sign, theme)
        painter.setOpacity(1)
        inner = area.adjusted(_LEFT, 0, -_EDGE, 0)
        top = area.top()
        self._what(painter, inner, top + 8, row, theme)
        self._where(painter, inner, top + 30, row, theme)
        self._status(painter, inner, top + 53, row, theme)

    def _mark(
        self, painter: QPainter, area: QRectF, card: Card, state: QStyle.StateFlag, theme: Theme
    ) -> None:
        if card.unaccepted and card.id in self.alarmed:
            paint_mark(painter, area, color(theme.bad, 1.0 if self.lit else 0.25))
        elif state & _State.State_Selected:
            paint_mark(painter, area, QColor(theme.accent))

    def _what(self, painter: QPainter, inner: QRectF, y: float, card: Card, theme: Theme) -> None:
        line = QRectF(inner.left(), y, inner.width(), 22)
        known, known_px = self._fit("mono", card.known, 120)
        painter.setFont(self._mono)
        painter.setPen(QColor(theme.text2))
        painter.drawText(line, AT_RIGHT, known)
        title, _ = self._fit("title", card.title, int(line.width()) - known_px - _GAP)
        painter.setFont(self._title)
        painter.setPen(QColor(theme.text2 if card.ended else theme.text1))
        painter.drawText(line, AT_LEFT, title)

    def _where(self, painter: QPainter, inner: QRectF, y: float, card: Card, theme: Theme) -> None:
        line = QRectF(inner.left(), y, inner.width(), 18)
        painter.setFont(self._small)
        room = int(line.width())
        if card.marks:
            marks, marks_px = self._fit("small", " · ".join(card.marks), room // 2)
            painter.setPen(QColor(theme.warn_text))
            painter.drawText(line, AT_RIGHT, marks)
            room -= marks_px + _GAP
        painter.setPen(QColor(theme.text2))
        painter.drawText(line, AT_LEFT, self._fit("small", card.place, room)[0])

    def _status(self, painter: QPainter, inner: QRectF, y: float, card: Card, theme: Theme) -> None:
        line = QRectF(inner.left(), y, inner.width(), 20)
        right = self._clock(painter, line, card, theme)
        painter.setFont(self._small)
        state, state_px = self._fit("small", card.state, 160)
        words, words_px = self._level(card, right - line.left() - state_px - 2 * _GAP)
        tag = QRectF(line.left(), line.top(), tag_width(words_px), 20)
        paint_tag(painter, tag, card.level, words, theme)
        left = tag.right() + _GAP
        painter.setPen(QColor(theme.text2 if card.ended else theme.text1))
        painter.drawText(line.adjusted(left - line.left(), 0, 0, 0), AT_LEFT, state)
        room = int(right - left - state_px - 2 * _GAP)
        if room > 24:
            painter.setPen(QColor(theme.text2))
            beside = QRectF(line.left(), line.top(), right - line.left(), line.height())
            painter.drawText(beside, AT_RIGHT, self._fit("small", card.owner, room)[0])

    def _level(self, card: Card, room: float) -> tuple[str, int]:
        """The level in words, or its number alone where the owner would have no room."""
        words, words_px = self._fit("small", card.level_words, 140)
        _, owner_px = self._fit("small", card.owner, 60)
        if card.level in LEVELS and tag_width(words_px) + owner_px + _GAP > room:
            return self._fit("small", card.level, 140)
        return words, words_px

    def _clock(self, painter: QPainter, line: QRectF, card: Card, theme: Theme) -> float:
        """Draw bar and remaining time; return where the room left of them ends."""
        if card.clock is None:
            return line.right()
        now = self._now()
        colour = card.clock.colour(now, self._amber_share)
        bar = QRectF(line.right() - BAR_PX, line.top(), BAR_PX, line.height())
        paint_clock_bar(painter, bar, card.clock.share(now), colour, theme)
        left = left_text(card.clock, now, self._language)
        painter.setFont(self._mono)
        painter.setPen(QColor(theme.bad_text if colour == RED else theme.text2))
        beside = QRectF(line.left(), line.top(), bar.left() - line.left() - _GAP, line.height())
        painter.drawText(beside, AT_RIGHT, left)
        return beside.right() - self._metrics["mono"].horizontalAdvance(left) - _GAP

    def _fit(self, face: str, text: str, width: int) -> tuple[str, int]:
        """The text cut to the width, and how wide it then is; remembered."""
        key = (face, text, width)
        known = self._fitted.get(key)
        if known is None:
            if len(self._fitted) > 4000:
                self._fitted.clear()
            metrics = self._metrics[face]
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            known = self._fitted[key] = (cut, metrics.horizontalAdvance(cut))
        return known
