"""A short list that is kept sorted row by row: alarms, waiting acts."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

type Index = QModelIndex | QPersistentModelIndex
type Key = tuple[Any, ...]

_TOP: Final = QModelIndex()
_WORDS: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


class RowModel(QAbstractListModel):
    """Values by id, in the order of their keys. A value's `str` is its text for screen readers.

    A changed value is a changed or moved row, never a reset.
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[Key, str]] = []
        self._key_of: dict[str, Key] = {}
        self._values: dict[str, Any] = {}

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._keys)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return str(self.value(index.row())) if index.isValid() and role in _WORDS else None

    def id_at(self, row: int) -> str:
        return self._keys[row][1]

    def ids(self) -> list[str]:
        return [row_id for _, row_id in self._keys]

    def value(self, row: int) -> Any:
        return self._values[self._keys[row][1]]

    def row_of(self, row_id: str) -> int | None:
        key = self._key_of.get(row_id)
        return None if key is None else bisect_left(self._keys, (key, row_id))

    def apply(self, puts: Mapping[str, tuple[Key, Any]], drops: Iterable[str] = ()) -> None:
        """Take new values with their sort keys, forget others; equal values change nothing."""
        for row_id in drops:
            self._drop(row_id)
        for row_id, (key, value) in puts.items():
            self._put(row_id, key, value)

    def _put(self, row_id: str, key: Key, value: Any) -> None:
        row = self.row_of(row_id)
        if row is None:
            self._insert(row_id, key, value)
        elif key != self._key_of[row_id]:
            self._values[row_id] = value
            self._move(row, row_id, key)
        elif value != self._values[row_id]:
            self._values[row_id] = value
            self._changed(row)

    def _insert(self, row_id: str, key: Key, value: Any) -> None:
        row = bisect_left(self._keys, (key, row_id))
        self.beginInsertRows(_TOP, row, row)
        self._keys.insert(row, (key, row_id))
        self._key_of[row_id] = key
        self._values[row_id] = value
        self.endInsertRows()

    def _move(self, row: int, row_id: str, key: Key) -> None:
        before = bisect_left(self._keys, (key, row_id))
        target = before - 1 if before > row else before
        moved = target != row and self.beginMoveRows(_TOP, row, row, _TOP, before)
        del self._keys[row]
        self._keys.insert(target, (key, row_id))
        self._key_of[row_id] = key
        if moved:
            self.endMoveRows()
        self._changed(target)

    def _drop(self, row_id: str) -> None:
        row = self.row_of(row_id)
        if row is not None:
            self.beginRemoveRows(_TOP, row, row)
            del self._keys[row], self._key_of[row_id], self._values[row_id]
            self.endRemoveRows()

    def _changed(self, row: int) -> None:
        at = self.index(row)
        self.dataChanged.emit(at, at)
