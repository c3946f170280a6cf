"""The board's rows: filtered and ordered by a column, changed by row."""

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import Qt

from widgets.shared.row_model import Index
from widgets.video.cameras.row import natural
from widgets.video.health.row import STATE, HealthRow, heads
from widgets.video.listing import Listing

_WORDS: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class HealthModel(Listing):
    """`sort(column, order)` is what the table's head calls."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(len(heads()), parent)
        self._heads = heads()
        self._column, self._order = STATE, Qt.SortOrder.AscendingOrder
        self._all: list[HealthRow] = []

    def show_rows(self, rows: Iterable[HealthRow]) -> None:
        """These cameras, in the present order."""
        self._all = self._ordered(rows)
        self.show([row.id for row in self._all], {row.id: row for row in self._all})

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """What nothing is known of stands last in either order."""
        self._column, self._order = column, order
        self.show_rows(self._all)

    def row(self, row: int) -> HealthRow:
        value: HealthRow = self.value(row)
        return value

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.row(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return str(row)
        return row.cells[index.column()] if role in _WORDS else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _ordered(self, rows: Iterable[HealthRow]) -> list[HealthRow]:
        at = self._column
        named = sorted(rows, key=lambda row: natural(row.id))
        known = [row for row in named if row.keys[at] is not None]
        known.sort(
            key=lambda row: row.keys[at] or (),
            reverse=self._order is Qt.SortOrder.DescendingOrder,
        )
        return [*known, *(row for row in named if row.keys[at] is None)]
