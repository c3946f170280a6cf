"""Many cameras as rows that come and go by stretches, never by reset."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt

from widgets.shared.camera_drag import CAMERA_MIME, camera_mime
from widgets.shared.row_model import Index

_TOP: Final = QModelIndex()


class Listing(QAbstractTableModel):
    """Values by id, in the order that their owner wants. A camera's row can be dragged.

    Subclasses tell what a cell says (`data`) and which rows are cameras (`camera_id`).
    """

    def __init__(self, columns: int = 1, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._ids: list[str] = []
        self._rows: dict[str, int] = {}
        self._values: dict[str, Any] = {}

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else self._columns

    def ids(self) -> Sequence[str]:
        return self._ids

    def id_at(self, row: int) -> str:
        return self._ids[row]

    def value(self, row: int) -> Any:
        return self._values[self._ids[row]]

    def row_of(self, row_id: str) -> int | None:
        return self._rows.get(row_id)

    def camera_id(self, row: int) -> str:
        """The camera of a row, "" if it is none."""
        return self._ids[row]

    def show(self, ids: Sequence[str], values: Mapping[str, Any]) -> None:
        """These rows in this order and no others; equal values change nothing."""
        changed = [i for i in ids if i in self._rows and self._values[i] != values[i]]
        self._values.update((i, values[i]) for i in ids)
        if ids != self._ids:
            self._arrange(ids)
        for first, last in _stretches(sorted(self._rows[i] for i in changed)):
            self.dataChanged.emit(self.index(first, 0), self.index(last, self._columns - 1))

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemNeverHasChildren
        if self.camera_id(index.row()):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [CAMERA_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return camera_mime(self.camera_id(indexes[0].row()))

    def _arrange(self, wanted: Sequence[str]) -> None:
        """Take out what goes or moves, then put in what comes; the rest stays in place."""
        place = {row_id: at for at, row_id in enumerate(wanted)}
        stays = _in_order([(place[i], i) for i in self._ids if i in place])
        going = [row for row, row_id in enumerate(self._ids) if row_id not in stays]
        for first, last in reversed(list(_stretches(going))):
            self.beginRemoveRows(_TOP, first, last)
            del self._ids[first : last + 1]
            self.endRemoveRows()
        coming = [row for row, row_id in enumerate(wanted) if row_id not in stays]
        for first, last in _stretches(coming):
            self.beginInsertRows(_TOP, first, last)
            self._ids[first:first] = wanted[first : last + 1]
            self.endInsertRows()
        self._rows = place
        for row_id in self._values.keys() - place.keys():
            del self._values[row_id]


def _stretches(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as (first, last) of what hangs together."""
    first = last = -1
    for row in rows:
        if row != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last


def _in_order(pairs: Sequence[tuple[int, str]]) -> set[str]:
    """The ids of a longest run of pairs whose numbers rise (patience sorting)."""
    tops: list[int] = []
    heaps: list[int] = []
    before: list[int] = []
    for at, (number, _) in enumerate(pairs):
        heap = bisect_left(tops, number)
        before.append(heaps[heap - 1] if heap else -1)
        if heap == len(tops):
            tops.append(number)
            heaps.append(at)
        else:
            tops[heap], heaps[heap] = number, at
    found: set[str] = set()
    at = heaps[-1] if heaps else -1
    while at >= 0:
        found.add(pairs[at][1])
        at = before[at]
    return found
