"""The decision after a clash: mine or theirs, field by field, then the same act once more."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.machine import FACT_FIELDS, Field
from app.domain.outbox import OutboxItem
from app.services import Services
from app.text import language, refusals_text
from widgets.outbox.acts import why_not_cancel
from widgets.outbox.compare import Difference, changed_meanwhile, differences, merged_fields
from widgets.outbox.words import act_words, person, value_words
from widgets.shared.arrange import scrolled
from widgets.shared.buttons import button, primary_button
from widgets.shared.editor import plain_value
from widgets.shared.fonts import ROW, SMALL, sans
from widgets.shared.labels import text_label

MINE, THEIRS = 0, 1
WIDTH, MOST_ROWS, SIDE = 820, 440, 20
"""Pixels; more rows than fit into so many are scrolled."""


class ConflictDialog(QDialog):
    """Shows what the author saw, wrote, and what the server has now, side by side."""

    def __init__(self, item: OutboxItem, services: Services, parent: QWidget) -> None:
        super().__init__(parent)
        self._item, self._services = item, services
        self._differences = differences(item, services.rules)
        self.choices: dict[str, QButtonGroup] = {}
        self.setWindowTitle(self.tr("处理冲突"))
        self.why = text_label(tone="bad")
        self.why.setWordWrap(True)
        self.submit = primary_button(self.tr("按所选重新提交"))
        self.withdraw = button(self.tr("撤销我的操作"), "danger")
        self.later = button(self.tr("稍后处理"), tip=self.tr("留在待发箱 (Esc)"))
        self._build()
        self._connect()
        self._show_acts()

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(12)
        head = act_words(self._item.command, self._services)
        column.addWidget(text_label(head, font=sans(ROW, bold=True)))
        intro = text_label(self._intro(), tone="2")
        intro.setWordWrap(True)
        column.addWidget(intro)
        self._inner = QWidget()
        self._inner.setLayout(self._grid())
        self._rows = scrolled(self._inner)
        column.addWidget(self._rows, 1)
        column.addWidget(self.why)
        foot = QHBoxLayout()
        foot.addWidget(self.later)
        foot.addStretch(1)
        foot.addWidget(self.withdraw)
        foot.addWidget(self.submit)
        column.addLayout(foot)

    def _intro(self) -> str:
        theirs = self._item.theirs
        by = getattr(getattr(theirs, "detail", None), "updated_by", "")
        who = person(by, self._services.store) if by else self.tr("别的席位")
        return self.tr(
            "您提交之前,{who} 已改到第 {version} 版。没有内容丢失:逐项选择后重新提交。"
        ).format(who=who, version=getattr(theirs, "version", "?"))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        heads = ("", self.tr("原来"), self.tr("我的修改"), self.tr("对方现在"))
        for at, words in enumerate(heads):
            grid.addWidget(text_label(words, font=sans(SMALL), tone="2"), 0, at)
            grid.setColumnStretch(at, 2 if at else 1)
        for difference in self._differences:
            self._add_row(grid, difference)
        for name, before, now in changed_meanwhile(self._item):
            row = grid.rowCount()
            field = _field_of(name)
            grid.addWidget(self._name(name), row, 0)
            grid.addWidget(self._cell(field, before), row, 1)
            grid.addWidget(text_label("—", tone="3"), row, 2)
            grid.addWidget(self._cell(field, now), row, 3)
        grid.setRowStretch(grid.rowCount(), 1)
        return grid

    def _add_row(self, grid: QGridLayout, difference: Difference) -> None:
        row, field = grid.rowCount(), difference.field
        grid.addWidget(self._name(field.name), row, 0)
        if not difference.of_case:
            grid.addWidget(self._cell(field, difference.mine), row, 2, 1, 2)
            return
        grid.addWidget(self._cell(field, difference.base), row, 1)
        group = self.choices[field.name] = QButtonGroup(self)
        for which, value in ((MINE, difference.mine), (THEIRS, difference.theirs)):
            grid.addWidget(self._option(group, which, field, value), row, 2 + which)
        if not difference.contested:
            group.button(MINE).setChecked(True)
        group.idToggled.connect(self._show_acts)

    def _option(self, group: QButtonGroup, which: int, field: Field, value: Any) -> QWidget:
        """A radio button whose words may take several lines."""
        frame = QFrame()
        frame.setProperty("surface", "card")
        line = QHBoxLayout(frame)
        line.setContentsMargins(8, 4, 8, 4)
        radio = QRadioButton()
        words = self._cell(field, value)
        side = self.tr("我的修改") if which == MINE else self.tr("对方现在")
        radio.setAccessibleName(f"{self._name(field.name).text()} {side} {words.text()}")
        words.setBuddy(radio)
        group.addButton(radio, which)
        line.addWidget(radio, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)
        return frame

    def _name(self, name: str) -> QLabel:
        return text_label(self._services.rules.label("field", name, language()), tone="2")

    def _cell(self, field: Field, value: Any) -> QLabel:
        label = text_label(value_words(field, value, self._services))
        label.setWordWrap(True)
        return label

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its rows; only now it is known how high these are."""
        rows = self._inner.heightForWidth(WIDTH - 2 * SIDE)
        self._rows.setMinimumHeight(min(rows, MOST_ROWS))
        self.resize(WIDTH, self._column.totalMinimumHeightForWidth(WIDTH))
        super().showEvent(event)

    def _connect(self) -> None:
        self.submit.clicked.connect(self._on_submit)
        self.withdraw.clicked.connect(self._on_withdraw)
        self.later.clicked.connect(self.reject)

    # the decision

    def _theirs(self) -> set[str]:
        return {name for name, group in self.choices.items() if group.checkedId() == THEIRS}

    def _open_questions(self) -> int:
        return sum(group.checkedId() < 0 for group in self.choices.values())

    def _only_theirs(self) -> bool:
        return bool(self.choices) and len(self._theirs()) == len(self.choices)

    def _show_acts(self) -> None:
        """What can be done now, or why not."""
        services, item = self._services, self._item
        command, entity = item.command, item.theirs
        standing = services.commands.why_not(command.event, entity, command.kind) if entity else ()
        if standing:
            reason = refusals_text(standing, services.rules, language())
            self.why.setText(self.tr("按现在的情况已不能再提交:{why}").format(why=reason))
        elif self._open_questions():
            self.why.setText(self.tr("还有 {count} 项要选择").format(count=self._open_questions()))
        elif self._only_theirs():
            self.why.setText(self.tr("全部采用对方的内容,我的操作就不必再提交了。"))
        else:
            self.why.setText("")
        ready = not standing and not self._open_questions() and not self._only_theirs()
        self.submit.setEnabled(ready)
        forbidden = why_not_cancel(item, services.session.user)
        self.withdraw.setEnabled(not forbidden)
        self.withdraw.setToolTip(forbidden or self.tr("采用对方的内容"))
        self.submit.setToolTip(self.why.text())

    def _on_submit(self) -> None:
        fields = merged_fields(self._item.command, self._differences, self._theirs())
        plain = {name: plain_value(value) for name, value in fields.items()}
        refusals = self._services.commands.resolve(self._item.id, plain)
        if refusals:
            self.why.setText(refusals_text(refusals, self._services.rules, language()))
        else:
            self.accept()

    def _on_withdraw(self) -> None:
        self._services.commands.cancel(self._item.id, self.tr("采用对方的内容"))
        self.accept()


def _field_of(name: str) -> Field:
    row = {"owner_id": Field(name, "user"), "severity": Field(name, "severity")}
    facts = {field.name: field for field in FACT_FIELDS}
    return {**row, **facts}.get(name) or Field(name, "choice", f"incident_{name}")
