"""A line above the map: what it waits for, why it lacks something, what it goes along with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from widgets.shared.fonts import BODY, sans
from widgets.shared.labels import set_tone, text_label


class Banner(QFrame):
    """Hidden while there is nothing to say; a question hides what is lacking, and that the rest."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = text_label(font=sans(BODY, bold=True))
        self._asked = ""
        self._said = self._going = ("", "2")  # words and tone
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
        self._said = text, tone
        self._show()

    def go_along(self, text: str, tone: str = "2") -> None:
        """What the view goes along with; empty when it stays."""
        self._going = text, tone
        self._show()

    def _show(self) -> None:
        said = self._said if self._said[0] else self._going
        text, tone = (self._asked, "accent") if self._asked else said
        set_tone(self._label, tone)
        self._label.setText(text)
        self.setVisible(bool(text))
