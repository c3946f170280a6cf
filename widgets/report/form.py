"""The fields of a report in the order in which a caller tells them."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.domain.decide import Refusal
from app.domain.machine import Field, transition
from app.domain.rules import Label, Rules
from app.services import Services
from app.text import language, refusal_text
from widgets.report.code_chips import CodeChips, Option, shortest_keys
from widgets.report.draft import Values
from widgets.shared.editor import Editor
from widgets.shared.fields import editor_for
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label

ORDER = (
    "source", "caller", "caller_number", "type", "subtype", "place", "lanes", "casualties",
    "hazmat", "text", "known_at",
)  # fmt: skip
_CHIPS = {"source": "incident_source", "type": "incident_type"}


class ReportForm(QWidget):
    """One editor per field of REPORT that a call can tell; the rest is amended later.

    Signals: changed(): by the user.
    """

    changed = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        row = transition("incident", "REPORT")
        assert row is not None
        fields = {field.name: field for field in row.fields}
        self._fields = {name: fields[name] for name in ORDER}
        self._editors: dict[str, Editor] = {}
        self._labels: dict[str, QLabel] = {}
        self._problems: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        for field in self._fields.values():
            self._add(field)
        self._follow_type()

    def _add(self, field: Field) -> None:
        row = 2 * len(self._editors)
        name = self._services.rules.label("field", field.name, language())
        editor = self._editor(field)
        editor.setAccessibleName(name)
        label = text_label(name, font=sans(SMALL), tone="2")
        label.setContentsMargins(0, 7, 0, 0)
        problem = text_label(font=sans(SMALL), tone="bad")
        problem.setWordWrap(True)
        problem.hide()
        self._editors[field.name] = editor
        self._labels[field.name] = label
        self._problems[field.name] = problem
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(editor, row, 1)
        self._grid.addWidget(problem, row + 1, 1)
        editor.changed.connect(partial(self._on_changed, field.name))
        if field.name != "place":  # tells its own beneath its line
            editor.problem.connect(partial(self.say, field.name))

    def _editor(self, field: Field) -> Editor:
        if field.name in _CHIPS:
            return CodeChips(_options(self._services.rules, _CHIPS[field.name]))
        if field.name == "subtype":
            return CodeChips()
        return editor_for(field, self._services)

    def _on_changed(self, name: str) -> None:
        self.say(name, self._own_problem(name))
        if name == "type":
            self._follow_type()
        self.changed.emit()

    def _follow_type(self) -> None:
        """Sub-kinds of the chosen type; dangerous goods are asked for where there are some."""
        kind = self._editors["type"].value()
        subtypes = self._editors["subtype"]
        assert isinstance(subtypes, CodeChips)
        codes = self._services.rules.codes["incident_subtype"]
        options = [
            (code, str(i), label.text(language()))
            for i, (code, label) in enumerate(
                ((c, t) for c, t in codes.items() if kind and c.startswith(f"{kind}.")), 1
            )
        ]
        subtypes.set_options(options)
        self._show("subtype", bool(options))
        self._show("hazmat", kind == "HAZ")

    def _show(self, name: str, shown: bool) -> None:
        self._editors[name].setVisible(shown)
        self._labels[name].setVisible(shown)
        if not shown:
            self._editors[name].set_value(None)

    def editor(self, name: str) -> Editor:
        return self._editors[name]

    def values(self) -> Values:
        return {name: editor.value() for name, editor in self._editors.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        for name in ("type", *(name for name in ORDER if name != "type")):
            self._editors[name].set_value(values.get(name))
            self.say(name, "")
            if name == "type":
                self._follow_type()

    def say(self, name: str, sentence: str) -> None:
        self._problems[name].setText(sentence)
        self._problems[name].setVisible(bool(sentence))

    def what_is_wrong(self) -> bool:
        """Tell every editor's own problem; True if there is any. Hidden ones do not count."""
        wrong = {name: self._own_problem(name) for name in self._editors}
        for name, sentence in wrong.items():
            self.say(name, sentence)
        return any(wrong.values())

    def _own_problem(self, name: str) -> str:
        """A place that is not found is still a place in words, and says so itself."""
        return "" if name == "place" else self._editors[name].what_is_wrong()

    def show_refusals(self, refusals: tuple[Refusal, ...]) -> str:
        """Say each at its field; return what belongs to none."""
        general = []
        for refusal in refusals:
            name = str(refusal.params.get("field", ""))
            sentence = refusal_text(refusal, self._services.rules, language())
            if name in self._problems:
                self.say(name, sentence)
            else:
                general.append(sentence)
        return "\n".join(general)

    def focus_problem(self) -> None:
        for name, problem in self._problems.items():
            if problem.text():
                self._editors[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def focus_first(self) -> None:
        """To the first field of the call that still is empty."""
        empty = (name for name in ORDER if self._editors[name].value() is None)
        name = next(empty, ORDER[0])
        self._editors[name].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _options(rules: Rules, group: str) -> list[Option]:
    codes = list(rules.codes[group])
    return [
        (code, code if code.isdigit() else shortest_keys(code, codes), _words(code, label))
        for code, label in rules.codes[group].items()
    ]


def _words(code: str, label: Label) -> str:
    """A hotline is called by its number alone."""
    return code if code.isdigit() else label.text(language())
