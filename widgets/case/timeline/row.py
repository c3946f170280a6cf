"""One entry of the timeline: time, kind, what happened, what was said, by whom."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from app.domain.describe import local_time
from app.domain.entry import Entry, EntryKind
from app.services import Services
from widgets.case.timeline.kind_chip import KindChip
from widgets.case.timeline.thumbnail import Thumbnail
from widgets.case.timeline.wording import Words, words
from widgets.shared.buttons import button
from widgets.shared.fonts import SMALL, mono, sans
from widgets.shared.labels import set_tone, text_label

SHORT = 160
"""Characters and lines of a text that show without asking; the rest waits behind a button."""
SHORT_LINES = 4


def shortened(text: str) -> str:
    """The text itself if it is short, else its beginning with an ellipsis."""
    lines = text.split("\n")
    cut = "\n".join(lines[:SHORT_LINES])[:SHORT]
    return text if len(cut) == len(text) else cut.rstrip() + "…"


class EntryRow(QFrame):
    """Rows are only ever added; just the mark of waiting changes afterwards."""

    def __init__(self, services: Services, entry: Entry, language: str) -> None:
        super().__init__()
        self.entry = entry
        self.setProperty("line", "bottom")
        said = words(entry, services.rules, language, services.clock.now())
        self._by = text_label(font=sans(SMALL), tone="2")
        self._said = said
        self._waits = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addWidget(_time_label(entry, said), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        row.addLayout(column, 1)
        column.addLayout(self._head(said, entry))
        for change in said.changes:
            column.addWidget(_words_label(change, tone="2"))
        self._add_body(column, said.body)
        if entry.attachment is not None:
            column.addWidget(Thumbnail(services, entry.attachment))
        column.addWidget(self._by)
        self.set_waiting(False)

    def _head(self, said: Words, entry: Entry) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(6)
        strong = entry.type == EntryKind.EVENT
        head.addWidget(KindChip(said.chip, strong), 0, Qt.AlignmentFlag.AlignTop)
        first = said.head or shortened(said.body)
        head.addWidget(_words_label(first), 1, Qt.AlignmentFlag.AlignVCenter)
        return head

    def _add_body(self, column: QVBoxLayout, body: str) -> None:
        short = shortened(body)
        if self._said.head and body:
            label = _words_label(short)
            column.addWidget(label)
        if short == body:
            return
        more = button(self.tr("展开全文({count} 字)").format(count=f"{len(body):,}"), "flat")
        column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        more.clicked.connect(self._on_more)
        self._more = more

    def _on_more(self) -> None:
        """The whole text takes the place of its beginning."""
        cut = shortened(self._said.body)
        for label in self.findChildren(QLabel):
            if label.text() == cut:
                label.setText(self._said.body)
        self._more.hide()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        copy = menu.addAction(self.tr("复制这一条"))
        copy.triggered.connect(self._on_copy)
        menu.popup(event.globalPos())

    def _on_copy(self) -> None:
        said = self._said
        parts = (said.time, said.chip, said.head, *said.changes, said.body, said.by)
        QGuiApplication.clipboard().setText(" ".join(part for part in parts if part))

    def set_waiting(self, waits: bool) -> None:
        """Mark it as not yet taken by the server, or no longer."""
        parts = [part for part in (self._said.by, self.tr("待发") if waits else "") if part]
        self._by.setText(" · ".join(parts))
        self._by.setVisible(bool(parts))
        set_tone(self._by, "warn" if waits else "2")
        self._waits = waits


def _time_label(entry: Entry, said: Words) -> QWidget:
    label = text_label(said.time.replace(" ", "\n"), font=mono(SMALL), tone="2")
    label.setFixedWidth(44)
    label.setContentsMargins(0, 1, 0, 0)
    label.setToolTip(local_time(entry.at, "%Y-%m-%d %H:%M:%S"))
    return label


def _words_label(text: str, tone: str = "") -> QLabel:
    label = text_label(text, font=sans() if not tone else sans(SMALL), tone=tone)
    label.setWordWrap(True)
    return label
