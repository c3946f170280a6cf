"""Editors that choose: a code of a list, a level, a person, a case."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from app.domain.describe import number_text, place_text, title_text
from app.domain.incident import Incident
from app.domain.people import User
from app.domain.rules import Rules
from app.store import Store
from widgets.shared.editor import Editor
from widgets.shared.severity import level_words

type Choice = tuple[str, str]  # code, words


class _Box(QComboBox):
    """The wheel scrolls the form, it never changes an answer by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceEditor(Editor):
    """One of many: opens as a list, or narrows down while one types words or the code."""

    def __init__(self, choices: Iterable[Choice] = (), placeholder: str = "") -> None:
        super().__init__()
        self._all: list[Choice] = []
        self.box = _Box(editable=True, insertPolicy=QComboBox.InsertPolicy.NoInsert)
        self._line = QLineEdit(placeholderText=placeholder or self.tr("请选择或输入"))
        self._line.setProperty("bare", True)
        self.box.setLineEdit(self._line)
        completer = QCompleter(self.box.model(), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)
        self.setFocusProxy(self.box)
        self._row.addWidget(self.box)
        self.set_choices(choices)
        self._line.editingFinished.connect(self._on_editing_finished)
        self.box.activated.connect(self._on_activated)
        self.box.editTextChanged.connect(self._on_text_changed)

    def set_choices(self, choices: Iterable[Choice]) -> None:
        """Offer other choices; an answer that is still among them stays."""
        had = self.value()
        self._all = list(choices)
        with QSignalBlocker(self.box), QSignalBlocker(self._line):
            self.box.clear()
            for code, words in self._all:
                self.box.addItem(words, code)
            self.box.setCurrentIndex(-1)
            self.box.clearEditText()
        if had is not None:
            self.set_value(had)

    def value(self) -> str | None:
        text = self.box.currentText().strip().casefold()
        for code, words in self._all:
            if text and text in (words.casefold(), code.casefold()):
                return code
        return None

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self.box), QSignalBlocker(self._line):
            if value is not None and self.box.findData(value) < 0:
                self._all.append((value, value))  # a code of a newer server stays as it is
                self.box.addItem(value, value)
            self.box.setCurrentIndex(-1 if value is None else self.box.findData(value))
            if value is None:
                self.box.clearEditText()
        self.say("", self.box)

    def _on_text_changed(self) -> None:
        self.changed.emit()

    def _on_activated(self) -> None:
        self.say("", self.box)
        self.changed.emit()

    def _on_editing_finished(self) -> None:
        text = self.box.currentText().strip()
        code = self.value()
        if code is not None:
            with QSignalBlocker(self.box):
                self.box.setCurrentIndex(self.box.findData(code))
        unknown = bool(text) and code is None
        self.say(self.tr("列表中没有“{text}”").format(text=text) if unknown else "", self.box)


class LiveChoiceEditor(ChoiceEditor):
    """Choices that change while the desk runs: read again each time the form is shown."""

    def __init__(self, choices: Callable[[], Iterable[Choice]], placeholder: str = "") -> None:
        super().__init__(choices(), placeholder)
        self._choices = choices

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.set_choices(self._choices())


def codes(rules: Rules, group: str, language: str) -> list[Choice]:
    return [(code, label.text(language)) for code, label in rules.codes[group].items()]


def levels(rules: Rules, language: str) -> list[Choice]:
    return [(code, level_words(rules, code, language)) for code in rules.codes["severity"]]


def people(store: Store, rules: Rules, language: str) -> list[Choice]:
    """Active users as `王芳 · 值班员`, by name."""
    active = [u for u in store.all("user").values() if isinstance(u, User) and u.active]
    return [
        (user.id, f"{user.name} · {rules.label('role', user.role, language)}")
        for user in sorted(active, key=lambda user: user.name)
    ]


def open_cases(store: Store, rules: Rules, language: str) -> list[Choice]:
    """Open cases as `number title place`, the newest first."""
    cases = [case for case in store.all("incident").values() if case.is_open]
    cases.sort(key=lambda case: case.known_at, reverse=True)
    return [(case.id, " ".join(_words(case, rules, language))) for case in cases]


def _words(case: Incident, rules: Rules, language: str) -> tuple[str, ...]:
    title, place = title_text(case, rules, language), place_text(case.place, rules, language)
    return number_text(case, language), title, place
