"""The form of one act, asked for in place: its fields come from the machine table."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.case import known_value
from app.domain.decide import Refusal
from app.domain.machine import Field
from app.services import Services
from app.text import language, refusal_text
from widgets.case.strip import Strip
from widgets.shared.buttons import button, primary_button
from widgets.shared.editor import Editor
from widgets.shared.escape import keeps_escape
from widgets.shared.fields import editor_for
from widgets.shared.fonts import BODY, SMALL, sans
from widgets.shared.labels import text_label

type Values = dict[str, Any]
type Send = Callable[[Values], tuple[Refusal, ...]]


class ActForm(QFrame):
    """Ctrl+Enter sends, Esc closes. What the rules refuse is said at the field that it is about.

    Signals: sent(): the act is in the outbox. closed(): put away without sending.
    """

    sent = Signal()
    closed = Signal()

    def __init__(
        self, services: Services, title: str, fields: tuple[Field, ...], send: Send
    ) -> None:
        super().__init__()
        self._services, self._fields, self._send = services, fields, send
        self._editors: dict[str, Editor] = {}
        self._problems: dict[str, QLabel] = {}
        self._initial: Values = {}
        self.setProperty("surface", "card")
        self._news = Strip("warn")
        self._general = text_label(font=sans(SMALL), tone="bad")
        self._general.setWordWrap(True)
        self._submit = primary_button(title, self.tr("Ctrl+Enter"))
        self._cancel = button(self.tr("收起"), tip=self.tr("Esc,已填内容保留"))
        self._grid = QGridLayout()
        self._build(title)
        self._connect()

    def _build(self, title: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addWidget(text_label(title, font=sans(BODY, bold=True)))
        column.addWidget(self._news)
        self._news.hide()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        column.addLayout(self._grid)
        for field in self._fields:
            self._add_field(field)
        column.addWidget(self._general)
        self._general.hide()
        row = QHBoxLayout()
        row.addWidget(self._submit)
        row.addWidget(self._cancel)
        row.addStretch(1)
        row.addWidget(text_label(self.tr("Ctrl+Enter 提交"), font=sans(SMALL), tone="3"))
        column.addLayout(row)

    def _add_field(self, field: Field) -> None:
        row = 3 * len(self._editors)
        name = self._services.rules.label("field", field.name, language())
        editor = editor_for(field, self._services)
        editor.setAccessibleName(name)
        problem = text_label(font=sans(SMALL), tone="bad")
        problem.setWordWrap(True)
        problem.hide()
        self._editors[field.name] = editor
        self._problems[field.name] = problem
        if field.type != "statement":
            mark = f"{name} *" if field.required else name
            label = text_label(mark, font=sans(SMALL), tone="2")
            label.setContentsMargins(0, 6, 0, 0)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(editor, row, 1)
        self._grid.addWidget(problem, row + 1, 1)

    def _connect(self) -> None:
        self._submit.clicked.connect(self.submit)
        self._cancel.clicked.connect(self.closed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)
        for name, editor in self._editors.items():
            editor.changed.connect(self._on_changed)
            if name != "place":  # tells its own beneath its line
                editor.problem.connect(partial(self._say, name))

    def _on_changed(self) -> None:
        self._general.hide()

    def editor(self, name: str) -> Editor:
        return self._editors[name]

    def add_hint(self, name: str, hint: QWidget) -> None:
        """Put a help under a field: a proposal, likely choices."""
        row = 3 * list(self._editors).index(name)
        self._grid.addWidget(hint, row + 2, 1)

    def prefill(self, entity: Any, given: Mapping[str, Any]) -> None:
        """What the case already has, and what `given` proposes for the rest."""
        for field in self._fields:
            value = given.get(field.name)
            if value is None and field.type != "statement":
                value = known_value(entity, field.name)
            if value is not None:
                self._editors[field.name].set_value(value)
        self._initial = self.values()

    def put(self, values: Mapping[str, Any]) -> None:
        """Put back what was typed before."""
        for name, value in values.items():
            if name in self._editors:
                self._editors[name].set_value(value)

    def values(self) -> Values:
        return {name: editor.value() for name, editor in self._editors.items()}

    def changed_values(self) -> Values:
        """Only what differs from the prefilled form."""
        return {
            name: value for name, value in self.values().items() if value != self._initial.get(name)
        }

    def problem(self, name: str) -> str:
        """What is said at a field, empty if nothing."""
        return self._problems[name].text()

    def news(self) -> str:
        return self._news.text()

    def tell_news(self, text: str) -> None:
        """Say that the case changed meanwhile; what was typed stays."""
        self._news.say(text)
        self._news.setVisible(bool(text))

    def submit(self) -> None:
        """Hand over to the outbox, or say at the fields what is missing."""
        wrong = {
            name: "" if name == "place" else editor.what_is_wrong()
            for name, editor in self._editors.items()
        }
        for name, sentence in wrong.items():
            self._say(name, sentence)
        if any(wrong.values()):
            self._focus_problem()
            return
        refusals = self._send(self.values())
        if refusals:
            self._show_refusals(refusals)
        else:
            self.sent.emit()

    def _show_refusals(self, refusals: tuple[Refusal, ...]) -> None:
        general: list[str] = []
        for refusal in refusals:
            name = str(refusal.params.get("field") or _FIELD_OF.get(refusal.code, ""))
            sentence = self._sentence(refusal, name)
            if name in self._problems:
                self._say(name, sentence)
            else:
                general.append(sentence)
        self._general.setText("\n".join(general))
        self._general.setVisible(bool(general))
        self._focus_problem()

    def _sentence(self, refusal: Refusal, name: str) -> str:
        statements = {field.name for field in self._fields if field.type == "statement"}
        if refusal.code == "MISSING_FIELD" and name in statements:
            return self.tr("请勾选确认")
        return refusal_text(refusal, self._services.rules, language())

    def _say(self, name: str, sentence: str) -> None:
        self._problems[name].setText(sentence)
        self._problems[name].setVisible(bool(sentence))

    def _focus_problem(self) -> None:
        for name, problem in self._problems.items():
            if problem.text():
                self._editors[name].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def focus_first(self) -> None:
        """To the first field that still is empty, else to the button."""
        for field in self._fields:
            if field.required and self._editors[field.name].value() is None:
                self._editors[field.name].setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._submit.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        return keeps_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


_FIELD_OF = {
    "PLACE_UNRESOLVED": "place", "NO_SUCH_TARGET": "target_id", "TARGET_ENDED": "target_id",
    "TARGET_IS_SELF": "target_id", "NO_SUCH_USER": "owner_id", "SAME_OWNER": "owner_id",
    "TO_SELF_ONLY": "owner_id", "REASON_FOR_TAKEOVER": "reason",
    "LATE_NEEDS_REASON": "late_reason", "NO_CHANGE": "reason",
}  # fmt: skip
"""The field that a refusal without a field's name is about."""
