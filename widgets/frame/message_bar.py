"""News for the person at the seat: strips at the foot, the newest on top, no boxes."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.messages import Level, Message
from widgets.shared.arrange import parts
from widgets.shared.buttons import button
from widgets.shared.fonts import BODY, sans
from widgets.shared.labels import text_label

MOST = 4
GONE_AFTER_MS = 5_000
WIDTH, LEAST_WIDTH = 640, 420
_MARKS = {Level.INFO: "ⓘ", Level.GOOD: "✓", Level.WARN: "▲", Level.BAD: "■"}


class Strip(QFrame):
    """One message. Good news leaves by itself; the rest stays until somebody dismisses it.

    Signals: acted(str action id), dismissed().
    """

    acted = Signal(str)
    dismissed = Signal()

    def __init__(self, message: Message, action_text: str) -> None:
        super().__init__()
        self.key = message.key
        self.action = message.action
        self.setProperty("strip", str(message.level))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 4, 1)  # one line is as high as the status bar
        row.setSpacing(8)
        mark = text_label(_MARKS.get(message.level, "ⓘ"), font=sans(BODY, bold=True))
        mark.setProperty("tone", {"info": "accent"}.get(message.level, str(message.level)))
        text = text_label(message.text)
        text.setWordWrap(True)
        row.addWidget(mark)
        row.addWidget(text, 1)
        if message.action and action_text:
            act = button(action_text)
            act.clicked.connect(self._on_acted)
            row.addWidget(act)
        close = button("✕", "icon", self.tr("知道了"))
        close.setFixedSize(24, 24)
        close.clicked.connect(self.dismissed)
        row.addWidget(close)
        if message.level in (Level.INFO, Level.GOOD):
            QTimer.singleShot(GONE_AFTER_MS, self, self.dismissed.emit)

    def _on_acted(self) -> None:
        self.acted.emit(self.action)
        self.dismissed.emit()


class MessageBar(QWidget):
    """Lies over the free middle of the status bar, so that one message covers no panel, no tab
    and no search, and moves nothing below the pointer when it comes. More of them grow upwards.

    Signals: acted(str action id).
    """

    acted = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("messageBar")
        self._covered = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        over.installEventFilter(self)
        self.hide()

    def show_message(self, message: Message, action_text: str = "") -> None:
        """Put it on top. The same `key` takes the earlier one's place."""
        for strip in self.strips():
            if message.key and strip.key == message.key:
                self._drop(strip)
        strip = Strip(message, action_text)
        strip.acted.connect(self.acted)
        strip.dismissed.connect(self._on_dismissed)
        self._column.insertWidget(0, strip)
        for old in self.strips()[MOST:]:
            self._drop(old)
        self._place()

    def strips(self) -> list[Strip]:
        """The messages shown, the newest first."""
        return [strip for strip in parts(self._column) if isinstance(strip, Strip)]

    def set_covered(self, covered: bool) -> None:
        """Show nothing while the seat is locked; what came meanwhile shows afterwards."""
        self._covered = covered
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _on_dismissed(self) -> None:
        strip = self.sender()
        if isinstance(strip, Strip):
            self._drop(strip)
            self._place()

    def _drop(self, strip: Strip) -> None:
        self._column.removeWidget(strip)
        strip.hide()
        strip.deleteLater()

    def _place(self) -> None:
        shown = bool(self.strips()) and not self._covered
        self.setVisible(shown)
        if not shown:
            return
        width = min(WIDTH, max(LEAST_WIDTH, round(self._over.width() * 0.34)))
        for strip in self.strips():
            strip.show()
        self._column.invalidate()
        height = self._column.totalHeightForWidth(width)
        height = max(height, self.sizeHint().height())
        left = (self._over.width() - width) // 2
        self.setGeometry(left, self._over.height() - height, width, height)
        self.raise_()
