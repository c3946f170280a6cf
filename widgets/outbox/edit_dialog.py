"""After a refusal: correct the fields of the same act and send it anew."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.command import Command
from app.domain.machine import FACT_FIELDS, Field, transition
from app.domain.outbox import OutboxItem
from app.services import Services
from app.text import language, refusals_text
from widgets.outbox.compare import FACTS
from widgets.outbox.words import act_words, error_words
from widgets.shared.arrange import scrolled
from widgets.shared.buttons import button, primary_button
from widgets.shared.editor import Editor
from widgets.shared.fields import editor_for, field_label
from widgets.shared.fonts import ROW, sans
from widgets.shared.labels import text_label

_GIVEN = ("incident_id", "attachment")
"""Fields that a person does not type."""


class EditDialog(QDialog):
    """One editor per field that a person filled in; the rest stays as it was."""

    def __init__(self, item: OutboxItem, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._item, self._services = item, services
        self.editors: dict[str, Editor] = {}
        self.setWindowTitle(self.tr("修改后重发"))
        self.resize(560, 480)
        self.why = text_label(tone="bad")
        self.why.setWordWrap(True)
        self.submit = primary_button(self.tr("重新提交"))
        self.later = button(self.tr("稍后处理"), tip=self.tr("留在待发箱 (Esc)"))
        self._build()
        self.submit.clicked.connect(self._on_submit)
        self.later.clicked.connect(self.reject)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        head = act_words(self._item.command, self._services)
        column.addWidget(text_label(head, font=sans(ROW, bold=True)))
        self.why.setText(error_words(self._item, self._services.rules))
        column.addWidget(self.why)
        inner = QWidget()
        form = QFormLayout(inner)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignTop)
        form.setVerticalSpacing(10)
        for field in editable_fields(self._item.command):
            editor = self.editors[field.name] = editor_for(field, self._services)
            editor.set_value(_value(self._item.command, field.name))
            form.addRow(field_label(field, self._services), editor)
        column.addWidget(scrolled(inner), 1)
        foot = QHBoxLayout()
        foot.addWidget(self.later)
        foot.addStretch(1)
        foot.addWidget(self.submit)
        column.addLayout(foot)

    def _on_submit(self) -> None:
        refusals = self._services.commands.resolve(self._item.id, self._fields())
        if refusals:
            self.why.setText(refusals_text(refusals, self._services.rules, language()))
        else:
            self.accept()

    def _fields(self) -> dict[str, Any]:
        """The command's fields with what the editors hold now."""
        command = self._item.command
        typed = {name: editor.value() for name, editor in self.editors.items()}
        fields = {name: typed.pop(name, value) for name, value in command.fields.items()}
        if FACTS in fields:
            facts = {name: typed.pop(name, value) for name, value in fields[FACTS].items()}
            fields[FACTS] = facts
        return {**fields, **{name: value for name, value in typed.items() if value is not None}}


def editable_fields(command: Command) -> list[Field]:
    """The fields that a person can correct: of the event, with facts one by one."""
    row = transition(command.kind, command.event)
    found: list[Field] = []
    for field in row.fields if row else ():
        if field.name == FACTS:
            changed = command.fields.get(FACTS) or {}
            found += [fact for fact in FACT_FIELDS if fact.name in changed]
        elif field.name not in _GIVEN:
            found.append(field)
    return found


def _value(command: Command, name: str) -> Any:
    facts = command.fields.get(FACTS)
    if isinstance(facts, dict) and name in facts:
        return facts[name]
    return command.fields.get(name)
