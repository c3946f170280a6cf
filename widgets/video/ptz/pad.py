"""The pad that steers a camera: nine ways, zoom, speed, who has the head."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from app.domain.ptz import Move
from app.services import Services
from widgets.shared.buttons import button
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import ElidedLabel, SectionHeader, text_label
from widgets.video.ptz.control import PtzControl
from widgets.video.ptz.keys import PtzKeys
from widgets.video.ptz.preset_list import PresetList
from widgets.video.ptz.state import Hold

_SPEED: Final = "ptz.speed"
_STEPS: Final = 10
_CELL_PX: Final = 44
_WAYS: Final = {
    (-1, 1): "↖", (0, 1): "↑", (1, 1): "↗",
    (-1, 0): "←", (0, 0): "⌂", (1, 0): "→",
    (-1, -1): "↙", (0, -1): "↓", (1, -1): "↘",
}  # fmt: skip


class PtzPad(QWidget):
    """`control` is what a tile's mouse and keys steer, too; `presets.photographer` takes the
    picture of a preset."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self.control = PtzControl(services, self)
        self._keys = PtzKeys(self.control)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("云台"))
        self.head = SectionHeader(self.tr("云台"))
        self.who = ElidedLabel()
        self.none = text_label(self.tr("固定摄像机,无云台"), tone="2")
        self.why = text_label(tone="warn", font=sans(SMALL))
        self.ways: dict[tuple[int, int], QPushButton] = {}
        self.closer = self._steering(self.tr("拉近"), Move(zoom=1), self.tr("拉近 (PgUp)"))
        self.wider = self._steering(self.tr("拉远"), Move(zoom=-1), self.tr("拉远 (PgDn)"))
        self.holding = button("")
        self.in_picture = button(
            self.tr("画面操作"),
            tip=self.tr("在画面上拖动转动、滚轮变焦、方向键和数字键 (Z);Esc 结束"),
        )
        self.in_picture.setCheckable(True)
        for made in (self.holding, self.in_picture):
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they are
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.presets = PresetList(services, self.control)
        self._body = QWidget()
        self._build()
        self._connect()
        self.show_camera(None)

    def show_camera(self, camera_id: str | None) -> None:
        """Another camera, or none: the one before is stopped and given back."""
        self._keys.forget()
        self.control.show_camera(camera_id)
        self.presets.show_camera()
        self._show()

    # building

    def _build(self) -> None:
        self.who.setProperty("tone", "2")
        self.who.setFont(sans(SMALL))
        head = self.head.layout()
        assert isinstance(head, QHBoxLayout)
        head.insertWidget(1, self.who, 100)
        self.why.setWordWrap(True)
        self.speed.setRange(1, _STEPS)
        self.speed.setAccessibleName(self.tr("速度"))
        self.speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(12, 12, 12, 12)
        body.setSpacing(12)
        body.addWidget(self.why)
        body.addLayout(self._nine_ways())
        body.addLayout(self._acts())
        body.addLayout(self._speed_row())
        self.none.setContentsMargins(12, 12, 12, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.none)
        column.addWidget(self._body)
        column.addWidget(self.presets, 1)
        column.addStretch()

    def _nine_ways(self) -> QHBoxLayout:
        grid = QGridLayout()
        grid.setSpacing(7)
        for place, ((across, up), sign) in enumerate(_WAYS.items()):
            made = self._way(across, up, sign)
            made.setProperty("pad", "true")
            made.setFixedWidth(_CELL_PX)
            self.ways[across, up] = made
            grid.addWidget(made, place // 3, place % 3)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(grid)
        row.addStretch(1)
        return row

    def _way(self, across: int, up: int, sign: str) -> QPushButton:
        names = {
            (-1, 1): self.tr("左上"), (0, 1): self.tr("上"), (1, 1): self.tr("右上"),
            (-1, 0): self.tr("左"), (1, 0): self.tr("右"),
            (-1, -1): self.tr("左下"), (0, -1): self.tr("下"), (1, -1): self.tr("右下"),
        }  # fmt: skip
        if (across, up) != (0, 0):
            return self._steering(sign, Move(pan=across, tilt=up), names[across, up])
        home = button(sign, tip=self.tr("回到守望位 (Home)"))
        home.setAccessibleName(self.tr("守望位"))
        home.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        home.clicked.connect(self.control.go_home)
        return home

    def _steering(self, text: str, way: Move, name: str) -> QPushButton:
        """Moves while it is pressed, by mouse or by space."""
        made = button(text, tip=name)
        made.setAccessibleName(name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)

        def go() -> None:
            speed = self.control.speed
            self.control.move(Move(way.pan * speed, way.tilt * speed, way.zoom * speed))

        made.pressed.connect(go)
        made.released.connect(self.control.stop)
        return made

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for made in (self.closer, self.wider, self.holding):
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _speed_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(text_label(self.tr("速度"), font=sans(SMALL), tone="2"))
        row.addWidget(self.speed, 1)
        row.addWidget(self.in_picture)
        return row

    def _connect(self) -> None:
        self.control.changed.connect(self._show)
        self.holding.clicked.connect(self._on_holding)
        self.speed.valueChanged.connect(self._on_speed)
        self._services.preferences.changed.connect(self._on_preference)
        self._on_preference("")

    # what is shown

    def _show(self) -> None:
        state, camera = self.control.state, self.control.camera
        has_head = state.hold is not Hold.NOTHING
        self.none.setVisible(camera is not None and not has_head)
        self._body.setVisible(has_head)
        self.presets.setVisible(has_head)
        self.who.setText(self._who())
        self.why.setText(state.why_not)
        self.why.setVisible(bool(state.why_not))
        for made in (*self.ways.values(), self.closer, self.wider, self.in_picture):
            made.setEnabled(state.may_steer)
        texts = {
            Hold.MINE: (self.tr("释放"), self.tr("把云台让给别人")),
            Hold.OTHERS: (self.tr("接管"), self.tr("从级别较低的用户手中接管,对方会收到通知")),
        }
        text, tip = texts.get(state.hold, (self.tr("占用"), self.tr("使用方向键时自动占用")))
        self.holding.setText(text)
        self.holding.setToolTip(state.why_not or tip)
        self.holding.setEnabled(state.hold is Hold.MINE or not state.why_not)

    def _who(self) -> str:
        state = self.control.state
        if state.hold is Hold.NOTHING:
            return ""
        if state.hold is Hold.FREE:
            return self.tr("空闲")
        return self.tr("{name} 持有 · 剩 {seconds} s").format(
            name=state.holder, seconds=state.left_s
        )

    def _on_holding(self) -> None:
        if self.control.state.hold is Hold.MINE:
            self.control.release()
        else:
            self.control.take()

    def _on_speed(self, value: int) -> None:
        self.control.speed = value / _STEPS
        self.speed.setToolTip(self.tr("{percent}% 的最高速度").format(percent=value * 10))
        self._services.preferences.set(_SPEED, value)

    def _on_preference(self, key: str) -> None:
        if key in ("", _SPEED):
            wanted = self._services.preferences.get(_SPEED, _STEPS // 2)
            self.speed.setValue(wanted if isinstance(wanted, int) else _STEPS // 2)
            self.control.speed = self.speed.value() / _STEPS

    # the hand comes and goes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.pressed(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._keys.released(event):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._keys.forget()
        self.control.stop()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.WindowDeactivate:
            self._keys.forget()
            self.control.stop()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        self._show()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._keys.forget()
        self.control.put_down()
        super().hideEvent(event)
