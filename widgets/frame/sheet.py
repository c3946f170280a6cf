"""The sheet of shortcuts, made from the actions themselves."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.actions import Action
from app.panels import Panel
from app.text import translate
from widgets.frame.keys import keys_text
from widgets.shared.fonts import BODY, ROW, mono, sans
from widgets.shared.labels import text_label

type Row = tuple[str, str]  # keys, what they do

_COLUMNS: Final = 3
_HEAD_ROWS: Final = 2  # what a group's title and the gap to the next take


class ShortcutSheet(QDialog):
    """Columns of groups; closes with Esc, or with F1 again."""

    def __init__(self, actions: Sequence[Action], panels: Sequence[Panel], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("快捷键"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        groups: dict[str, list[Row]] = {}
        for action in actions:
            if action.shortcut:
                row = (keys_text(action.shortcut), translate("Action", action.text))
                groups.setdefault(translate("Action", action.group), []).append(row)
        for panel in panels:
            if panel.keys:
                title = self.tr("在{panel}上").format(panel=translate("Panel", panel.title))
                groups[title] = [(keys, translate("Action", text)) for keys, text in panel.keys]
        note = text_label(self.tr("正在输入文字或拼音时,单个字母键不会触发操作"), tone="2")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 24, 24, 24)
        whole.setSpacing(24)
        whole.addLayout(_columns(groups))
        whole.addWidget(note)


def _columns(groups: Mapping[str, Sequence[Row]]) -> QHBoxLayout:
    """Each group goes to the column that is shortest so far."""
    side_by_side = QHBoxLayout()
    side_by_side.setSpacing(40)
    columns = [QVBoxLayout() for _ in range(_COLUMNS)]
    lengths = [0] * _COLUMNS
    for title, rows in groups.items():
        at = lengths.index(min(lengths))
        lengths[at] += len(rows) + _HEAD_ROWS
        columns[at].addLayout(_group(title, rows))
    for column in columns:
        column.setSpacing(24)
        column.addStretch(1)
        side_by_side.addLayout(column)
    return side_by_side


def _group(title: str, rows: Sequence[Row]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(text_label(title, font=sans(ROW, bold=True)))
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    for i, (keys, words) in enumerate(rows):
        cap = text_label(keys, font=mono(BODY))
        cap.setObjectName("keyCap")
        grid.addWidget(cap, i, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(text_label(words), i, 1)
    grid.setColumnStretch(1, 1)
    column.addLayout(grid)
    return column
