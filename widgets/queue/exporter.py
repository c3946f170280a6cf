"""Saves rows as a table: asks where to, writes off the GUI thread, says how it went."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.describe import local_time
from app.messages import Level
from app.services import Services
from app.text import language
from widgets.queue.table import write_csv


class Exporter(QObject):
    def __init__(self, services: Services, panel: QWidget) -> None:
        super().__init__(panel)
        self._services, self._panel = services, panel
        self._ids: list[str] = []

    def ask(self, ids: list[str]) -> None:
        """Ask for a file, then write these cases in this order."""
        self._ids = ids
        dialog = QFileDialog(self._panel.window(), self.tr("导出事件列表"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("CSV 表格 (*.csv)"))
        dialog.setDefaultSuffix("csv")
        stamp = local_time(self._services.clock.now(), "%Y%m%d-%H%M")
        dialog.selectFile(self.tr("事件列表-{time}.csv").format(time=stamp))
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, ids: list[str], path: str) -> None:
        services = self._services
        rows = [services.store.get("incident", incident_id) for incident_id in ids]
        known = [row for row in rows if row is not None]
        names = {user.id: user.name for user in services.store.all("user").values()}
        services.tasks.run(
            write_csv, Path(path), known, names, services.rules, language(),
            done=partial(self._on_written, path), failed=self._on_failed,
        )  # fmt: skip

    def _on_file(self, path: str) -> None:
        self.write(self._ids, path)

    def _on_written(self, path: str, rows: int) -> None:
        text = self.tr("已导出 {rows} 起事件:{path}").format(rows=rows, path=path)
        self._services.messages.post(Level.GOOD, text)

    def _on_failed(self, error: Exception) -> None:
        text = self.tr("导出未成功:{error}。请换一个位置再试。").format(error=error)
        self._services.messages.post(Level.BAD, text)
