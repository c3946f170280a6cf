"""Is this call about a case that we already have? Asked while one types (handbook 5.1)."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.describe import local_time, number_text, place_text, title_text
from app.domain.duplicates import likely_duplicates
from app.domain.incident import Incident, Place
from app.services import Services
from app.text import language
from widgets.report.open_cases import OpenCases
from widgets.shared.arrange import clear
from widgets.shared.buttons import button
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label

MOST = 3


class Duplicates(QWidget):
    """Hidden while there is nothing to warn of.

    Signals: join_asked(str incident_id): the call belongs to that case.
    shown_asked(str incident_id): look at that case first.
    """

    join_asked = Signal(str)
    shown_asked = Signal(str)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._cases = OpenCases(services.store, self)
        self._asked = 0
        self._found: list[Incident] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.hide()

    @property
    def found(self) -> list[Incident]:
        return list(self._found)

    def ask(self, place: Place, kind: str | None, known_at: datetime | None) -> None:
        """Look off the GUI thread; the answer to the newest question is shown."""
        self._asked += 1
        if known_at is None or not place.resolved:
            self._show([])
            return
        number, rule, cases = self._asked, self._services.rules.duplicate, self._cases.all()
        self._services.tasks.run(
            likely_duplicates, place, kind, known_at, cases, rule,
            done=lambda found: self._on_found(number, found),
        )  # fmt: skip

    def _on_found(self, number: int, found: list[Incident]) -> None:
        if isValid(self) and number == self._asked:
            self._show(found)

    def _show(self, found: list[Incident]) -> None:
        found = found[:MOST]
        if [c.id for c in found] == [c.id for c in self._found]:
            return
        self._found = found
        clear(self._column)
        if found:
            title = text_label(self.tr("疑似重复,附近已有事件:"), font=sans(bold=True), tone="warn")
            self._column.addWidget(title)
        for case in found:
            self._column.addWidget(self._row(case))
        self.setVisible(bool(found))

    def _row(self, case: Incident) -> QWidget:
        rules = self._services.rules
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        state = rules.label("incident_state", case.state, language())
        words = (
            number_text(case, language()), title_text(case, rules, language()),
            place_text(case.place, rules, language()), local_time(case.known_at, "%H:%M"), state,
        )  # fmt: skip
        text = text_label(" ".join(filter(None, words)), font=sans(SMALL))
        text.setWordWrap(True)
        join = button(self.tr("并入已有事件"), tip=self.tr("不新建,作为续接来电加到该事件"))
        look = button(self.tr("查看"), "flat")
        line.addWidget(text, 1)
        line.addWidget(look)
        line.addWidget(join)
        join.clicked.connect(self._teller(self.join_asked.emit, case.id))
        look.clicked.connect(self._teller(self.shown_asked.emit, case.id))
        return row

    def _teller(self, emit: Callable[[str], None], case_id: str) -> Callable[[], None]:
        return lambda: emit(case_id)
