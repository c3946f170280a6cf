"""One tour being written: its name, cameras in their order, how long each stays, on which tiles."""

import re
import unicodedata
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.services import Services
from app.text import language
from app.video.tour import Tour, tour_rules
from widgets.shared.buttons import button, primary_button
from widgets.shared.choices import Choice, LiveChoiceEditor
from widgets.shared.editor import NumberEditor, TextEditor
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import SectionHeader, text_label
from widgets.video.camera_words import where
from widgets.video.tours.stops import StopList

_NAME_LIMIT: Final = 40
_BETWEEN: Final = re.compile(r"[\s,\u3001;]+")


def read_tiles(text: str) -> tuple[int, ...] | None:
    """`1, 2、4` as tile numbers, each once; None if it is none. At least one."""
    parts = [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", text).strip()) if part]
    if not parts or not all(part.isdecimal() and int(part) > 0 for part in parts):
        return None
    return tuple(dict.fromkeys(map(int, parts)))


class TourForm(QWidget):
    """Signals: saved(Tour); removed(str tour id); left(): nothing is to be changed."""

    saved = Signal(object)
    removed = Signal(str)
    left = Signal()

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._tour = Tour(id="", name="")
        self.head = SectionHeader("")
        self.name = TextEditor(_NAME_LIMIT, self.tr("例如 早高峰巡视"))
        self.dwell = NumberEditor(whole=True)
        self.tiles = TextEditor(40, "1, 2")
        self.stops = StopList(self._words)
        self.another = LiveChoiceEditor(self._choices, self.tr("输入名称添加,或从列表拖入"))
        self.save = primary_button(self.tr("保存"))
        self.remove = button(self.tr("删除"), "danger")
        self.cancel = button(self.tr("取消"), tip="Esc")
        self.problem = text_label(font=sans(SMALL), tone="warn")
        self._build()
        self._connect()

    def show_tour(self, tour: Tour, *, new: bool) -> None:
        """Begin with this tour as it is kept."""
        self._tour = tour
        self.head.set_title(self.tr("新建轮巡") if new else self.tr("编辑轮巡"))
        self.head.set_note(self.tr("演示") if tour.demo else "")
        self.name.set_value(tour.name)
        self.dwell.set_value(tour.dwell_s)
        self.tiles.set_value(", ".join(map(str, tour.tiles)))
        self.stops.show_cameras(tour.cameras)
        self.remove.setVisible(not new)
        self.remove.setToolTip(self.tr("删除这个轮巡表"))
        self._check()

    # building

    def _build(self) -> None:
        rules = tour_rules()
        self.setFocusProxy(self.name)
        self.dwell.setToolTip(
            self.tr("{low} 至 {high} 秒").format(
                low=f"{rules.shortest_dwell_s:g}", high=f"{rules.longest_dwell_s:g}"
            )
        )
        self.tiles.setToolTip(self.tr("窗口编号,用逗号分开;几个窗口同时各放一路"))
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.setColumnStretch(1, 1)
        labelled = (
            (self.tr("名称"), self.name),
            (self.tr("停留(秒)"), self.dwell),
            (self.tr("窗口"), self.tiles),
        )
        for row, (words, editor) in enumerate(labelled):
            grid.addWidget(text_label(words, tone="2"), row, 0)
            grid.addWidget(editor, row, 1)
        acts = QHBoxLayout()
        acts.setSpacing(6)
        acts.addWidget(self.save, 1)
        acts.addWidget(self.cancel)
        acts.addWidget(self.remove)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 8, 12, 8)
        inner.setSpacing(8)
        inner.addLayout(grid)
        inner.addWidget(self.stops, 1)
        inner.addWidget(self.another)
        inner.addWidget(self.problem)
        inner.addLayout(acts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(inner, 1)

    def _connect(self) -> None:
        for editor in (self.name, self.dwell, self.tiles):
            editor.changed.connect(self._check)
        self.stops.edited.connect(self._check)
        self.another.box.activated.connect(self._on_another)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.left)
        self.remove.clicked.connect(self._on_remove)

    # content

    def _words(self, camera_id: str) -> str:
        camera = self._services.store.get("camera", camera_id)
        if camera is None:
            return self.tr("已撤除的摄像机")
        return where(camera, self._services.rules, language())

    def _choices(self) -> list[Choice]:
        cameras = self._services.store.all("camera").values()
        named = [(camera.id, self._words(camera.id)) for camera in cameras]
        return sorted(named, key=lambda choice: choice[1])

    def _on_another(self) -> None:
        """A camera that was chosen or fully typed goes to the end."""
        camera_id = self.another.value()
        if camera_id is not None:
            self.stops.add(camera_id)
            self.another.set_value(None)

    def _check(self) -> None:
        """Say what is missing beside the grey button."""
        said = self._missing()
        self.problem.setText(said)
        self.problem.setVisible(bool(said))
        self.save.setEnabled(not said)

    def _missing(self) -> str:
        rules, dwell = tour_rules(), self.dwell.value()
        if not self.name.value():
            return self.tr("请填名称")
        if dwell is None or rules.dwell(dwell) != dwell:
            return self.tr("停留时间应为 {low} 至 {high} 秒").format(
                low=f"{rules.shortest_dwell_s:g}", high=f"{rules.longest_dwell_s:g}"
            )
        if read_tiles(self.tiles.value() or "") is None:
            return self.tr("请填窗口编号,例如 1, 2")
        return "" if self.stops.cameras() else self.tr("请加入摄像机")

    def _on_save(self) -> None:
        self.saved.emit(
            replace(
                self._tour,
                name=self.name.value() or "",
                dwell_s=float(self.dwell.value() or tour_rules().dwell_s),
                tiles=read_tiles(self.tiles.value() or "") or (1,),
                cameras=self.stops.cameras(),
            )
        )

    def _on_remove(self) -> None:
        self.removed.emit(self._tour.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
