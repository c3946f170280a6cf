"""The facts of the case in two columns; unknown is a dash in grey."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.domain.incident import Incident
from app.services import Services
from app.text import language
from widgets.case.facts_list import Fact, facts
from widgets.shared.arrange import clear
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import set_tone, text_label
from widgets.shared.theme import Theme

COLUMNS = 2


class FactsGrid(QWidget):
    """Values can be selected and copied; the description stands beneath over both columns."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._rules = services.rules
        self._values: dict[str, QLabel] = {}
        self._told = ""
        self._level: str | None = None
        self._text = text_label()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        for value in range(COLUMNS):
            self._grid.setColumnStretch(2 * value + 1, 1)
        column.addLayout(self._grid)
        column.addWidget(self._text)

    def show_case(self, incident: Incident) -> None:
        listed = facts(incident, self._rules, language())
        if [fact.name for fact in listed] != list(self._values):
            self._lay_out(listed)
        for fact in listed:
            value = self._values[fact.name]
            told = self._told if fact.name == "caller" else ""
            value.setText(told or fact.text)
            set_tone(value, "" if fact.known else "3")
        self._level = incident.severity
        self._colour_level()
        text = incident.detail.text if incident.detail else ""
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def show_number(self, caller: str | None, number: str | None, sentence: str) -> None:
        """The caller as the server told the owner; stays until another case is shown."""
        told = " ".join(part for part in (caller, number) if part)
        self._told = told or sentence
        self._values["caller"].setText(self._told)

    def forget_number(self) -> None:
        self._told = ""

    def _lay_out(self, listed: list[Fact]) -> None:
        clear(self._grid)
        self._values.clear()
        for i, fact in enumerate(listed):
            row, column = divmod(i, COLUMNS)
            label = text_label(fact.label, font=sans(SMALL), tone="2")
            value = text_label(font=sans(bold=fact.name == "severity"))
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._values[fact.name] = value
            self._grid.addWidget(label, row, 2 * column, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 2 * column + 1, Qt.AlignmentFlag.AlignTop)

    def _colour_level(self) -> None:
        value = self._values.get("severity")
        if value is not None:
            value.setStyleSheet(f"color: {Theme.current().level_words(self._level)}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour_level()  # another theme is worn
