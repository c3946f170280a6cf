"""A line above the map: what it waits for, or why it lacks something."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from widgets.shared.fonts import BODY, sans
from widgets.shared.labels import set_tone, text_label


class Banner(QFrame):
    """Hidden while there is nothing to say; a question hides what was said before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = text_label(font=sans(BODY, bold=True))
        self._asked = self._said = self._tone = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.addWidget(self._label)
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._label.text()

    def ask(self, text: str) -> None:
        """Stands until it is called with an empty text."""
        self._asked = text
        self._show()

    def say(self, text: str, tone: str = "2") -> None:
        self._said, self._tone = text, tone
        self._show()

    def _show(self) -> None:
        text = self._asked or self._said
        set_tone(self._label, "accent" if self._asked else self._tone)
        self._label.setText(text)
        self.setVisible(bool(text))
