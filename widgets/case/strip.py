"""A strip that says one thing in colour and words, with what may be done about it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from widgets.shared.fonts import BODY, mono
from widgets.shared.labels import set_tone, text_label
from widgets.shared.theme import Theme


class Strip(QFrame):
    """`tone`: "info", "warn" or "bad". Text and a figure in one line, buttons beneath."""

    def __init__(self, tone: str = "info", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = ""
        self._text = text_label()
        self._text.setWordWrap(True)
        self._figure = text_label(font=mono(BODY, bold=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._text, 1)
        line.addWidget(self._figure)
        column.addLayout(line)
        self._column, self._line = column, line
        self._buttons: QHBoxLayout | None = None
        self.say("", tone)

    def say(self, text: str, tone: str = "", figure: str = "") -> None:
        self._text.setText(text)
        self._figure.setText(figure)
        self._figure.setVisible(bool(figure))
        if tone and tone != self._tone:
            self._tone = tone
            for label in (self._text, self._figure):
                set_tone(label, "" if tone == "info" else tone)
            self.update()

    def text(self) -> str:
        return self._text.text()

    def figure(self) -> str:
        return self._figure.text()

    def add(self, button: QPushButton, *, beside: bool = False) -> None:
        """Beneath the text, or at the end of its line."""
        if beside:
            self._line.addWidget(button)
            return
        if self._buttons is None:
            self._buttons = QHBoxLayout()
            self._buttons.setSpacing(8)
            self._buttons.addStretch(1)
            self._column.addLayout(self._buttons)
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        grounds = {"warn": theme.warn_wash, "bad": theme.bad_wash}
        edges = {"warn": theme.warn, "bad": theme.bad}
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(grounds.get(self._tone, theme.info_wash)))
        edge = QColor(edges.get(self._tone, theme.line_strong))
        edge.setAlphaF(0.6)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()
