"""The list of cases: it stands still while rows come and go, and marks what is selected."""

from PySide6.QtWidgets import QWidget

from widgets.queue.delegate import ROW_HEIGHT, QueueDelegate
from widgets.queue.model import QueueModel
from widgets.shared.row_view import RowView


class QueueView(RowView):
    """A removed row never hands the selection on: only the user picks."""

    def __init__(self, model: QueueModel, delegate: QueueDelegate, parent: QWidget) -> None:
        super().__init__(model, delegate, ROW_HEIGHT, parent)
        self._cases = model
        self._anchor: tuple[str, int] | None = None

    def show_selected(self, incident_id: str | None, *, scroll: bool = False) -> None:
        """Mark this case, wherever it stands, and no other."""
        row = None if incident_id is None else self._cases.row_of(incident_id)
        if row is None:
            self.selectionModel().clear()
            return
        at = self._cases.index(row)
        if self.currentIndex() != at or not self.selectionModel().isSelected(at):
            self.setCurrentIndex(at)
        if scroll:
            self.scrollTo(at)

    def hold(self) -> None:
        """Remember what stands at the top, unless the list is at its beginning."""
        row, value = self.top_row(), self.verticalScrollBar().value()
        known = value > 0 and row < self._cases.rowCount()
        self._anchor = (self._cases.id_at(row), value - row * ROW_HEIGHT) if known else None

    def release(self) -> None:
        """Bring it back to where it was before rows came or went above it."""
        if self._anchor is None:
            return
        row = self._cases.row_of(self._anchor[0])
        value = None if row is None else row * ROW_HEIGHT + self._anchor[1]
        if value is not None and value != self.verticalScrollBar().value():
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(value)
