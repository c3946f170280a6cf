"""The health board: every camera's state, since when, when it was last seen here, its loss."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.cache.search_text import normal
from app.domain.camera import Camera, Health
from app.domain.changes import Changes
from app.services import Services
from app.text import language
from widgets.shared.buttons import Chip, button
from widgets.shared.flow import FlowLayout
from widgets.shared.labels import EmptyState, SectionHeader
from widgets.shared.table_file import TableSaver, write_csv
from widgets.video.health.acts import HealthActs
from widgets.video.health.model import HealthModel
from widgets.video.health.row import HealthRow, heads, health_row
from widgets.video.health.seen import SeenHere
from widgets.video.health.view import HealthView

_LOOK_MS: Final = 2000
_TYPED_MS: Final = 80
_ALL: Final = ""


class HealthPanel(QWidget):
    """Draws the store's cameras and what this seat's players know.

    While hidden it only remembers when each camera was last seen here.
    """

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._language = language()
        self._rows: dict[str, HealthRow] = {}
        self._shown = _ALL
        self._dirty = True
        self.seen = SeenHere(services.clock)
        self.model = HealthModel(self)
        self.view = HealthView(self.model, self)
        self.acts = HealthActs(services)
        self.saver = TableSaver(services, self)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.chips = {_ALL: Chip(self.tr("全部"))} | {
            health.value: Chip(services.rules.label("camera_health", health, self._language))
            for health in (Health.ONLINE, Health.OFFLINE, Health.FAULT, Health.MAINTENANCE,
                           Health.UNKNOWN)
        }  # fmt: skip
        self.export = button(self.tr("导出"), tip=self.tr("把列表中的摄像机存成 CSV 表格"))
        self.empty = EmptyState()
        self._head = SectionHeader(self.tr("视频健康"))
        self._look = QTimer(self, interval=_LOOK_MS)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._build()
        self._connect()
        self._look.start()

    # building

    def _build(self) -> None:
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search.setPlaceholderText(self.tr("名称、位置、编号、单位、状态"))
        self.search.setFixedWidth(260)
        self.chips[_ALL].setChecked(True)
        self._head.add(self.search)
        self._head.add(self.export)
        chips = FlowLayout(spacing=6)
        for chip in self.chips.values():
            chips.addWidget(chip)
        upper = QVBoxLayout()
        upper.setContentsMargins(12, 8, 12, 8)
        upper.addLayout(chips)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 8, 12, 8)
        foot.addWidget(self.acts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(upper)
        column.addLayout(self._stack, 1)
        column.addLayout(foot)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        services = self._services
        services.store.changed.connect(self._on_changed)
        services.session.signed_in.connect(self._show_acts)
        for health, chip in self.chips.items():
            chip.clicked.connect(partial(self._on_chip, health))
        self.search.textChanged.connect(self._typed.start)
        self._typed.timeout.connect(self._arrange)
        self._look.timeout.connect(self._on_look)
        self.view.picked.connect(self._show_acts)
        self.export.clicked.connect(self._on_export)
        self.empty.acted.connect(self.search.clear)

    # facts

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.seen.look(self._services.videos.players)
        if self._dirty:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._dirty = True

    def _on_changed(self, changes: Changes) -> None:
        touched = changes.of("camera").touched
        if not self.isVisible():
            self._dirty = True
        elif changes.of("org").touched:
            self._refresh()
        elif touched:
            self._work_out(touched)
            self._arrange()

    def _on_look(self) -> None:
        """What the clock or a player changes without a word of the store."""
        touched = self.seen.look(self._services.videos.players)
        if not self.isVisible():
            return
        touched |= {row.id for row in self._rows.values() if row.health == Health.MAINTENANCE}
        if touched:
            self._work_out(touched)
            self._arrange()

    def _refresh(self) -> None:
        self._dirty = False
        self._work_out({*self._services.store.all("camera"), *self._rows})
        self._arrange()

    def _work_out(self, ids: Iterable[str]) -> None:
        services = self._services
        now, store = services.clock.now(), services.store
        for camera_id in ids:
            camera = store.get("camera", camera_id)
            if not isinstance(camera, Camera):
                self._rows.pop(camera_id, None)
                continue
            org = store.get("org", camera.org_id)
            owner = org.name if org is not None else camera.org_id
            seen = self.seen.of(camera_id)
            self._rows[camera_id] = health_row(
                camera, seen, owner, services.rules, self._language, now
            )

    # what is shown

    def _arrange(self) -> None:
        self._typed.stop()
        words = normal(self.search.text()).split()
        found = [row for row in self._rows.values() if all(word in row.search for word in words)]
        chosen = [row for row in found if self._shown in (_ALL, row.health)]
        self.model.show_rows(chosen)
        for health, chip in self.chips.items():
            chip.set_count(sum(health in (_ALL, row.health) for row in found))
        self._show_empty()
        self._show_acts()

    def _show_empty(self) -> None:
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.empty)
        self.export.setEnabled(self.model.rowCount() > 0)
        if not self._rows:
            self.empty.say(self.tr("没有摄像机"), self.tr("后台还没有送来视野内的摄像机。"))
        elif self.search.text().strip():
            self.empty.say(self.tr("没有符合的摄像机"), "", self.tr("清除搜索"))
        else:
            self.empty.say(self.tr("没有这种状态的摄像机"))

    def _show_acts(self) -> None:
        self.acts.show_camera(self.view.current_id())

    # acts

    def _on_chip(self, health: str) -> None:
        self._shown = health
        for name, chip in self.chips.items():
            chip.setChecked(name == health)
        self._arrange()

    def _on_export(self) -> None:
        rows = [self.model.row(at).cells for at in range(self.model.rowCount())]
        self.saver.ask(self.tr("视频健康"), partial(write_csv, head=heads(), rows=rows))
