"""The menu that narrows the queue: level, state, type, district, route, closed cases too."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from widgets.queue.filter import Filter
from widgets.shared.buttons import Chip, button
from widgets.shared.flow import FlowLayout
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label

type Choice = tuple[str, str]  # value, words


class ChipGroup(QWidget):
    """Chips under a heading; any number of them is on.

    Signals: changed().
    """

    changed = Signal()

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._chips: dict[str, Chip] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(6)
        column.addWidget(text_label(heading, font=sans(SMALL), tone="2"))
        self._flow = FlowLayout(spacing=6)
        column.addLayout(self._flow)

    def offer(self, choices: Sequence[Choice], chosen: Iterable[str]) -> None:
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for value, words in choices:
            chip = self._chips[value] = Chip(words)
            chip.setChecked(value in set(chosen))
            chip.clicked.connect(self.changed)
            self._flow.addWidget(chip)
        self.setVisible(bool(choices))

    def chosen(self) -> frozenset[str]:
        return frozenset(value for value, chip in self._chips.items() if chip.isChecked())


class FilterPopup(QFrame):
    """Signals: changed(Filter): after each click."""

    changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "card")
        self._filter = Filter()
        self._groups = {
            "types": ChipGroup(self.tr("类型")),
            "states": ChipGroup(self.tr("状态")),
            "areas": ChipGroup(self.tr("区划")),
            "routes": ChipGroup(self.tr("路线")),
        }
        self._closed = QCheckBox(self.tr("含已结案件"))
        self._clear = button(self.tr("清除"), tip=self.tr("去掉这里的全部条件"))
        self._build()
        for group in self._groups.values():
            group.changed.connect(self._on_changed)
        self._closed.clicked.connect(self._on_changed)
        self._clear.clicked.connect(self._on_clear)

    def offer(self, wanted: Filter, choices: dict[str, Sequence[Choice]]) -> None:
        """Show what is chosen; `choices` by the filter's field name."""
        self._filter = wanted
        for name, group in self._groups.items():
            group.offer(choices.get(name, ()), getattr(wanted, name))
        self._closed.setChecked(wanted.closed)

    def _build(self) -> None:
        inner = QWidget()
        groups = QVBoxLayout(inner)
        groups.setContentsMargins(12, 12, 12, 0)
        for group in self._groups.values():
            groups.addWidget(group)
        groups.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 12)
        foot.addWidget(self._closed)
        foot.addStretch(1)
        foot.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        self.resize(364, 520)

    def _on_changed(self) -> None:
        sets: dict[str, Any] = {name: group.chosen() for name, group in self._groups.items()}
        self._filter = replace(self._filter, closed=self._closed.isChecked(), **sets)
        self.changed.emit(self._filter)

    def _on_clear(self) -> None:
        for group in self._groups.values():
            for chip in group.findChildren(Chip):
                chip.setChecked(False)
        self._closed.setChecked(False)
        self._on_changed()
