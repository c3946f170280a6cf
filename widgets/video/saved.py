"""Walls under a name, per user and role: open, save, rename, delete."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton

from app.preferences import Preferences
from app.video.wall import Wall, read, written
from app.video.wall_rules import load_wall_rules
from widgets.video.keeper import WallKeeper

NAME_LENGTH: Final = 24


class SavedWalls:
    """All walls of the seat's user in his present role share them."""

    def __init__(self, preferences: Preferences, role: Callable[[], str]) -> None:
        self._preferences, self._role = preferences, role

    def names(self) -> tuple[str, ...]:
        return tuple(self._rows())

    def open(self, name: str) -> Wall | None:
        row = self._rows().get(name)
        return read(row, load_wall_rules().layouts) if row is not None else None

    def save(self, name: str, wall: Wall) -> None:
        """One of the same name is replaced."""
        self._store({**self._rows(), name: written(wall)})

    def rename(self, name: str, new: str) -> None:
        """Takes the place of another that is called so."""
        rows = {k: row for k, row in self._rows().items() if k != new or k == name}
        self._store({new if k == name else k: row for k, row in rows.items()})

    def delete(self, name: str) -> None:
        self._store({k: row for k, row in self._rows().items() if k != name})

    @property
    def _key(self) -> str:
        return f"video.saved.{self._role()}"

    def _rows(self) -> dict[str, Any]:
        rows = self._preferences.get(self._key, {})
        return dict(rows) if isinstance(rows, Mapping) else {}

    def _store(self, rows: Mapping[str, Any]) -> None:
        self._preferences.set(self._key, dict(rows))


class SavedMenu(QObject):
    """The menu at a button.

    Signals: further_asked(): one more wall.
    """

    further_asked = Signal()

    def __init__(self, saved: SavedWalls, keeper: WallKeeper, button: QPushButton) -> None:
        super().__init__(button)
        self._saved, self._keeper, self._button = saved, keeper, button
        self.menu = QMenu(button)
        self.menu.aboutToShow.connect(self._on_about_to_show)
        button.setMenu(self.menu)

    def _on_about_to_show(self) -> None:
        self.menu.clear()
        names = self._saved.names()
        for name in names:
            self.menu.addAction(name).triggered.connect(partial(self._open, name))
        if not names:
            self.menu.addAction(self.tr("还没有保存的画面")).setEnabled(False)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("保存当前画面…")).triggered.connect(self._on_save)
        if names:
            renaming = self.menu.addMenu(self.tr("重命名"))
            deleting = self.menu.addMenu(self.tr("删除"))
            for name in names:
                renaming.addAction(name).triggered.connect(partial(self._ask_rename, name))
                deleting.addAction(name).triggered.connect(partial(self._saved.delete, name))
        self.menu.addSeparator()
        self.menu.addAction(self.tr("新视频墙窗口")).triggered.connect(self.further_asked)

    def _open(self, name: str) -> None:
        wall = self._saved.open(name)
        if wall is not None:
            self._keeper.show(wall)

    def _on_save(self) -> None:
        self._ask(self.tr("保存画面"), "", self._save)

    def _save(self, name: str) -> None:
        self._saved.save(name, self._keeper.wall)

    def _ask_rename(self, name: str) -> None:
        self._ask(self.tr("重命名"), name, partial(self._saved.rename, name))

    def _ask(self, title: str, text: str, done: Callable[[str], None]) -> None:
        dialog = QInputDialog(self._button.window())
        dialog.setWindowTitle(title)
        dialog.setLabelText(self.tr("名称(同名的会被替换):"))
        dialog.setTextValue(text)
        dialog.setOkButtonText(self.tr("保存"))
        dialog.setCancelButtonText(self.tr("取消"))

        def named(name: str) -> None:
            if name.strip():
                done(name.strip()[:NAME_LENGTH])

        dialog.textValueSelected.connect(named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
