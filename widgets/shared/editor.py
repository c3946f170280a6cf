"""Editors of plain field types: text, note, number, statement. Each is made for one field."""

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from widgets.shared.labels import restyle


class Editor(QWidget):
    """Asks for one field. `value()` is the JSON value that a command carries, None if empty;
    `set_value` takes that or the typed value of an entity and does not emit.

    Signals: changed(): by the user. problem(str): what is wrong with the text, "" when nothing.
    """

    changed = Signal()
    problem = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._said = ""

    def value(self) -> Any:
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        raise NotImplementedError

    def what_is_wrong(self) -> str:
        """The present problem as a sentence, "" when there is none."""
        return self._said

    def say(self, problem: str, marked: QWidget | None = None) -> None:
        """Tell a problem, or that it is gone; `marked` gets a red frame meanwhile."""
        if marked is not None and bool(marked.property("problem")) != bool(problem):
            marked.setProperty("problem", bool(problem))
            restyle(marked)
        if problem != self._said:
            self._said = problem
            self.problem.emit(problem)


def plain_value(value: Any) -> Any:
    """An entity's value as JSON: records become objects, times texts in UTC."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def known(record: Any) -> Mapping[str, Any]:
    """A record, given as dataclass, object or None, as a mapping."""
    return plain_value(record) or {}


class TextEditor(Editor):
    """One line."""

    def __init__(self, limit: int = 200, placeholder: str = "") -> None:
        super().__init__()
        self.edit = QLineEdit(maxLength=limit, placeholderText=placeholder)
        self.setFocusProxy(self.edit)
        self._row.addWidget(self.edit)
        self.edit.textEdited.connect(self.changed)

    def value(self) -> str | None:
        return self.edit.text().strip() or None

    def set_value(self, value: Any) -> None:
        self.edit.setText(value or "")


class NoteEditor(Editor):
    """Several lines, up to the limit of the rules; says how far beyond it a text goes."""

    def __init__(self, limit: int, placeholder: str = "", lines: int = 3) -> None:
        super().__init__()
        self._limit = limit
        self.edit = QPlainTextEdit(placeholderText=placeholder, tabChangesFocus=True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * lines + 20)
        self.setFocusProxy(self.edit)
        self._row.addWidget(self.edit)
        self.edit.textChanged.connect(self._on_text_changed)

    def value(self) -> str | None:
        return self.edit.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self.edit):
            self.edit.setPlainText(value or "")

    def _on_text_changed(self) -> None:
        over = len(self.edit.toPlainText()) - self._limit
        self.say(self.tr("超出 {count} 字").format(count=over) if over > 0 else "", self.edit)
        self.changed.emit()


def read_number(text: str) -> float | None:
    """A number as people type it, full-width and grouped figures too. Raises ValueError."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if not plain:
        return None
    number = float(plain)
    if not math.isfinite(number) or number < 0:
        raise ValueError(text)
    return number


class NumberEditor(Editor):
    """A number from 0; empty is unknown."""

    def __init__(self, *, whole: bool = False, placeholder: str = "") -> None:
        super().__init__()
        self._whole = whole
        self.edit = QLineEdit(placeholderText=placeholder, maxLength=20)
        self.setFocusProxy(self.edit)
        self._row.addWidget(self.edit)
        self.edit.textEdited.connect(self._on_text_edited)

    def value(self) -> float | int | None:
        try:
            number = read_number(self.edit.text())
        except ValueError:
            return None
        return int(number) if number is not None and self._whole else number

    def set_value(self, value: Any) -> None:
        self.edit.setText("" if value is None else f"{value:.10g}")
        self.say("", self.edit)

    def _on_text_edited(self, text: str) -> None:
        try:
            number = read_number(text)
            fine = number is None or not self._whole or number == int(number)
        except ValueError:
            fine = False
        wanted = self.tr("请填整数") if self._whole else self.tr("请填数字")
        self.say("" if fine else wanted, self.edit)
        self.changed.emit()


class StatementEditor(Editor):
    """The user's own signed word on what no part of the desk can know."""

    def __init__(self, statement: str) -> None:
        super().__init__()
        self.box = QCheckBox(self.tr("本人确认:{statement}").format(statement=statement))
        self.setFocusProxy(self.box)
        self._row.addWidget(self.box)
        self.box.toggled.connect(self.changed)

    def value(self) -> bool | None:
        return True if self.box.isChecked() else None

    def set_value(self, value: Any) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(value is True)


IN_A_LINE = 5


class RecordEditor(Editor):
    """Several editors under one field, their labels above them."""

    def __init__(self, parts: Mapping[str, tuple[str, Editor]]) -> None:
        super().__init__()
        self._parts = {name: editor for name, (_, editor) in parts.items()}
        grid = QGridLayout()
        grid.setSpacing(8)
        self._row.addLayout(grid)
        for i, (label, editor) in enumerate(parts.values()):
            grid.addLayout(_labelled(label, editor), i // IN_A_LINE, i % IN_A_LINE)
            editor.changed.connect(self.changed)
            editor.problem.connect(self._on_part_problem)
        self.setFocusProxy(next(iter(self._parts.values())))

    def value(self) -> dict[str, Any] | None:
        values = {name: editor.value() for name, editor in self._parts.items()}
        return None if all(value is None for value in values.values()) else self._record(values)

    def set_value(self, value: Any) -> None:
        record = known(value)
        for name, editor in self._parts.items():
            editor.set_value(record.get(name))

    def _record(self, values: dict[str, Any]) -> dict[str, Any]:
        return values

    def _on_part_problem(self) -> None:
        said = (editor.what_is_wrong() for editor in self._parts.values())
        self.say(next(filter(None, said), ""))


def _labelled(label: str, editor: QWidget) -> QVBoxLayout:
    from widgets.shared.fonts import SMALL, sans
    from widgets.shared.labels import ElidedLabel

    name = ElidedLabel(label)
    name.setFont(sans(SMALL))
    name.setProperty("tone", "2")
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(name)
    column.addWidget(editor)
    return column
