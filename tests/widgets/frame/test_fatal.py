from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from widgets.frame.fatal import FatalDialog


def test_a_start_that_fails_says_why_what_is_safe_and_what_to_do(qtbot: QtBot) -> None:
    dialog = FatalDialog("本席位已在另一个窗口中打开", "请关闭另一个窗口后再试")
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "本席位已在另一个窗口中打开" in words
    assert "请关闭另一个窗口后再试" in words
    assert any("没有丢失" in text for text in words)
