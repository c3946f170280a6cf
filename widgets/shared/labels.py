"""Texts: elided label, section head, badge, empty state."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from widgets.shared.fonts import BODY, ROW, SMALL, TILE, sans


def text_label(text: str = "", *, font: QFont | None = None, tone: str = "") -> QLabel:
    """A plain-text label. `tone`: "" for text 1, else 2, 3, accent, good, warn, bad."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(font or sans())
    if tone:
        label.setProperty("tone", tone)
    return label


def set_tone(widget: QWidget, tone: str) -> None:
    """Change a label's tone while it is shown."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class ElidedLabel(QLabel):
    """One line that ends in … where it does not fit; the tooltip then has the whole, and always
    what `tell` gave it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(sans())
        self._told = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._show_tip()

    def tell(self, words: str) -> None:
        """More than the line has room for."""
        self._told = words
        self._show_tip()

    def minimumSizeHint(self) -> QSize:
        return QSize(
            self.fontMetrics().horizontalAdvance("中…"), super().minimumSizeHint().height()
        )

    def sizeHint(self) -> QSize:
        # the line itself, not its wrapped shape
        text = self.text().replace("\n", " ")
        return QSize(self.fontMetrics().horizontalAdvance(text) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tip()

    def _show_tip(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self._told or (self.text() if cut else ""))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        area = self.contentsRect()
        text = self.text().replace("\n", " ")
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


class SectionHeader(QFrame):
    """The 36 px head of a panel or of a part of it: title, count, what may be done."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("line", "bottom")
        self.setFixedHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        self._title = text_label(title, font=sans(BODY, bold=True))
        self._count = text_label(tone="2")
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addStretch(1)
        self._row = row

    def set_title(self, title: str) -> None:
        """Also while the panel is just being shown: the words have their room at once."""
        self._title.setText(title)
        self._row.activate()

    def hide_title(self, title: str) -> None:
        """Leave the title away where it says the same as the tab above it."""
        self._title.setVisible(self._title.text() != title)

    def set_count(self, count: int | None) -> None:
        self.set_note("" if count is None else f"{count:,}")

    def set_note(self, note: str) -> None:
        """A few quiet words beside the title."""
        self._count.setText(note)
        self._row.activate()

    def add(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self._row.addWidget(widget)


class Badge(QLabel):
    """A count on a coloured pill; nothing at zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(sans(TILE, bold=True))
        self.setProperty("badge", "bad")
        self.setFixedHeight(18)
        self.setMinimumWidth(18)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self.setText("99+" if count > 99 else str(count))
        self.setVisible(count > 0)


class EmptyState(QWidget):
    """Why nothing is here and what to do about it; never just an empty area.

    Signals: acted(): the offered button was pressed.
    """

    acted = Signal()

    def __init__(
        self, why: str = "", what: str = "", button: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._why = text_label(font=sans(ROW, bold=True))
        self._what = text_label(font=sans(SMALL), tone="2")
        self._button = QPushButton()
        for label in (self._why, self._what):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._why)
        column.addWidget(self._what)
        column.addSpacing(4)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._button.clicked.connect(self.acted)
        self.say(why, what, button)

    def say(self, why: str, what: str = "", button: str = "") -> None:
        self._why.setText(why)
        self._what.setText(what)
        self._what.setVisible(bool(what))
        self._button.setText(button)
        self._button.setVisible(bool(button))
