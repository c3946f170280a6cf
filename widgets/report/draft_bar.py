"""Several calls at once: the drafts as chips above the form."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.services import Services
from app.text import language
from widgets.report.draft import draft_name
from widgets.shared.arrange import clear
from widgets.shared.buttons import Chip
from widgets.shared.flow import FlowLayout


class DraftBar(QFrame):
    """Hidden while there is at most the draft that is shown anyway.

    Signals: chosen(str draft_id).
    """

    chosen = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self.setProperty("line", "bottom")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        self._flow = FlowLayout(spacing=6)
        column.addLayout(self._flow)
        self._shown: list[tuple[str, str, bool]] = []
        self.hide()

    def show_drafts(self, current: str) -> None:
        """`current`: the id of the draft in the form, empty for a new one."""
        drafts = self._services.drafts
        ids = drafts.ids() if self._services.session.user else []
        named = [
            (i, draft_name(drafts.load(i) or {}, self._services.rules, language()), i == current)
            for i in sorted(ids)
        ]
        self.setVisible(bool(set(ids) - {current}))
        if named == self._shown:
            return
        self._shown = named
        clear(self._flow)
        for draft_id, name, is_current in named:
            chip = Chip(name.replace("&", "&&"))
            chip.setChecked(is_current)
            chip.clicked.connect(lambda _=False, draft_id=draft_id: self.chosen.emit(draft_id))
            self._flow.addWidget(chip)
