"""Below the tree: what can be set on the layer in hand, what its signs mean, where it is from."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.domain.rules import Rules
from maps.geo.camera import MAX_ZOOM, MIN_ZOOM, Camera
from maps.layers.layer import Layer
from maps.layers.mover_layer import MoverLayer
from maps.layers.traffic_layer import TrafficLayer
from widgets.map.layers.kinds import MoverKinds
from widgets.map.layers.scales import STEPS, scale_at, scale_text, zoom_at
from widgets.map.layers.words import Age
from widgets.map.signs import Section, Signs
from widgets.map.swatches import Swatch, swatches_of
from widgets.shared.fonts import SMALL, TILE, sans
from widgets.shared.labels import set_tone, text_label

_LEAST: Final = 10  # per cent; who wants less hides the layer
_SAME: Final = 0.05  # zoom levels


class LayerDetails(QFrame):
    """Signals: wished(str layer, dict values): opacity, zooms or hidden rows, as the user wants
    them.
    """

    wished = Signal(str, dict)

    def __init__(self, rules: Rules, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("line", "top")
        self._rules, self._language = rules, language
        self._layer: Layer | None = None
        self._camera: Camera | None = None
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(_LEAST, 100)
        self.opacity.setPageStep(10)
        self.opacity.setSingleStep(5)
        self._percent = text_label(font=sans(SMALL), tone="2")
        self.far, self.near = _ScaleBox(), _ScaleBox()
        self._range = QWidget()
        self._signs = Signs(self)
        self.kinds = MoverKinds(self)
        self._origin = text_label(font=sans(TILE), tone="3")
        self._age = text_label(font=sans(TILE), tone="3")
        self._build()
        self.opacity.valueChanged.connect(self._on_opacity)
        self.far.activated.connect(self._on_scale)
        self.near.activated.connect(self._on_scale)
        self.kinds.wished.connect(self._on_kinds)

    def _build(self) -> None:
        self.opacity.setAccessibleName(self.tr("不透明度"))
        self.far.setAccessibleName(self.tr("从此比例尺起显示"))
        self.near.setAccessibleName(self.tr("到此比例尺为止显示"))
        self._percent.setMinimumWidth(40)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._origin.setWordWrap(True)
        self._sliding = QWidget()
        slide = QHBoxLayout(self._sliding)
        slide.addWidget(text_label(self.tr("不透明度"), font=sans(SMALL), tone="2"))
        slide.addWidget(self.opacity, 1)
        slide.addWidget(self._percent)
        scales = QHBoxLayout(self._range)
        scales.addWidget(text_label(self.tr("比例尺"), font=sans(SMALL), tone="2"))
        scales.addWidget(self.far, 1)
        scales.addWidget(text_label("–", tone="3"))
        scales.addWidget(self.near, 1)
        for row in (slide, scales):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(4)
        column.addWidget(self._sliding)
        column.addWidget(self._range)
        column.addWidget(self._signs)
        column.addWidget(self.kinds)
        column.addWidget(self._origin)
        column.addWidget(self._age)

    def show_layer(self, layer: Layer | None, age: Age, camera: Camera) -> None:
        """None: nothing is in hand."""
        self.setVisible(layer is not None)
        if layer is None:
            self._layer = None
            return
        fresh = _signs_of(layer) != _signs_of(self._layer)
        changed = layer is not self._layer
        self._layer, self._camera = layer, camera
        if fresh:
            self._fill_signs()
        if changed:
            self._show_settings(layer, camera)
        self._origin.setText(f"{layer.source} · {layer.datum.value}")
        self._age.setText(self._age_words(layer, age))
        set_tone(self._age, age.tone)

    def _show_settings(self, layer: Layer, camera: Camera) -> None:
        with QSignalBlocker(self.opacity):
            self.opacity.setValue(round(layer.opacity * 100))
        self._percent.setText(f"{self.opacity.value()} %")
        self.far.show_zoom(layer.zooms[0], layer.zooms[0] <= MIN_ZOOM, camera)
        self.near.show_zoom(layer.zooms[1], layer.zooms[1] >= MAX_ZOOM, camera)
        own = not isinstance(layer, TrafficLayer)  # which shows on its roads and as they do
        self._sliding.setVisible(own)
        self._range.setVisible(own)

    def _age_words(self, layer: Layer, age: Age) -> str:
        demo = self.tr("演示数据") if layer.demo else ""
        return " · ".join(filter(None, (age.text, demo)))

    def _fill_signs(self) -> None:
        swatches: tuple[Swatch, ...] = ()
        self.kinds.setVisible(isinstance(self._layer, MoverLayer))
        if isinstance(self._layer, MoverLayer):
            self.kinds.show_layer(self._layer)
        elif self._layer is not None and self._camera is not None:
            zoom = self._camera.zoom
            swatches = swatches_of(self._layer, self._rules, self._language, zoom)
        self._signs.show_sections([Section("", swatches)] if swatches else [])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._fill_signs()

    def _on_opacity(self, percent: int) -> None:
        self._percent.setText(f"{percent} %")
        if self._layer is not None:
            self.wished.emit(self._layer.id, {"opacity": percent / 100})

    def _on_kinds(self, values: dict[str, Any]) -> None:
        if self._layer is not None:
            self.wished.emit(self._layer.id, values)

    def _on_scale(self) -> None:
        if self._layer is None:
            return
        first = MIN_ZOOM if self.far.zoom is None else self.far.zoom
        last = MAX_ZOOM if self.near.zoom is None else self.near.zoom
        self.wished.emit(self._layer.id, {"zooms": sorted((first, last))})


def _signs_of(layer: Layer | None) -> object:
    """What the signs below the tree depend on."""
    if isinstance(layer, MoverLayer):
        return layer.id, layer.hidden_kinds, layer.hidden_states
    return None if layer is None else layer.id


class _ScaleBox(QComboBox):
    """A scale, or no limit. The wheel scrolls the list below it, it never changes a limit."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(sans(SMALL))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    @property
    def zoom(self) -> float | None:
        """None: no limit."""
        zoom = self.currentData()
        return zoom if isinstance(zoom, float) else None

    def show_zoom(self, zoom: float, unlimited: bool, camera: Camera) -> None:
        """Offer the usual scales and, if it is none of these, the present one."""
        zooms = {zoom_at(number, camera): scale_text(number) for number in STEPS}
        usual = next((known for known in zooms if abs(known - zoom) < _SAME), None)
        if usual is None and not unlimited:
            zooms[zoom] = scale_text(scale_at(zoom, camera))
            usual = zoom
        self.clear()
        self.addItem(self.tr("不限"), None)
        for known in sorted(zooms):
            self.addItem(zooms[known], known)
        self.setCurrentIndex(0 if unlimited else self.findData(usual))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
