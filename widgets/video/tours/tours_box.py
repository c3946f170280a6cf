"""The tours beside the wall: started, held and ended here; what runs is told in words."""

import uuid
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.services import Services
from app.text import language
from app.video.tour import Tour, tour_rules
from widgets.shared.arrange import list_panel
from widgets.shared.buttons import button, primary_button
from widgets.shared.flow import FlowLayout
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import ElidedLabel, EmptyState, SectionHeader
from widgets.shared.row_model import RowModel
from widgets.shared.row_view import RowView
from widgets.video.camera_words import health_text
from widgets.video.tours.form import TourForm
from widgets.video.tours.kept import KeptTours
from widgets.video.tours.row import ROW_PX, TourDelegate, TourRow
from widgets.video.tours.runner import TourRunner

_SECOND_MS: Final = 1000


class ToursBox(QWidget):
    """What the wall has to do for a tour: show `camera_due`, open `camera_soon` ahead, call
    `touched` when somebody does something with a tile.

    Signals: camera_due(int tile, str camera): tiles count from 1; camera_soon(str camera).
    """

    camera_due = Signal(int, str)
    camera_soon = Signal(str)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._language = language()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.kept = KeptTours(services.preferences, services.store, services.session.role, self)
        self.runner = TourRunner(services, self)
        self.model = RowModel()
        self.view = RowView(self.model, TourDelegate(self), ROW_PX, self)
        self.view.setAccessibleName(self.tr("轮巡"))
        self.empty = EmptyState()
        self.form = TourForm(services)
        self.said = ElidedLabel()
        self.head = SectionHeader(self.tr("轮巡"))
        self.new = button(self.tr("新建"), "flat", self.tr("新建一个轮巡表"))
        self.start = primary_button(self.tr("开始"))
        self.hold = button(self.tr("暂停"))
        self.skip = button(self.tr("下一路"), tip=self.tr("立即切到下一路"))
        self.stop = button(self.tr("停止"), tip=self.tr("结束轮巡,画面留在原处"))
        self.edit = button(self.tr("编辑"))
        self._second = QTimer(self, interval=_SECOND_MS)
        self._build()
        self._connect()
        self._show_tours()

    def touched(self, tile: int) -> None:
        """Somebody does something with a tile (from 1): a tour on it waits until told to go on."""
        self.runner.touched(tile)

    # building

    def _build(self) -> None:
        self.head.add(self.new)
        self.said.setFont(sans(SMALL))
        self.said.setProperty("tone", "2")
        acts = FlowLayout(spacing=6)
        for act in (self.start, self.hold, self.skip, self.stop, self.edit):
            acts.addWidget(act)
        foot = QVBoxLayout()
        foot.addWidget(self.said)
        foot.addLayout(acts)
        page = QWidget()
        self._rows = list_panel(page, self.head, self.view, self.empty, foot)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(page)
        self._pages.addWidget(self.form)

    def _connect(self) -> None:
        services, runner = self._services, self.runner
        services.store.changed.connect(self._on_changed)
        services.session.signed_in.connect(self._show_tours)
        self.kept.changed.connect(self._show_tours)
        runner.camera_due.connect(self.camera_due)
        runner.camera_soon.connect(self.camera_soon)
        runner.changed.connect(self._on_run_changed)
        self._second.timeout.connect(self._say)
        self.view.picked.connect(self._show_acts)
        self.view.opened.connect(self._on_start)
        self.new.clicked.connect(self._on_new)
        self.start.clicked.connect(self._on_start)
        self.hold.clicked.connect(self._on_hold)
        self.skip.clicked.connect(runner.skip)
        self.stop.clicked.connect(runner.stop)
        self.edit.clicked.connect(self._on_edit)
        self.form.saved.connect(self._on_saved)
        self.form.removed.connect(self._on_removed)
        self.form.left.connect(self._show_list)

    # facts

    def _on_changed(self, changes: Changes) -> None:
        cameras = changes.of("camera")
        if cameras.added or cameras.removed:
            self._show_tours()

    def _show_tours(self) -> None:
        tours = self.kept.all()
        puts = {tour.id: ((at,), self._row(tour)) for at, tour in enumerate(tours)}
        self.model.apply(puts, set(self.model.ids()) - puts.keys())
        self._rows.setCurrentWidget(self.view if tours else self.empty)
        self.empty.say(self.tr("还没有轮巡表"), self.tr("点“新建”,把摄像机拖进来。"))
        self._show_acts()
        self._say()

    def _row(self, tour: Tour) -> TourRow:
        running = self.runner.tour
        if running is None or running.id != tour.id:
            return TourRow(tour, "", "")
        if self.runner.is_paused:
            return TourRow(tour, "‖", self.tr("已暂停"))
        return TourRow(tour, "▶", self.tr("轮巡中"))

    def _on_run_changed(self) -> None:
        if self.runner.tour is None:
            self._second.stop()
        else:
            self._second.start()
        self._show_tours()

    def _say(self) -> None:
        """What runs, how long the present camera stays, what was passed over and why."""
        tour = self.runner.tour
        self.head.set_note(tour.name if tour else "")
        if tour is None:
            self.said.setText("")
            return
        if self.runner.is_paused:
            parts = [self.tr("已暂停,按“继续”恢复")]
        elif self.runner.run is not None and self.runner.run.shown:
            at = tour.cameras.index(self.runner.run.shown[0]) + 1
            left = self.tr("{seconds} s 后切换").format(seconds=f"{self.runner.left_s:.0f}")
            parts = [f"{at}/{len(tour.cameras)}", left]
        else:
            parts = [self.tr("没有可看的摄像机,稍后再试")]
        passed = self.runner.passed_over
        if passed:
            parts.append(self.tr("跳过 {count} 路:{names}").format(
                count=len(passed), names=", ".join(map(self._dead, passed))
            ))  # fmt: skip
        self.said.setText(" · ".join(parts))

    def _dead(self, camera_id: str) -> str:
        services = self._services
        camera = services.store.get("camera", camera_id)
        if camera is None:
            return self.tr("已撤除的摄像机")
        words = health_text(camera, services.rules, self._language, services.clock.now())
        return f"{camera.name} {words}"

    # acts

    def _current(self) -> Tour | None:
        at = self.view.currentIndex()
        return self.model.value(at.row()).tour if at.isValid() else None

    def _show_acts(self) -> None:
        tour, running = self._current(), self.runner.tour
        why = "" if tour else self.tr("先选中一个轮巡表")
        if tour and not tour.cameras:
            why = self.tr("这个轮巡表里没有摄像机")
        self.start.setEnabled(not why)
        self.start.setToolTip(why or self.tr("开始选中的轮巡 (Enter)"))
        self.edit.setEnabled(tour is not None)
        self.edit.setToolTip(self.tr("改名称、摄像机、停留时间、窗口"))
        for act in (self.hold, self.skip, self.stop):
            act.setVisible(running is not None)
        paused = self.runner.is_paused
        self.hold.setText(self.tr("继续") if paused else self.tr("暂停"))
        self.hold.setToolTip(self.tr("暂停或继续 (空格)"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.runner.tour is not None:
            self._on_hold()
        else:
            super().keyPressEvent(event)

    def _on_start(self) -> None:
        tour = self._current()
        if tour is not None and tour.cameras:
            self.runner.start(tour)

    def _on_hold(self) -> None:
        (self.runner.resume if self.runner.is_paused else self.runner.pause)()

    def _on_new(self) -> None:
        dwell = tour_rules().dwell_s
        self._open(Tour(id=str(uuid.uuid4()), name="", dwell_s=dwell), new=True)

    def _on_edit(self) -> None:
        tour = self._current()
        if tour is not None:
            self._open(tour, new=False)

    def _open(self, tour: Tour, *, new: bool) -> None:
        self.form.show_tour(tour, new=new)
        self._pages.setCurrentWidget(self.form)
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_saved(self, tour: Tour) -> None:
        """A tour that runs goes on as it was until it is started anew."""
        self.kept.put(tour)
        self._show_list()
        row = self.model.row_of(tour.id)
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row, 0))
        self._show_acts()

    def _on_removed(self, tour_id: str) -> None:
        if self.runner.tour is not None and self.runner.tour.id == tour_id:
            self.runner.stop()
        self.kept.remove(tour_id)
        self._show_list()

    def _show_list(self) -> None:
        self._pages.setCurrentIndex(0)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
