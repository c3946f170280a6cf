"""The state stepper: the main path of a case, how far it is; ends apart from the path in words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.incident import MAIN_PATH, IncidentState
from app.domain.rules import Rules
from widgets.shared.fonts import SMALL, sans
from widgets.shared.theme import Theme

BAR, GAP, HEIGHT = 3, 2, 28


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
            for i, state in enumerate(MAIN_PATH):
                self._paint_step(painter, i, state, now)
        painter.end()

    def _index(self) -> int | None:
        return MAIN_PATH.index(IncidentState(self._state)) if self._state in MAIN_PATH else None

    def _paint_step(self, painter: QPainter, i: int, state: str, now: int) -> None:
        theme = Theme.current()
        width = self.width() / len(MAIN_PATH)
        done = i < now or now == len(MAIN_PATH) - 1
        token = theme.accent if done else theme.warn if i == now else theme.track
        painter.fillRect(QRectF(i * width, 0, width - GAP, BAR), QColor(token))
        group = "incident_state" if i == now else "incident_step"
        painter.setFont(sans(SMALL, bold=i == now))
        painter.setPen(QColor(theme.text1 if i == now else theme.text2 if done else theme.text3))
        painter.drawText(
            QRectF(i * width - 6, BAR + 3, width + 12, HEIGHT - BAR - 3),
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
            self._rules.label(group, state, self._language),
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
