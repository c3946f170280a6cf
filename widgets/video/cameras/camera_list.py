"""All cameras: how many, how they are, found by typing; chosen with Enter, dragged to a tile."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.cache.search_text import normal
from app.domain.camera import Camera, Health
from app.domain.changes import Changes
from app.services import Services
from app.text import language
from widgets.shared.buttons import Chip
from widgets.shared.flow import FlowLayout
from widgets.shared.labels import EmptyState, SectionHeader
from widgets.video.cameras.arranging import Openness, View, arranged, group_id, matching
from widgets.video.cameras.favourites import Favourites
from widgets.video.cameras.hover import HoverStill
from widgets.video.cameras.model import CameraModel
from widgets.video.cameras.row import FAULTY, CameraRow, camera_row
from widgets.video.cameras.view import CameraView

_TYPED_MS: Final = 80
_CLOCK_MS: Final = 10_000
"""How often words that the clock alone changes are looked at: maintenance that ends, midnight."""
_VIEW: Final = "video.cameras.view"
_WALKED: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CameraList(QWidget):
    """Draws the store's cameras; works only while it is on the screen.

    Signals: camera_chosen(str): Enter, or a double click.
    """

    camera_chosen = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._language = language()
        self._rows: dict[str, CameraRow] = {}
        self._openness = Openness()
        self._view = View.ROAD
        self._dirty = True
        self.favourites = Favourites(services.preferences, self)
        self.model = CameraModel(parent=self)
        self.view = CameraView(self.model, self)
        self.hover = HoverStill(services, self)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.empty = EmptyState()
        self.chips = {
            View.ROAD: Chip(self.tr("按道路")),
            View.NODE: Chip(self.tr("按节点")),
            View.FAVOURITES: Chip(self.tr("收藏")),
            View.FAULTS: Chip(self.tr("故障")),
        }
        self._head = SectionHeader(self.tr("摄像机"))
        self._typed = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._build()
        self._connect()
        self._take_view()

    def show_camera(self, camera_id: str) -> None:
        """Mark a camera and bring it into sight, if the present view has it."""
        if self._typed.isActive():
            self._on_typed()
        row = self._rows.get(camera_id)
        head = group_id(self._view, row) if row else ""
        if head and not self._openness(head):
            self._openness.put(head, True)
            self._arrange()
        at = self.model.row_of(camera_id)
        if at is not None:
            self.view.show_row(at)

    # building

    def _build(self) -> None:
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusProxy(self.search)
        self.search.setPlaceholderText(self.tr("名称、道路、桩号、编号"))
        self.search.setToolTip(self.tr("几个词用空格分开;↓ 进入列表,Enter 上墙,F 收藏"))
        self.search.installEventFilter(self)
        chips = FlowLayout(spacing=6)
        for chip in self.chips.values():
            chips.addWidget(chip)
        upper = QVBoxLayout()
        upper.setContentsMargins(12, 8, 12, 8)
        upper.setSpacing(8)
        upper.addLayout(chips)
        line = QHBoxLayout()
        line.addWidget(self.search)
        upper.addLayout(line)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(upper)
        column.addLayout(self._stack, 1)

    def _connect(self) -> None:
        services = self._services
        services.store.changed.connect(self._on_changed)
        services.preferences.changed.connect(self._on_preference)
        self.favourites.changed.connect(self._on_favourites)
        for chip in self.chips.values():
            chip.clicked.connect(self._on_chip)
        self.search.textChanged.connect(self._typed.start)
        self._typed.timeout.connect(self._on_typed)
        self._clock.timeout.connect(self._on_clock)
        self.view.chosen.connect(self.camera_chosen)
        self.view.hovered.connect(self._on_hovered)
        self.view.folded.connect(self._on_folded)
        self.view.starred.connect(self.favourites.toggle)
        self.empty.acted.connect(self.search.clear)

    # facts

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._dirty:
            self._refresh()
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self.hover.point("", QRect())

    def _on_changed(self, changes: Changes) -> None:
        touched = changes.of("camera").touched
        if not touched:
            return
        if self.isVisible():
            self._work_out(touched)
            self._arrange()
        else:
            self._dirty = True

    def _refresh(self) -> None:
        self._dirty = False
        cameras = self._services.store.all("camera")
        self._work_out({*cameras, *self._rows})
        self._arrange()

    def _work_out(self, ids: Iterable[str]) -> None:
        """Rows of these cameras anew; gone ones go."""
        services = self._services
        now, favourites = services.clock.now(), self.favourites.ids()
        for camera_id in ids:
            camera = services.store.get("camera", camera_id)
            if isinstance(camera, Camera):
                self._rows[camera_id] = camera_row(
                    camera, services.rules, self._language, now, favourite=camera_id in favourites
                )
            else:
                self._rows.pop(camera_id, None)

    def _on_clock(self) -> None:
        timed = [row.id for row in self._rows.values() if row.health != Health.ONLINE]
        self._work_out(timed)
        self._arrange()

    def _on_favourites(self) -> None:
        if self.isVisible():
            self._work_out(
                {row.id for row in self._rows.values() if row.favourite} ^ self.favourites.ids()
            )
            self._arrange()
        else:
            self._dirty = True

    # what is shown

    def _arrange(self) -> None:
        words = normal(self.search.text()).split()
        rows = matching(self._rows.values(), words)
        here = self.view.currentIndex()
        current = self.model.id_at(here.row()) if here.isValid() else ""
        self.model.show(*arranged(rows, self._view, self._openness))
        at = self.model.row_of(current)
        if at is not None:
            self.view.setCurrentIndex(self.model.index(at, 0))
        self._count()
        self._show_empty()

    def _count(self) -> None:
        rows = self._rows.values()
        online = sum(row.health == Health.ONLINE for row in rows)
        unknown = sum(row.health == Health.UNKNOWN for row in rows)
        parts = [f"{len(rows):,}", self.tr("在线 {count}").format(count=f"{online:,}")]
        if unknown:
            parts.append(self.tr("未知 {count}").format(count=f"{unknown:,}"))
        self._head.set_note(" · ".join(parts))
        self.chips[View.FAULTS].set_count(sum(row.health in FAULTY for row in rows))

    def _show_empty(self) -> None:
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.empty)
        if not self._rows:
            self.empty.say(self.tr("没有摄像机"), self.tr("后台还没有送来视野内的摄像机。"))
        elif self.search.text().strip():
            self.empty.say(self.tr("没有符合的摄像机"), "", self.tr("清除搜索"))
        elif self._view is View.FAVOURITES:
            self.empty.say(self.tr("还没有收藏"), self.tr("在列表中按 F 或点星号收藏。"))
        else:
            self.empty.say(self.tr("没有离线或故障的摄像机"))

    # acts

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field one walks the list and chooses without leaving it."""
        if watched is not self.search or not isinstance(event, QKeyEvent):
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _ENTER:
            self._choose()
        elif event.key() in _WALKED:
            if self._typed.isActive():
                self._on_typed()
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.view.currentIndex().isValid() and self.model.rowCount():
                self.view.show_row(0)
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            return False
        return True

    def _choose(self) -> None:
        """The marked camera; while one searches that is the first found, until one walks on."""
        if self._typed.isActive():
            self._on_typed()
        if camera := self.view.current_camera():
            self.camera_chosen.emit(camera)

    def _on_hovered(self, camera_id: str) -> None:
        at = self.model.row_of(camera_id)
        row = QRect()
        if at is not None:
            row = self.view.visualRect(self.model.index(at, 0))
            row.moveTo(self.view.viewport().mapToGlobal(row.topLeft()))
        self.hover.point(camera_id, row)

    def _on_typed(self) -> None:
        self._typed.stop()
        searching = bool(self.search.text().strip())
        self._openness.search(searching)
        self._arrange()
        rows = range(self.model.rowCount()) if searching else ()
        first = next((row for row in rows if self.model.camera_id(row)), None)
        if first is not None:
            self.view.show_row(first)

    def _on_folded(self, head: str, opened: bool) -> None:
        self._openness.put(head, opened)
        self._arrange()

    def _on_chip(self) -> None:
        chosen = next(view for view, chip in self.chips.items() if chip is self.sender())
        self._services.preferences.set(_VIEW, chosen.value)
        self._take_view()

    def _on_preference(self, key: str) -> None:
        if key in ("", _VIEW):
            self._take_view()

    def _take_view(self) -> None:
        kept = self._services.preferences.get(_VIEW)
        self._view = next((view for view in View if view == kept), View.ROAD)
        for view, chip in self.chips.items():
            chip.setChecked(view is self._view)
        if self.isVisible():
            self._arrange()
        else:
            self._dirty = True
