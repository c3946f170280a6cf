"""The line above a wall: how it is divided, what an incident took, saved walls."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.video.wall_rules import load_wall_rules
from widgets.shared.buttons import Chip, button
from widgets.shared.labels import ElidedLabel
from widgets.video.keeper import WallKeeper

_HIGH, _AIR = 36, 6


class WallHead(QFrame):
    """Signals: asked(str): "close" this wall, "sides" lists and facts, "preset" that is offered,
    "back" to the wall before an incident.
    """

    asked = Signal(str)

    def __init__(self, keeper: WallKeeper, *, first: bool) -> None:
        super().__init__()
        self._keeper, self._first, self._offered = keeper, first, ""
        self.setProperty("line", "bottom")
        self.setFixedHeight(_HIGH)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(_AIR)
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
        self._offered = name
        self.preset.setText(self.tr("转到 {preset}").format(preset=name))
        self._fit()

    def say(self, text: str, whole: str = "") -> None:
        """What happens to the wall; empty: nothing does. `whole` has room in the tooltip."""
        self.banner.setText(text)
        self.banner.tell(whole)

    def _on_changed(self) -> None:
        self.chips[self._keeper.wall.layout].setChecked(True)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least(), _HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _least(self) -> int:
        """What is always there, in pixels."""
        always: list[QWidget] = [*self.chips.values(), self.saved, self.sides]
        if not self._first:
            always.append(self.close_wall)
        return sum(made.sizeHint().width() + _AIR for made in always) + 5 * _AIR

    def _fit(self) -> None:
        """The way back and the preset show where there is room: Esc and the pad have them too."""
        room = self.width() - self._least()
        called = self._keeper.wall.earlier is not None
        for made, wanted in ((self.back, called), (self.preset, bool(self._offered))):
            needed = made.sizeHint().width() + _AIR if wanted else 0
            made.setVisible(wanted and needed <= room)
            room -= needed
