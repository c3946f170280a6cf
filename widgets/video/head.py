"""The line above a wall: how it is divided, what an incident took, saved walls."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy

from app.video.wall_rules import load_wall_rules
from widgets.shared.buttons import Chip, button
from widgets.shared.labels import ElidedLabel
from widgets.video.keeper import WallKeeper

_AIR: Final = 6


class WallHead(QFrame):
    """Signals: asked(str): "close" this wall, "sides" lists and facts, "preset" that is offered,
    "back" to the wall before an incident.
    """

    asked = Signal(str)

    def __init__(self, keeper: WallKeeper, *, first: bool) -> None:
        super().__init__()
        self._keeper = keeper
        self.setProperty("line", "bottom")
        self.setFixedHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        self.chips = {layout: Chip(layout) for layout in load_wall_rules().layouts}
        group = QButtonGroup(self)
        for layout, chip in self.chips.items():
            chip.setAccessibleName(self.tr("{layout} 画面").format(layout=layout))
            chip.setToolTip(chip.accessibleName())
            group.addButton(chip)
            row.addWidget(chip)
        self.banner = ElidedLabel()
        self.banner.setProperty("tone", "warn")
        self.banner.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.banner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addSpacing(_AIR)
        row.addWidget(self.banner, 1)
        row.addSpacing(_AIR)
        self.back = button(self.tr("Esc 返回"), "flat", self.tr("返回事件联动前的画面"))
        row.addWidget(self.back)
        self.preset = button("", tip=self.tr("把选中的摄像机转到看得见事件的预置位"))
        self.preset.hide()
        row.addWidget(self.preset)
        self.saved = button(self.tr("画面组"), "flat", self.tr("保存的画面:打开、保存、改名、删除"))
        self.sides = button(self.tr("侧栏"), "flat", self.tr("显示或隐藏摄像机列表和详情"))
        self.close_wall = button(self.tr("关闭"), "flat", self.tr("关闭这面视频墙"))
        self.close_wall.setVisible(not first)
        for made in (self.saved, self.sides, self.close_wall):
            row.addWidget(made)
        self._connect()
        self._on_changed()

    def _connect(self) -> None:
        for layout, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, name=layout: self._keeper.divide(name))
        self._keeper.changed.connect(self._on_changed)
        self.close_wall.clicked.connect(lambda: self.asked.emit("close"))
        self.preset.clicked.connect(lambda: self.asked.emit("preset"))
        self.sides.clicked.connect(lambda: self.asked.emit("sides"))
        self.back.clicked.connect(lambda: self.asked.emit("back"))

    def offer_preset(self, name: str) -> None:
        """A position of the camera in hand; empty: none."""
        self.preset.setText(self.tr("转到 {preset}").format(preset=name))
        self.preset.setVisible(bool(name))

    def say(self, text: str, whole: str = "") -> None:
        """What happens to the wall; empty: nothing does. `whole` has room in the tooltip."""
        self.banner.setText(text)
        self.banner.tell(whole)

    def _on_changed(self) -> None:
        self.chips[self._keeper.wall.layout].setChecked(True)
        self.back.setVisible(self._keeper.wall.earlier is not None)
