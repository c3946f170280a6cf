"""Top left: how many cases, how fresh they are, and what the signs on the map mean."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.rules import Rules
from app.link import LinkState, LinkStatus
from app.text import translate
from maps.layers.layer import Layer
from maps.layers.point_layer import PointLayer
from maps.layers.traffic_layer import TrafficLayer
from widgets.map.layers.words import link_words
from widgets.map.swatches import Swatch, fill_grid, swatches_of
from widgets.shared.arrange import clear
from widgets.shared.fonts import BODY, SMALL, sans
from widgets.shared.labels import set_tone, text_label
from widgets.shared.theme import Theme

_WORDS_PX: Final = 72
"""The longest level in words, and air before the next column."""


class Legend(QFrame):
    """Signals: folded(bool)."""

    folded = Signal(bool)

    def __init__(
        self, rules: Rules, link: LinkStatus, language: str, demo: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._rules, self._link, self._language = rules, link, language
        self._title = text_label(font=sans(BODY, bold=True))
        self._fresh = text_label(font=sans(SMALL), tone="2")
        self._nowhere = text_label(font=sans(SMALL), tone="warn")
        self._demo = text_label(
            translate("Map", "事件、设备与桩号为演示数据"), font=sans(SMALL), tone="warn"
        )
        self._demo.setVisible(demo)
        self._fold = QToolButton(self)
        self._body = QWidget(self)
        self._sections: tuple[tuple[Swatch, ...], ...] = ()
        self._said: tuple[str, ...] = ()
        self._build()
        self._fold.clicked.connect(self._on_fold)
        link.changed.connect(self._on_link)
        self._on_link()
        self.show_count(0, 0)
        self.set_folded(False)

    def _build(self) -> None:
        self._fold.setProperty("role", "flat")
        self._fold.setFixedSize(28, 28)
        self._body_column = QVBoxLayout(self._body)
        self._body_column.setContentsMargins(0, 2, 8, 2)
        self._body_column.setSpacing(6)
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

    # what is shown

    @property
    def words(self) -> tuple[str, ...]:
        """What is explained now."""
        return self._said

    def show_layers(self, layers: Sequence[Layer]) -> None:
        """Say what the signs of these mean, the topmost layer first."""
        by_group: dict[str, tuple[Swatch, ...]] = {}
        for layer in _explained(layers):
            known = by_group.get(layer.group, ())
            by_group[layer.group] = known + swatches_of(layer, self._rules, self._language)
        sections = tuple(filter(None, by_group.values()))
        said = tuple(swatch.words for section in sections for swatch in section)
        if said != self._said:
            self._sections, self._said = sections, said
            self._fill()

    def _fill(self) -> None:
        while item := self._body_column.takeAt(0):
            grid = item.layout()
            if grid is not None:
                clear(grid)
                grid.deleteLater()
        theme, ratio = Theme.current(), self.devicePixelRatioF()
        for section in self._sections:
            grid = QGridLayout()
            grid.setHorizontalSpacing(6)
            grid.setVerticalSpacing(1)
            grid.setColumnMinimumWidth(1, _WORDS_PX)
            grid.setColumnStretch(3, 1)
            fill_grid(grid, section, theme, ratio)
            self._body_column.addLayout(grid)

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
        self._fresh.setText(link_words(self._link))
        set_tone(self._fresh, "good" if self._link.now.state == LinkState.LIVE else "warn")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._fill()


def _explained(layers: Sequence[Layer]) -> list[Layer]:
    """Those whose signs need words: what lies below is plain, and traffic hides the classes."""
    shown = [layer for layer in reversed(layers) if layer.visible and layer.group != "base"]
    coloured = {layer.network for layer in shown if isinstance(layer, TrafficLayer)}
    rest = [o for o in shown if o.id not in coloured and not isinstance(o, PointLayer)]
    points = [o for o in shown if isinstance(o, PointLayer) and (o.ids or o.id == "incident")]
    return [*points, *rest]
