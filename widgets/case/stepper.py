"""The state stepper: the main path of a case, how far it is; ends apart from the path in words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.incident import MAIN_PATH, IncidentState
from app.domain.rules import Rules
from widgets.shared.fonts import SMALL, sans
from widgets.shared.theme import Theme

BAR, GAP, HEIGHT, PADDING = 3, 2, 28, 16


class Stepper(QWidget):
    """Done steps in accent, the present one in yellow and bold, the rest grey."""

    def __init__(self, rules: Rules, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules, self._language = rules, language
        self._state = ""
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str) -> None:
        if state == self._state:
            return
        self._state = state
        words = self._rules.label("incident_state", state, self._language)
        place = self._index()
        if place is not None:
            words = self.tr("状态 {state},第 {step} 步,共 {steps} 步").format(
                state=words, step=place + 1, steps=len(MAIN_PATH)
            )
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        now = self._index()
        if now is None:
            self._paint_apart(painter)
        else:
            self._paint_steps(painter, now)
        painter.end()

    def _index(self) -> int | None:
        return MAIN_PATH.index(IncidentState(self._state)) if self._state in MAIN_PATH else None

    def _paint_steps(self, painter: QPainter, now: int) -> None:
        """Each step as wide as its word asks for, so that longer languages fit too."""
        groups = ["incident_state" if i == now else "incident_step" for i in range(len(MAIN_PATH))]
        words = [
            self._rules.label(group, state, self._language)
            for group, state in zip(groups, MAIN_PATH, strict=True)
        ]
        fonts = [sans(SMALL, bold=i == now) for i in range(len(words))]
        asked = [
            QFontMetricsF(font).horizontalAdvance(word) + PADDING
            for font, word in zip(fonts, words, strict=True)
        ]
        x, scale = 0.0, self.width() / sum(asked)
        for i, word in enumerate(words):
            painter.setFont(fonts[i])
            self._paint_step(painter, QRectF(x, 0, asked[i] * scale, HEIGHT), word, i, now)
            x += asked[i] * scale

    def _paint_step(self, painter: QPainter, slot: QRectF, word: str, i: int, now: int) -> None:
        theme = Theme.current()
        done = i < now or now == len(MAIN_PATH) - 1
        token = theme.accent if done else theme.warn if i == now else theme.track
        painter.fillRect(QRectF(slot.x(), 0, slot.width() - GAP, BAR), QColor(token))
        painter.setPen(QColor(theme.text1 if i == now else theme.text2 if done else theme.text3))
        painter.drawText(
            slot.adjusted(-2, BAR + 3, 2, 0),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            word,
        )

    def _paint_apart(self, painter: QPainter) -> None:
        """误报, 已合并 and states of a newer server stand on no step of the path."""
        theme = Theme.current()
        painter.fillRect(QRectF(0, 0, self.width(), BAR), QColor(theme.unknown))
        painter.setFont(sans(SMALL, bold=True))
        painter.setPen(QColor(theme.text1))
        painter.drawText(
            QRectF(0, BAR + 3, self.width(), HEIGHT - BAR - 3),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
            self._rules.label("incident_state", self._state, self._language),
        )
