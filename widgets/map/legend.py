"""Top left: how many cases, how fresh they are, and what the symbols mean."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.rules import Rules
from app.link import LinkState, LinkStatus
from app.text import translate
from maps.layers.point_layer import Symbol
from maps.network.roads import RoadClass
from maps.points.symbols import Symbols
from widgets.map.layer_menu import link_words
from widgets.map.theme import map_theme
from widgets.map.words import road_classes
from widgets.shared.fonts import BODY, SMALL, sans
from widgets.shared.labels import set_tone, text_label
from widgets.shared.severity import PLANNED, level_words
from widgets.shared.theme import Theme

_LEVELS: Final = (
    (Symbol.SEVERITY_1, "I"), (Symbol.SEVERITY_2, "II"), (Symbol.SEVERITY_3, "III"),
    (Symbol.SEVERITY_4, "IV"), (Symbol.SEVERITY_UNKNOWN, None), (Symbol.PLANNED, PLANNED),
)  # fmt: skip
_ROADS: Final = (RoadClass.MOTORWAY, RoadClass.TRUNK, RoadClass.PRIMARY, RoadClass.SECONDARY)
_LEVEL_WIDTH: Final = 72  # px: the longest level in words, and air before the next column
_SIGN: Final = QSize(22, 18)


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
        self._signs: dict[QLabel, Symbol | RoadClass] = {}
        self._build()
        self._fold.clicked.connect(self._on_fold)
        link.changed.connect(self._on_link)
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
        self._fill()
        self._paint_signs()

    def _fill(self) -> None:
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 2, 8, 2)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(1)
        levels = [
            (symbol, level_words(self._rules, level, self._language)) for symbol, level in _LEVELS
        ]
        devices = [
            (Symbol.CAMERA, translate("Map", "摄像机")), (Symbol.SIGN, translate("Map", "情报板")),
            (Symbol.TOLL, translate("Map", "收费站")), (Symbol.SERVICE, translate("Map", "服务区")),
            (Symbol.FACILITY, translate("Map", "其他设施")),
        ]  # fmt: skip
        names = road_classes()
        roads = [(road, names[road]) for road in _ROADS]
        for row, (sign, words) in enumerate(levels):
            self._row(grid, row, 0, sign, words)
        grid.setColumnMinimumWidth(1, _LEVEL_WIDTH)
        for row, (other, words) in enumerate(devices):
            self._row(grid, row, 2, other, words)
        for place, (road, words) in enumerate(roads):
            self._row(grid, len(levels) + place // 2, place % 2 * 2, road, words)

    def _row(
        self, grid: QGridLayout, row: int, column: int, sign: Symbol | RoadClass, words: str
    ) -> None:
        picture = QLabel()
        picture.setFixedSize(_SIGN)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._signs[picture] = sign
        grid.addWidget(picture, row, column)
        grid.addWidget(text_label(words, font=sans(SMALL), tone="2"), row, column + 1)

    # what is shown

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
        self._fold.setToolTip(
            translate("Map", "展开图例") if folded else translate("Map", "收起图例")
        )

    def _on_fold(self) -> None:
        folded = self._body.isVisibleTo(self)
        self.set_folded(folded)
        self.folded.emit(folded)

    def _on_link(self) -> None:
        self._fresh.setText(link_words(self._link))
        set_tone(self._fresh, "good" if self._link.now.state == LinkState.LIVE else "warn")

    # signs

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._paint_signs()

    def _paint_signs(self) -> None:
        theme, ratio = map_theme(Theme.current()), self.devicePixelRatioF()
        symbols = Symbols(theme, ratio)
        for label, sign in self._signs.items():
            if isinstance(sign, Symbol):
                side = round(_SIGN.height() * ratio)
                made = symbols.pixmap(sign, "", 1, False).scaledToHeight(
                    side, Qt.TransformationMode.SmoothTransformation
                )
                made.setDevicePixelRatio(ratio)
            else:
                made = _road(theme.roads[sign].fill, theme.roads[sign].width_at(13.5), ratio)
            label.setPixmap(made)


def _road(colour: int, width: float, ratio: float) -> QPixmap:
    pixmap = QPixmap(_SIGN * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(2, (_SIGN.height() - width) / 2, 18, width), 1.5, 1.5)
    painter.end()
    return pixmap
