"""Top left: how many cases, how fresh all is, and what the signs on the map mean."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.link import LinkState
from app.services import Services
from app.text import translate
from maps.geo.camera import Camera
from maps.layers.layer import Layer
from maps.layers.point_layer import PointLayer
from maps.layers.traffic_layer import TrafficLayer
from widgets.map.layers.words import age_of, link_words
from widgets.map.signs import Section, Signs
from widgets.map.stack import LayerStack
from widgets.map.swatches import swatches_of
from widgets.shared.fonts import BODY, SMALL, sans
from widgets.shared.labels import set_tone, text_label

AGE_MS: Final = 1000


class Legend(QFrame):
    """Signals: folded(bool)."""

    folded = Signal(bool)

    def __init__(
        self, services: Services, stack: LayerStack, language: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._services, self._stack, self._language = services, stack, language
        self._title = text_label(font=sans(BODY, bold=True))
        self._fresh = text_label(font=sans(SMALL), tone="2")
        self._nowhere = text_label(font=sans(SMALL), tone="warn")
        self._demo = text_label(translate("Map", "图上是演示数据"), font=sans(SMALL), tone="warn")
        self._demo.setVisible(services.settings.demo)
        self._fold = QToolButton(self)
        self._body = Signs(self)
        self._zoom = 0.0
        self._second = QTimer(self, interval=AGE_MS)
        self._build()
        self._connect()
        self._on_link()
        self.show_count(0, 0)
        self.set_folded(False)

    def _build(self) -> None:
        self._fold.setProperty("role", "flat")
        self._fold.setFixedSize(28, 28)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._fresh)
        head.addStretch(1)
        head.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 4, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._nowhere)
        column.addWidget(self._body)
        column.addWidget(self._demo)

    def _connect(self) -> None:
        self._fold.clicked.connect(self._on_fold)
        self._services.link.changed.connect(self._on_link)
        self._stack.changed.connect(self._refresh)
        self._second.timeout.connect(self._show_ages)

    # what is shown

    @property
    def words(self) -> tuple[str, ...]:
        """What is explained now."""
        return self._body.words

    def show_camera(self, camera: Camera) -> None:
        """What is out of its scale needs no words."""
        if camera.zoom != self._zoom:
            self._zoom = camera.zoom
            self._refresh()

    def _refresh(self) -> None:
        by_group: dict[str, Section] = {}
        for layer in _explained(self._stack.all, self._zoom):
            known = by_group.get(layer.group, Section("", ()))
            swatches = swatches_of(layer, self._services.rules, self._language, self._zoom)
            live = layer.id if layer.stale_s is not None else known.live
            by_group[layer.group] = Section(live, known.swatches + swatches)
        self._body.show_sections([section for section in by_group.values() if section.swatches])
        self._show_ages()

    def _show_ages(self) -> None:
        link, now = self._services.link, self._services.clock.now()
        ages: dict[str, tuple[str, bool]] = {}
        for layer_id in self._body.live:
            layer = self._stack.get(layer_id)
            if layer is not None:
                age = age_of(layer, link, now)
                ages[layer_id] = f"{layer.title} · {age.text}", age.is_stale
        self._body.show_ages(ages)

    def show_count(self, shown: int, nowhere: int) -> None:
        """Cases on the map, and those without a point."""
        self._title.setText(translate("Map", "未结事件 {count}").format(count=shown + nowhere))
        self._nowhere.setText(
            translate("Map", "其中 {count} 起没有坐标,未上图").format(count=nowhere)
        )
        self._nowhere.setVisible(nowhere > 0)

    def set_folded(self, folded: bool) -> None:
        self._body.setVisible(not folded)
        self._fold.setText("▸" if folded else "▾")
        words = translate("Map", "展开图例") if folded else translate("Map", "收起图例")
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)

    def _on_fold(self) -> None:
        folded = self._body.isVisibleTo(self)
        self.set_folded(folded)
        self.folded.emit(folded)

    def _on_link(self) -> None:
        link = self._services.link
        self._fresh.setText(link_words(link))
        set_tone(self._fresh, "good" if link.now.state == LinkState.LIVE else "warn")

    # events

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_ages()
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()


def _explained(layers: Sequence[Layer], zoom: float) -> list[Layer]:
    """Those whose signs need words: what lies below is plain, and traffic hides the classes."""
    seen = [o for o in reversed(layers) if o.shows_at(zoom) and o.group != "base"]
    coloured = {layer.network for layer in seen if isinstance(layer, TrafficLayer)}
    rest = [o for o in seen if o.id not in coloured and not isinstance(o, PointLayer)]
    points = [o for o in seen if isinstance(o, PointLayer) and (o.ids or o.id == "incident")]
    return [*points, *rest]
