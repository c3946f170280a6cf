"""The open cases of the store, kept by row: the duplicate hint asks at every key."""

from PySide6.QtCore import QObject

from app.domain.changes import Changes
from app.domain.incident import Incident
from app.store import Store


class OpenCases(QObject):
    """`all()` costs a copy of some hundred cases, not a walk over every case ever closed."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._open = {case.id: case for case in store.all("incident").values() if case.is_open}
        store.changed.connect(self._on_store_changed)

    def all(self) -> list[Incident]:
        return list(self._open.values())

    def _on_store_changed(self, changes: Changes) -> None:
        for case_id in changes.of("incident").touched:
            case = self._store.get("incident", case_id)
            if isinstance(case, Incident) and case.is_open:
                self._open[case_id] = case
            else:
                self._open.pop(case_id, None)
