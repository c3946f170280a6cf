"""The buttons at the right edge of the map."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from widgets.shared.fonts import TILE, sans
from widgets.shared.theme import Theme

_ICON_PX: Final = 18
_BUTTON: Final = QSize(44, 44)
_LOW_BUTTON: Final = QSize(44, 28)
_FURTHER: Final = ("link", "close")

type Draw = Callable[[QPainter], None]


class ToolColumn(QFrame):
    """Words below signs; the tooltip has the key.

    Signals: asked(str): home, in, out, layers, locate, rings, link or close.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(2)
        for name, text, tip in (
            ("home", self.tr("全图"), self.tr("显示全部路网 (Home)")),
            ("in", self.tr("放大"), self.tr("放大 (+ 或滚轮)")),
            ("out", self.tr("缩小"), self.tr("缩小 (- 或滚轮)")),
            ("layers", self.tr("图层"), self.tr("图层的显示、来源和时间")),
            ("locate", self.tr("定位"), self.tr("定位所选事件或设备 (L)")),
            ("rings", self.tr("距离圈"), self.tr("所选事件周围的距离圈 (R)")),
            ("link", self.tr("同步"), self.tr("同步视图:各地图看同一处,比例尺相同")),
            ("close", self.tr("关闭"), self.tr("关闭这个地图;视图和图层下次还在")),
        ):
            self._buttons[name] = self._button(name, text, tip)
            column.addWidget(self._buttons[name])
        for name in ("layers", "rings", "link"):
            self._buttons[name].setCheckable(True)
        for name in _FURTHER:
            self._buttons[name].hide()
        self._colour()

    def button(self, name: str) -> QToolButton:
        return self._buttons[name]

    def set_low(self, low: bool) -> None:
        """Signs without words, where there is no room for both."""
        style = Qt.ToolButtonStyle
        for button in self._buttons.values():
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if low else style.ToolButtonTextUnderIcon
            )
            button.setFixedSize(_LOW_BUTTON if low else _BUTTON)

    def high(self) -> int:
        """The height that signs with words need."""
        shown = sum(not button.isHidden() for button in self._buttons.values())
        return shown * (_BUTTON.height() + 2) + 6

    def offer_link(self, linked: bool) -> None:
        """This is a further map: it may follow the others, and go."""
        self._buttons["link"].setChecked(linked)
        for name in _FURTHER:
            self._buttons[name].show()

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        made = QToolButton(self)
        made.setText(text)
        made.setToolTip(tip)
        made.setFont(sans(TILE))
        made.setProperty("role", "flat")
        made.setStyleSheet("padding: 2px 0;")
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setIconSize(QSize(_ICON_PX, _ICON_PX))
        made.setFixedSize(_BUTTON)
        made.clicked.connect(lambda: self.asked.emit(name))
        return made

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colour()

    def _colour(self) -> None:
        theme, ratio = Theme.current(), self.devicePixelRatioF()
        for name, button in self._buttons.items():
            button.setIcon(_icon(_DRAWN[name], theme.text1, ratio))


def _icon(draw: Draw, colour: str, ratio: float) -> QIcon:
    pixmap = QPixmap(QSize(_ICON_PX, _ICON_PX) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    draw(painter)
    painter.end()
    return QIcon(pixmap)


def _lines(painter: QPainter, *lines: tuple[float, float, float, float]) -> None:
    for x0, y0, x1, y1 in lines:
        painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))


def _home(painter: QPainter) -> None:
    """Four corners that pull apart."""
    for x, y, dx, dy in ((2, 2, 1, 1), (16, 2, -1, 1), (2, 16, 1, -1), (16, 16, -1, -1)):
        _lines(painter, (x, y, x + 4 * dx, y), (x, y, x, y + 4 * dy))
    painter.drawRect(QRectF(6.5, 6.5, 5, 5))


def _in(painter: QPainter) -> None:
    _lines(painter, (9, 3, 9, 15), (3, 9, 15, 9))


def _out(painter: QPainter) -> None:
    _lines(painter, (3, 9, 15, 9))


def _layers(painter: QPainter) -> None:
    painter.drawPolygon([QPointF(9, 2), QPointF(16, 6), QPointF(9, 10), QPointF(2, 6)])
    _lines(painter, (2, 9.5, 9, 13.5), (9, 13.5, 16, 9.5), (2, 13, 9, 17), (9, 17, 16, 13))


def _locate(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(9, 9), 5.5, 5.5)
    _lines(painter, (9, 1, 9, 5), (9, 13, 9, 17), (1, 9, 5, 9), (13, 9, 17, 9))


def _rings(painter: QPainter) -> None:
    for radius in (2.0, 5.0, 8.0):
        painter.drawEllipse(QPointF(9, 9), radius, radius)


def _link(painter: QPainter) -> None:
    """Two maps that overlap."""
    painter.drawRect(QRectF(2, 2, 9, 9))
    painter.drawRect(QRectF(7, 7, 9, 9))


def _close(painter: QPainter) -> None:
    _lines(painter, (4, 4, 14, 14), (14, 4, 4, 14))


_DRAWN: Final[dict[str, Draw]] = {
    "home": _home, "in": _in, "out": _out, "layers": _layers, "locate": _locate,
    "rings": _rings, "link": _link, "close": _close,
}  # fmt: skip
