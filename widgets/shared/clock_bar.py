"""A running clock as bar and words: how much of the limit is used up, how long is left."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.clocks import RED, Clock
from app.text import language
from widgets.shared.fonts import SMALL, mono
from widgets.shared.theme import Theme

BAR_PX = 48
BAR_HEIGHT = 4


def span_text(seconds: float) -> str:
    """`2:14` (minutes:seconds) below an hour, `3:05:12` below a day, then `2天4时`."""
    whole = int(abs(seconds))
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days}d {hour}h" if language() == "en" else f"{days}天{hour}时"
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}"


def left_text(clock: Clock, now: datetime, language: str) -> str:
    """`剩 2:14` or `超时 1:22`: the words carry what the colour says."""
    seconds = (clock.due - now).total_seconds()
    english = language.startswith("en")
    if seconds >= 0:
        return f"{span_text(seconds)} left" if english else f"剩 {span_text(seconds)}"
    return f"{span_text(seconds)} over" if english else f"超时 {span_text(seconds)}"


def paint_clock_bar(
    painter: QPainter, rect: QRectF, share: float, colour: str, theme: Theme | None = None
) -> None:
    """`share` 0…1 and more of a 4 px bar in the middle of `rect`; grey scale shows it too."""
    theme = theme or Theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    bar = QRectF(rect.left(), rect.center().y() - BAR_HEIGHT / 2, rect.width(), BAR_HEIGHT)
    painter.setBrush(QColor(theme.track))
    painter.drawRoundedRect(bar, 2, 2)
    used = min(max(share, 0.0), 1.0)
    if used > 0:
        painter.setBrush(QColor(theme.clock(colour)))
        painter.drawRoundedRect(
            QRectF(bar.topLeft(), QSize(0, 0)).adjusted(
                0, 0, max(bar.width() * used, BAR_HEIGHT), BAR_HEIGHT
            ),
            2,
            2,
        )
    painter.restore()


class ClockBar(QWidget):
    """Bar and remaining time of one clock. `show_clock(None, …)` empties it."""

    def __init__(self, language: str = "zh", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._share = 0.0
        self._colour = ""
        self._text = ""
        self.setFont(mono(SMALL))
        self.setFixedHeight(20)

    def show_clock(self, clock: Clock | None, now: datetime, amber_share: float) -> None:
        if clock is None:
            self._text = ""
        else:
            self._share = clock.share(now)
            self._colour = clock.colour(now, amber_share)
            self._text = left_text(clock, now, self._language)
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self._text)
        return QSize(BAR_PX + 8 + max(words, 72), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        theme = Theme.current()
        painter = QPainter(self)
        area = QRectF(self.rect())
        paint_clock_bar(
            painter, area.adjusted(0, 0, BAR_PX - area.width(), 0), self._share, self._colour, theme
        )
        painter.setFont(self.font())
        painter.setPen(QColor(theme.bad_text if self._colour == RED else theme.text1))
        painter.drawText(
            area.adjusted(BAR_PX + 8, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text
        )
        painter.end()
