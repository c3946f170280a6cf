"""Rows as a file for a spreadsheet: asked where to, written off the GUI thread, told how it went."""

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.describe import local_time
from app.messages import Level
from app.services import Services

type Write = Callable[[Path], int]
"""Writes the file and returns the number of its rows; runs off the GUI thread, holds no widget."""


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """UTF-8 with a mark that spreadsheets know. Returns the number of rows. Raises OSError."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(head)
        for row in rows:
            table.writerow(map(_harmless, row))
            count += 1
    return count


class TableSaver(QObject):
    """Asks for a file beside `panel`, then lets it be written."""

    def __init__(self, services: Services, panel: QWidget) -> None:
        super().__init__(panel)
        self._services, self._panel = services, panel
        self._write: Write | None = None

    def ask(self, name: str, write: Write) -> None:
        """`name` is proposed, with the time behind it."""
        self._write = write
        dialog = QFileDialog(self._panel.window(), self.tr("导出{name}").format(name=name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("CSV 表格 (*.csv)"))
        dialog.setDefaultSuffix("csv")
        stamp = local_time(self._services.clock.now(), "%Y%m%d-%H%M")
        dialog.selectFile(f"{name}-{stamp}.csv")
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: str, write: Write) -> None:
        """Write to a known place."""
        self._services.tasks.run(
            write, Path(path), done=partial(self._on_written, path), failed=self._on_failed
        )

    def _on_file(self, path: str) -> None:
        if self._write is not None:
            self.save(path, self._write)

    def _on_written(self, path: str, rows: int) -> None:
        text = self.tr("已导出 {rows} 行:{path}").format(rows=rows, path=path)
        self._services.messages.post(Level.GOOD, text)

    def _on_failed(self, error: Exception) -> None:
        text = self.tr("导出未成功:{error}。请换一个位置再试。").format(error=error)
        self._services.messages.post(Level.BAD, text)


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula becomes plain text."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
