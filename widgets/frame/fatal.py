"""When the desk cannot start: one sentence, what is safe, what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from widgets.shared.buttons import primary_button
from widgets.shared.fonts import TITLE, sans
from widgets.shared.labels import text_label
from widgets.shared.theme import Theme


class FatalDialog(QDialog):
    """Stands alone: there is no window yet. Show it with `exec()`, then end the program."""

    def __init__(self, sentence: str, what_to_do: str = "") -> None:
        super().__init__()
        Theme.current().wear(self)
        self.setWindowTitle("TOCC Desk")
        self.setFixedWidth(520)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(text_label(self.tr("无法启动"), font=sans(TITLE, bold=True)))
        safe = self.tr("已保存的内容和待发的操作都还在,没有丢失。")
        for text, tone in ((sentence, ""), (safe, "2"), (what_to_do, "2")):
            if text:
                label = text_label(text, tone=tone)
                label.setWordWrap(True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(label)
        close = primary_button(self.tr("关闭"))
        close.clicked.connect(self.accept)
        column.addSpacing(8)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
