"""What stands in a layout, without asking Qt for its items."""

from __future__ import annotations

from PySide6.QtCore import QRect
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


def test_a_flow_fills_lines_and_puts_each_part_in_the_middle_of_its_line(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout(page, spacing=10)
    sizes = ((100, 20), (60, 30), (100, 20))
    made = [QWidget(page) for _ in sizes]
    for part, size in zip(made, sizes, strict=True):
        part.setFixedSize(*size)
        flow.addWidget(part)
    assert (flow.heightForWidth(280), flow.heightForWidth(170)) == (30, 60)
    flow.setGeometry(QRect(0, 0, 170, 60))
    assert [part.pos().toTuple() for part in made] == [(0, 5), (110, 0), (0, 40)]
