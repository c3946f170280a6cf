"""What stands in a layout, without asking Qt for its items."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.shared.arrange import clear, parts
from widgets.shared.flow import FlowLayout


def test_parts_come_in_the_order_of_the_layout(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column, line = QVBoxLayout(page), QHBoxLayout()
    last, first, inner = QPushButton(page), QPushButton(page), QPushButton(page)
    column.addWidget(first)
    column.addStretch()
    column.addLayout(line)
    line.addWidget(inner)
    column.addWidget(last)
    QWidget(page)  # stands nowhere
    assert parts(column) == [first, line, last]
    assert parts(line) == [inner]


def test_a_cleared_layout_has_no_parts(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout(page)
    for _ in range(3):
        flow.addWidget(QPushButton())
    assert len(parts(flow)) == 3
    clear(flow)
    assert parts(flow) == []
