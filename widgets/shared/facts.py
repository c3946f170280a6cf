"""Editors of facts that are records: casualties, dangerous goods, lanes."""

from typing import Any

from PySide6.QtCore import QSignalBlocker

from app.domain.rules import Rules
from widgets.shared.buttons import Chip
from widgets.shared.choices import ChoiceEditor
from widgets.shared.editor import Editor, NumberEditor, RecordEditor, TextEditor
from widgets.shared.flow import FlowLayout

COUNTS = ("dead", "serious", "light", "missing", "trapped")


class CasualtiesEditor(RecordEditor):
    """Persons by how badly they are hurt; an empty box is unknown, 0 is none."""

    def __init__(self, rules: Rules, language: str) -> None:
        parts = {
            name: (rules.label("field", name, language), NumberEditor(whole=True))
            for name in COUNTS
        }
        super().__init__(parts)


class YesNoEditor(ChoiceEditor):
    """Yes, no, or unknown while it is empty."""

    def __init__(self, yes: str, no: str) -> None:
        super().__init__([("yes", yes), ("no", no)], "—")

    def value(self) -> Any:
        return {"yes": True, "no": False}.get(super().value() or "")

    def set_value(self, value: Any) -> None:
        super().set_value({True: "yes", False: "no"}.get(value))


class HazmatEditor(RecordEditor):
    """Dangerous goods: UN number, tonnes, leak, fire."""

    def __init__(self) -> None:
        yes_no = (self.tr("是"), self.tr("否"))
        super().__init__(
            {
                "un": (self.tr("UN 编号"), TextEditor(limit=8, placeholder="1203")),
                "amount_t": (self.tr("数量(吨)"), NumberEditor()),
                "leak": (self.tr("泄漏"), YesNoEditor(*yes_no)),
                "fire": (self.tr("起火"), YesNoEditor(*yes_no)),
            }
        )

    def _record(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "un": (values["un"] or "").upper().removeprefix("UN").strip()}

    def set_value(self, value: Any) -> None:
        super().set_value(value)
        if not self._parts["un"].value():
            self._parts["un"].set_value(None)


class LanesEditor(Editor):
    """The usual lanes as chips, anything else as text."""

    def __init__(self, rules: Rules, language: str) -> None:
        super().__init__()
        lanes = rules.codes["lane"]
        self._chips = {lane: Chip(label.text(language)) for lane, label in lanes.items()}
        self._other = TextEditor(placeholder=self.tr("其他"))
        flow = FlowLayout(spacing=6)
        self._row.addLayout(flow)
        for chip in self._chips.values():
            flow.addWidget(chip)
            chip.toggled.connect(self.changed)
        flow.addWidget(self._other)
        self.setFocusProxy(next(iter(self._chips.values())))
        self._other.changed.connect(self.changed)

    def value(self) -> list[str] | None:
        lanes = [lane for lane, chip in self._chips.items() if chip.isChecked()]
        other = self._other.value()
        return [*lanes, *(other.split("、") if other else ())] or None

    def set_value(self, value: Any) -> None:
        lanes = list(value or ())
        for lane, chip in self._chips.items():
            with QSignalBlocker(chip):
                chip.setChecked(lane in lanes)
        self._other.set_value("、".join(lane for lane in lanes if lane not in self._chips))
