"""The upper part of the queue: count, order, quick filters, search, views, what is narrowed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from widgets.queue.filter import Filter, Sort
from widgets.queue.filter_popup import Choice, FilterPopup
from widgets.shared.buttons import Chip, button
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import ElidedLabel, SectionHeader, text_label

QUICK: Mapping[str, Filter] = {
    "open": Filter(),
    "mine": Filter(mine=True),
    "unaccepted": Filter(unaccepted=True),
    "serious": Filter(level="III"),
}
"""The chips: what each would show alone."""


class QueueHead(QWidget):
    """Holds the wanted filter and order.

    Signals: changed(): another filter or order is wanted; filtering(): the filter menu opens.
    """

    changed = Signal()
    filtering = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.filter = Filter()
        self.sort = Sort.DUE
        self._title = SectionHeader("")
        self._sort_menu = button("", "flat", self.tr("排列顺序;未受理的总在最前"))
        self.chips = {
            "open": Chip(self.tr("未结")),
            "mine": Chip(self.tr("我的")),
            "unaccepted": Chip(self.tr("未受理")),
            "serious": Chip(self.tr("较大以上")),
        }
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.setPlaceholderText(self.tr("编号、标题、地点、桩号、类型、责任人"))
        self.search.setToolTip(self.tr("筛选 Ctrl+F:几个词用空格分开"))
        self._filter_button = button(
            self.tr("筛选") + " ▾", tip=self.tr("按类型、状态、区划、路线筛选")
        )
        self.views_button = button(self.tr("视图") + " ▾", tip=self.tr("保存的视图"))
        self._stale = text_label(font=sans(SMALL), tone="warn")
        self._narrowed_line = QWidget()
        self._narrowed = ElidedLabel()
        self._narrowed.setFont(sans(SMALL))
        self._narrowed.setProperty("tone", "2")
        self._clear = button(self.tr("清除"), "flat", self.tr("去掉全部筛选条件"))
        self.popup = FilterPopup(self)
        self._typed = QTimer(self, singleShot=True, interval=80)
        self._build()
        self._connect()

    def show_filter(self, wanted: Filter, sort: Sort, words: str) -> None:
        """Show a filter as chosen; `words` say what narrows the queue besides the chips."""
        self.filter, self.sort = wanted, sort
        if self.search.text() != wanted.text:
            self.search.setText(wanted.text)
        self.chips["mine"].setChecked(wanted.mine)
        self.chips["unaccepted"].setChecked(wanted.unaccepted)
        self.chips["serious"].setChecked(wanted.level == "III")
        self.chips["open"].setChecked(not (wanted.closed or any(self._quick(wanted))))
        for action in self._sort_menu.menu().actions():
            action.setChecked(action.data() == sort)
        self._sort_menu.setText(f"{self._sort_words()[sort]} ▾")
        self._narrowed.setText(words)
        self._narrowed_line.setVisible(bool(words))

    def show_rows(self, count: int) -> None:
        self._title.set_title(self.tr("显示 {count} 起").format(count=f"{count:,}"))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        for name, chip in self.chips.items():
            chip.set_count(counts[name])

    def show_stale(self, words: str) -> None:
        """Say that the list stands still, and since when; empty: it is live."""
        self._stale.setText(words)
        self._stale.setVisible(bool(words))

    def offer(self, choices: Mapping[str, Sequence[Choice]]) -> None:
        """Open the filter menu with what can be chosen."""
        self.popup.offer(self.filter, dict(choices))
        at = self._filter_button.mapToGlobal(self._filter_button.rect().bottomRight())
        self.popup.move(
            max(at.x() - self.popup.width(), self.mapToGlobal(self.pos()).x()), at.y() + 4
        )
        self.popup.show()

    def _quick(self, wanted: Filter) -> tuple[bool, ...]:
        return wanted.mine, wanted.unaccepted, bool(wanted.level)

    def _sort_words(self) -> dict[Sort, str]:
        return {
            Sort.DUE: self.tr("按时限"),
            Sort.TIME: self.tr("按接报时间"),
            Sort.SEVERITY: self.tr("按级别"),
            Sort.STATE: self.tr("按状态"),
        }

    def _build(self) -> None:
        self._title.add(self._sort_menu)
        menu = QMenu(self)
        group = QActionGroup(menu)
        for sort, words in self._sort_words().items():
            action = QAction(words, menu, checkable=True)
            action.setData(sort)
            action.triggered.connect(partial(self._on_sort, sort))
            group.addAction(action)
            menu.addAction(action)
        self._sort_menu.setMenu(menu)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for chip in self.chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        find = QHBoxLayout()
        find.setSpacing(6)
        find.addWidget(self.search, 1)
        find.addWidget(self._filter_button)
        find.addWidget(self.views_button)
        line = QHBoxLayout(self._narrowed_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._narrowed, 1)
        line.addWidget(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self._title)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 8, 12, 0)
        inner.setSpacing(8)
        inner.addLayout(chips)
        inner.addLayout(find)
        inner.addWidget(self._stale)
        inner.addWidget(self._narrowed_line)
        column.addLayout(inner)

    def _connect(self) -> None:
        for name, chip in self.chips.items():
            chip.clicked.connect(partial(self._on_chip, name))
        self.search.textChanged.connect(self._on_text_changed)
        self._typed.timeout.connect(self._on_typed)
        self._filter_button.clicked.connect(self.filtering)
        self._clear.clicked.connect(self.clear)
        self.popup.changed.connect(self._want)

    def clear(self) -> None:
        self._want(Filter())

    def _want(self, wanted: Filter) -> None:
        self.filter = wanted
        self.changed.emit()

    def _on_chip(self, name: str) -> None:
        on = self.chips[name].isChecked()
        match name:
            case "mine":
                self._want(replace(self.filter, mine=on))
            case "unaccepted":
                self._want(replace(self.filter, unaccepted=on))
            case "serious":
                self._want(replace(self.filter, level="III" if on else ""))
            case _:
                self._want(
                    replace(self.filter, closed=False, mine=False, unaccepted=False, level="")
                )

    def _on_sort(self, sort: Sort) -> None:
        self.sort = sort
        self.changed.emit()

    def _on_text_changed(self) -> None:
        self._typed.start()

    def _on_typed(self) -> None:
        if self.search.text() != self.filter.text:
            self._want(replace(self.filter, text=self.search.text()))
