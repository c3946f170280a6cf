"""Saves the visible cases as a table."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.services import Services
from app.text import language, translate
from widgets.queue.table import write_cases
from widgets.shared.table_file import TableSaver, Write


class Exporter:
    def __init__(self, services: Services, panel: QWidget) -> None:
        self._services = services
        self._saver = TableSaver(services, panel)

    def ask(self, ids: list[str]) -> None:
        """Ask for a file, then write these cases in this order."""
        self._saver.ask(translate("Exporter", "事件列表"), self._table(ids))

    def write(self, ids: list[str], path: str) -> None:
        self._saver.save(path, self._table(ids))

    def _table(self, ids: list[str]) -> Write:
        store = self._services.store
        rows = [store.get("incident", incident_id) for incident_id in ids]
        known = [row for row in rows if row is not None]
        names = {user.id: user.name for user in store.all("user").values()}
        rules, spoken = self._services.rules, language()
        return partial(write_cases, incidents=known, names=names, rules=rules, language=spoken)
