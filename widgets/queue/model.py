"""The visible part of the index as a Qt model that changes row by row."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.clocks import Clock
from app.domain.incident import Incident
from widgets.queue.card import Card
from widgets.queue.filter import Filter, Sort
from widgets.queue.index import QueueIndex
from widgets.queue.order import Order

type Index = QModelIndex | QPersistentModelIndex
type Put = tuple[Incident, Clock | None]

BULK: Final = 300
"""More visible rows than this in one batch (a first load) are laid out anew instead."""
ID_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_TOP = QModelIndex()


class QueueModel(QAbstractListModel):
    """Rows are cases. `describe(id)` puts a case in words; asked once per version and row shown.

    A new filter or order resets the model; a changed case never does.
    """

    def __init__(self, index: QueueIndex, describe: Callable[[str], Card | None]) -> None:
        super().__init__()
        self.cases = index
        self.wanted = Filter()
        self.sorting = Sort.DUE
        self._found: Collection[str] = ()
        self._order = Order()
        self._describe = describe
        self._cards: dict[str, Card | None] = {}

    # reading

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._order)

    def id_at(self, row: int) -> str:
        return self.cases.ids[self._order.slots[row]]

    def ids(self) -> list[str]:
        """All visible cases, from the top."""
        return [self.cases.ids[slot] for slot in self._order.slots]

    def row_of(self, incident_id: str) -> int | None:
        slot = self.cases.slot(incident_id)
        return None if slot is None else self._order.row(slot)

    def value(self, row: int) -> Card | None:
        incident_id = self.id_at(row)
        if incident_id not in self._cards:
            if len(self._cards) > 2000:
                self._cards.clear()
            self._cards[incident_id] = self._describe(incident_id)
        return self._cards[incident_id]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == ID_ROLE:
            return self.id_at(index.row())
        card = self.value(index.row())
        if card is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return card.sentence
        return None

    # what is wanted

    def ask(self, wanted: Filter, sort: Sort, found: Collection[str] = ()) -> None:
        """Show other rows. `found`: ids that a full-text search has found besides."""
        self.wanted, self.sorting, self._found = wanted, sort, found
        self._lay_out()

    def _lay_out(self) -> None:
        self.beginResetModel()
        self._order.fill(*self.cases.visible(self.wanted, self.sorting, self._found))
        self.endResetModel()

    # what changes

    def apply(self, puts: Sequence[Put] = (), drops: Iterable[str] = ()) -> None:
        """Take new versions of cases and forget others, row by row."""
        for incident_id in drops:
            self._drop(incident_id)
        slots = [self.cases.put(incident, clock) for incident, clock in puts]
        for incident, _ in puts:
            self._cards.pop(incident.id, None)
        if not slots:
            return
        which = np.array(slots, np.intp)
        shown = self.cases.matches(self.wanted, self._found, which).tolist()
        if max(sum(shown), self._order.shown(which)) > BULK:
            self._lay_out()
            return
        keys = self.cases.keys(which, self.sorting).tolist()
        for slot, is_shown, key in zip(slots, shown, keys, strict=True):
            self._place(slot, key, is_shown)

    def touch(self, ids: Iterable[str] | None = None) -> None:
        """What stands beside the case itself has changed: its owner's name, an alarm."""
        if ids is None:
            self._cards.clear()
            if len(self._order):
                self.dataChanged.emit(self.index(0), self.index(len(self._order) - 1))
            return
        for incident_id in ids:
            self._cards.pop(incident_id, None)
            row = self.row_of(incident_id)
            if row is not None:
                self._changed(row)

    def _drop(self, incident_id: str) -> None:
        slot = self.cases.slot(incident_id)
        self._cards.pop(incident_id, None)
        if slot is not None:
            self._remove(self._order.row(slot))
            self.cases.drop(incident_id)

    def _place(self, slot: int, key: int, is_shown: bool) -> None:
        row = self._order.row(slot)
        if not is_shown:
            self._remove(row)
        elif row is None:
            self._insert(slot, key)
        elif self._order.stays(row, key):
            self._order.rekey(row, key)
            self._changed(row)
        else:
            self._move(row, slot, key)

    def _insert(self, slot: int, key: int) -> None:
        row = self._order.place(key)
        self.beginInsertRows(_TOP, row, row)
        self._order.insert(row, slot, key)
        self.endInsertRows()

    def _remove(self, row: int | None) -> None:
        if row is not None:
            self.beginRemoveRows(_TOP, row, row)
            self._order.remove(row)
            self.endRemoveRows()

    def _move(self, row: int, slot: int, key: int) -> None:
        before = self._order.place(key)
        self.beginMoveRows(_TOP, row, row, _TOP, before)
        self._order.remove(row)
        target = before - 1 if before > row else before
        self._order.insert(target, slot, key)
        self.endMoveRows()
        self._changed(target)

    def _changed(self, row: int) -> None:
        at = self.index(row)
        self.dataChanged.emit(at, at)
