"""The card with the layer tree: what there is above, the layer in hand below."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.services import Services
from maps.geo.camera import Camera
from maps.layers.layer import Layer
from widgets.map.layers.delegate import GROUP_PX, LAYER_PX
from widgets.map.layers.details import LayerDetails
from widgets.map.layers.model import Group, LayerModel, LayerRow
from widgets.map.layers.view import LayerView
from widgets.map.layers.words import Age, age_of, count_of, groups
from widgets.map.stack import LayerStack
from widgets.shared.buttons import button
from widgets.shared.fonts import BODY, sans
from widgets.shared.labels import text_label

WIDTH_PX: Final = 320
AGE_MS: Final = 1000


class LayerTree(QFrame):
    """Follows the stack while it is on the screen. Signals: closed(): Escape or its cross."""

    closed = Signal()

    def __init__(
        self, services: Services, stack: LayerStack, language: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setFixedWidth(WIDTH_PX)
        self._services, self._stack = services, stack
        self._camera: Camera | None = None
        self.model = LayerModel(self)
        self.view = LayerView(self.model, self)
        self.details = LayerDetails(services.rules, language, self)
        self.reset = button(
            self.tr("恢复本角色默认图层"),
            "flat",
            self.tr("显示、顺序、透明度和比例尺回到角色的默认值"),
        )
        self.up, self.down = self._arrow("▲"), self._arrow("▼")
        self._ages = QTimer(self, interval=AGE_MS)
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        self.up.setToolTip(self.tr("上移一层 (Alt+↑)"))
        self.down.setToolTip(self.tr("下移一层 (Alt+↓)"))
        cross = self._arrow("✕")
        cross.setToolTip(self.tr("关闭图层 (Esc)"))
        cross.clicked.connect(self.close_tree)
        for made in (self.up, self.down, cross):
            made.setAccessibleName(made.toolTip())
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(12, 4, 6, 4)
        head.setSpacing(2)
        head.addWidget(text_label(self.tr("图层"), font=sans(BODY, bold=True)))
        head.addStretch(1)
        for made in (self.up, self.down, cross):
            head.addWidget(made)
        foot.setContentsMargins(6, 2, 6, 4)
        foot.addWidget(self.reset)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.details)
        column.addLayout(foot)
        self.view.setStyleSheet("background: transparent;")

    def _connect(self) -> None:
        self._stack.changed.connect(self._on_changed)
        self._services.link.changed.connect(self._on_changed)
        self._ages.timeout.connect(self._refresh)
        self.view.ticked.connect(self._stack.show)
        self.view.moved.connect(self._on_moved)
        self.view.chosen.connect(self._show_details)
        self.details.wished.connect(self._on_wished)
        self.up.clicked.connect(lambda: self.view.step(-1))
        self.down.clicked.connect(lambda: self.view.step(1))
        self.reset.clicked.connect(self._stack.wishes.reset)

    def _arrow(self, sign: str) -> QToolButton:
        made = QToolButton(self)
        made.setText(sign)
        made.setProperty("role", "flat")
        made.setFixedSize(QSize(28, 28))
        return made

    def open(self, camera: Camera) -> None:
        """Show it with the keyboard in the tree."""
        self._camera = camera
        self._refresh()
        self.show()
        self.raise_()
        if not self.view.currentIndex().isValid():
            top = self._stack.all[-1].id if self._stack.all else ""
            self.view.choose(top)
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_tree(self) -> None:
        self.hide()
        self.closed.emit()

    def show_camera(self, camera: Camera) -> None:
        """Which layers lie in their range of scales may have changed."""
        zoomed = self._camera is None or camera.zoom != self._camera.zoom
        self._camera = camera
        if zoomed and self.isVisible():
            self._refresh()

    def sizeHint(self) -> QSize:
        """As high as its rows want; the map gives what it has."""
        rows = sum(
            GROUP_PX + LAYER_PX * self.model.rowCount(self.model.index(at, 0))
            for at in range(self.model.rowCount())
        )
        below = self.details.sizeHint().height() if self.details.isVisibleTo(self) else 0
        return QSize(WIDTH_PX, rows + below + 84)

    def hasHeightForWidth(self) -> bool:
        return False  # though a label inside wraps: sizeHint knows

    # keeping in step

    def _on_changed(self) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        if self._camera is None:
            return
        chosen = self.view.layer
        self.model.show(self._groups(self._camera))
        if chosen and chosen != self.view.layer:
            self.view.choose(chosen)
        self.reset.setEnabled(not self._stack.wishes.is_first)
        self._show_details(self.view.layer)

    def _groups(self, camera: Camera) -> list[Group]:
        titles = groups()
        layers: dict[str, list[Layer]] = {}
        for layer in reversed(self._stack.all):
            layers.setdefault(layer.group if layer.group in titles else "", []).append(layer)
        return [
            (group, title, self._rows(layers[group], camera))
            for group, title in titles.items()
            if group in layers
        ]

    def _rows(self, layers: Sequence[Layer], camera: Camera) -> list[LayerRow]:
        return [
            LayerRow(
                id=layer.id,
                title=layer.title,
                visible=layer.visible,
                in_scale=layer.zooms[0] <= camera.zoom <= layer.zooms[1],
                count=count_of(layer),
                age=self._age(layer),
                demo=layer.demo,
            )
            for layer in layers
        ]

    def _age(self, layer: Layer) -> Age:
        return age_of(layer, self._services.link, self._services.clock.now())

    def _show_details(self, layer_id: str) -> None:
        layer = self._stack.get(layer_id)
        row = self.view.currentIndex()
        rows = self.model.rowCount(row.parent())
        self.up.setEnabled(layer is not None and row.row() > 0)
        self.down.setEnabled(layer is not None and row.row() < rows - 1)
        if self._camera is not None:
            age = self._age(layer) if layer is not None else Age("")
            self.details.show_layer(layer, age, self._camera)
        self.updateGeometry()
        if row.isValid():
            self.view.scrollTo(row)

    # what the user wants

    def _on_wished(self, layer_id: str, values: dict[str, Any]) -> None:
        self._stack.wish(layer_id, **values)

    def _on_moved(self, layer_id: str, row: int) -> None:
        """Rows count from the top, the stack from below."""
        layer = self._stack.get(layer_id)
        if layer is None:
            return
        others = [o.id for o in self._stack.all if o.group == layer.group and o.id != layer_id]
        others.reverse()
        self._stack.move(layer_id, others[row - 1] if row > 0 else None)

    # on and off the screen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ages.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ages.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_tree()
        else:
            super().keyPressEvent(event)
