"""The menu of saved views: choose, save under a name, delete."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton

from app.preferences import Preferences
from widgets.queue.views import View, delete_view, save_view, saved_views


class ViewsMenu(QObject):
    """`current` tells what is looked at now.

    Signals: chosen(View).
    """

    chosen = Signal(object)

    def __init__(
        self, preferences: Preferences, button: QPushButton, current: Callable[[], View]
    ) -> None:
        super().__init__(button)
        self._preferences, self._button, self._current = preferences, button, current
        self.menu = QMenu(button)
        self.menu.aboutToShow.connect(self._on_about_to_show)
        button.setMenu(self.menu)

    def _on_about_to_show(self) -> None:
        self.menu.clear()
        views, now = saved_views(self._preferences), self._current()
        for view in views:
            action = self.menu.addAction(view.name)
            action.setCheckable(True)
            action.setChecked((view.filter, view.sort) == (now.filter, now.sort))
            action.triggered.connect(partial(self.chosen.emit, view))
        if not views:
            self.menu.addAction(self.tr("还没有保存的视图")).setEnabled(False)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("保存当前视图…")).triggered.connect(self._on_save)
        if views:
            deleting = self.menu.addMenu(self.tr("删除视图"))
            for view in views:
                delete = partial(delete_view, self._preferences, view.name)
                deleting.addAction(view.name).triggered.connect(delete)

    def _on_save(self) -> None:
        dialog = QInputDialog(self._button.window())
        dialog.setWindowTitle(self.tr("保存视图"))
        dialog.setLabelText(self.tr("名称(同名的会被替换):"))
        dialog.setOkButtonText(self.tr("保存"))
        dialog.setCancelButtonText(self.tr("取消"))
        dialog.textValueSelected.connect(self._on_named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_named(self, name: str) -> None:
        now = self._current()
        if name.strip():
            save_view(self._preferences, View(name.strip()[:40], now.filter, now.sort))
