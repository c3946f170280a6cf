"""The sheet of shortcuts, made from the actions themselves."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from app.actions import Action
from app.panels import Panel
from app.text import translate
from widgets.frame.keys import keys_text
from widgets.shared.fonts import BODY, ROW, mono, sans
from widgets.shared.labels import text_label

type Row = tuple[str, str]  # keys, what they do


class ShortcutSheet(QDialog):
    """Two columns of groups; closes with Esc, or with F1 again."""

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
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 24, 24, 24)
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(24)
        for i, (title, rows) in enumerate(groups.items()):
            grid.addLayout(_group(title, rows), i // 2, i % 2)
        note = text_label(self.tr("正在输入文字或拼音时,单个字母键不会触发操作"), tone="2")
        grid.addWidget(note, len(groups) // 2 + 1, 0, 1, 2)


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
    column.addStretch(1)
    return column
