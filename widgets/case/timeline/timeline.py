"""One timeline of the case, the newest entry on top; only rows that changed are touched."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.entry import Entry
from app.services import Services
from app.text import language
from widgets.case.timeline.row import EntryRow
from widgets.shared.buttons import button
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label

PAGE = 20
"""Rows made at a time: the rest waits until somebody asks for it."""


class Timeline(QWidget):
    """`waits` tells of an entry id whether it is still on its way to the server."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._entries: Sequence[Entry] = ()
        self._waiting: frozenset[str] = frozenset()
        self._rows: dict[str, EntryRow] = {}
        self._shown = PAGE
        self._empty = text_label(
            self.tr("还没有记录。可在下方写备注。"), font=sans(SMALL), tone="3"
        )
        self._older = button("", "flat")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._empty)
        self._column.addWidget(self._older)
        self._column.addStretch(1)
        self._older.clicked.connect(self._on_older)

    def rows(self) -> list[EntryRow]:
        """The rows on screen, the newest first."""
        return sorted(self._rows.values(), key=self._column.indexOf)

    def clear(self) -> None:
        for row in self._rows.values():
            self._drop(row)
        self._rows.clear()
        self._shown = PAGE

    def show_entries(self, entries: Sequence[Entry], waiting: frozenset[str]) -> None:
        """Take the entries, the newest first; `waiting` are the ids that wait to be sent."""
        self._entries, self._waiting = entries, waiting
        shown = entries[: self._shown]
        wanted = {entry.id for entry in shown}
        for entry_id in [entry_id for entry_id in self._rows if entry_id not in wanted]:
            self._drop(self._rows.pop(entry_id))
        for place, entry in enumerate(shown):
            self._put(place, entry)
        self._empty.setVisible(not entries)
        rest = len(entries) - len(shown)
        self._older.setVisible(rest > 0)
        self._older.setText(self.tr("显示更早的 {count} 条").format(count=rest))

    def _put(self, place: int, entry: Entry) -> None:
        row = self._rows.get(entry.id)
        if row is not None and not _same(row.entry, entry):
            self._drop(row)
            row = None
        if row is None:
            row = self._rows[entry.id] = EntryRow(self._services, entry, language())
        if self._column.indexOf(row) != place:
            self._column.insertWidget(place, row)
        row.set_waiting(entry.id in self._waiting)

    def _drop(self, row: EntryRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_older(self) -> None:
        self._shown += PAGE
        self.show_entries(self._entries, self._waiting)


def _same(one: Entry, other: Entry) -> bool:
    """The server's echo of an own entry differs in its version alone."""
    return replace(one, version=0) == replace(other, version=0)
