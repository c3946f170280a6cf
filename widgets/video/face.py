"""One tile as it is painted: its picture, and what is said over it."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QImage,
    QLinearGradient,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QRegion,
)

from app.video.slot import Picture
from app.video.wall import FREE, Tile
from widgets.shared.fonts import BODY, SMALL, TILE, mono, sans
from widgets.shared.theme import Theme
from widgets.video.marks import Marks
from widgets.video.rects import fitted
from widgets.video.words import BAD, GOOD, WARN, TileWords

FOOT_PX: Final = 46
HEAD_PX: Final = 26
_BLACK: Final = QColor(0, 0, 0)
_WHITE: Final = QColor("#F2F6F9")
_PALE: Final = QColor("#B8C4CE")
_SIGNS: Final = {GOOD: "#3DBE80", WARN: "#F5C518", BAD: "#FF7B7F"}
"""On the dark foot of a picture, in either theme."""


class TileFace:
    """Lives on the GUI thread. `rect` is in device pixels of the wall, `ratio` of these to one
    pixel of the design. Head and foot are painted once and kept until their words change."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.rect = QRect()
        self.tile: Tile = FREE
        self.words: TileWords | None = None
        self.marks = Marks(index + 1)
        self.size: tuple[int, int] | None = None
        self.picture: Picture | None = None
        self._image: QImage | None = None
        self._ratio = 1.0
        self._head: QPixmap | None = None
        self._foot: QPixmap | None = None

    def place(self, rect: QRect, ratio: float) -> None:
        if (rect, ratio) != (self.rect, self._ratio):
            self.rect, self._ratio = rect, ratio
            self.repaint_words()

    def stand(self, tile: Tile) -> None:
        """Another camera: the picture of the last one goes at once."""
        if tile.camera != self.tile.camera:
            self.drop_picture()
            self.size = self.words = None
        self.tile = tile

    def say(self, words: TileWords | None, marks: Marks) -> bool:
        """True if that is something new."""
        before = self.words, self.marks
        if (words, marks) == before:
            return False
        self.words, self.marks = words, marks
        if marks != before[1] or (words is None) != (before[0] is None):
            self._head = None
        self._foot = None
        return True

    def take(self, picture: Picture) -> None:
        pixels = picture.pixels
        height, width = pixels.shape[:2]
        self.picture = picture  # holds the pixels that the image only looks at
        self._image = QImage(
            pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32
        )

    def drop_picture(self) -> None:
        self.picture = self._image = None

    def repaint_words(self) -> None:
        """Theme, size or words changed."""
        self._head = self._foot = None

    @property
    def inner(self) -> QRect:
        """Where the picture lies: the stream's own shape, never stretched."""
        return fitted(self.rect, self.size)

    # painting, in device pixels

    def paint(self, painter: QPainter, theme: Theme, *, in_hand: bool, active: bool) -> None:
        if self.words is None:
            self._paint_free(painter, theme)
        else:
            self._paint_picture(painter)
            if not self.words.live and self._image is not None:
                painter.fillRect(self.inner, QColor(0, 0, 0, 150))
            if self._image is None:
                self._paint_middle(painter)
            if self._foot is None:
                self._foot = self._paint_foot(self.words)
            painter.drawPixmap(self.rect.left(), self._foot_top, self._foot)
        if self._head is None:
            self._head = self._paint_head(theme)
        painter.drawPixmap(self.rect.topLeft(), self._head)
        if in_hand:
            self._paint_ring(painter, theme, active=active)

    def _paint_picture(self, painter: QPainter) -> None:
        inner = self.inner
        if self._image is None:
            painter.fillRect(self.rect, _BLACK)
            return
        for bar in QRegion(self.rect) - QRegion(inner):  # type: ignore[attr-defined]  # missing in its stub
            painter.fillRect(bar, _BLACK)
        if self._image.size() == inner.size():
            painter.drawImage(inner.topLeft(), self._image)
        else:
            painter.drawImage(inner, self._image)

    def _paint_free(self, painter: QPainter, theme: Theme) -> None:
        painter.fillRect(self.rect, QColor(theme.bg1))
        pen = QPen(QColor(theme.line), self._ratio)
        painter.setPen(pen)
        painter.drawRect(self.rect.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(theme.text3))
        painter.setFont(self._font(sans(TILE)))
        painter.drawText(self.rect, Qt.AlignmentFlag.AlignCenter, self.marks.free)

    def _paint_middle(self, painter: QPainter) -> None:
        """Why there is no picture."""
        assert self.words is not None
        room = self.rect.adjusted(self._px(8), self._px(HEAD_PX), -self._px(8), -self._px(FOOT_PX))
        line = self._px(20)
        head = QRect(room.left(), room.center().y() - line, room.width(), line)
        centre = Qt.AlignmentFlag.AlignCenter
        painter.setFont(self._font(sans(BODY)))
        painter.setPen(_PALE)
        painter.drawText(head, centre, self.words.head)
        font = self._font(sans(TILE))
        painter.setFont(font)
        cut = QFontMetrics(font).elidedText(
            self.words.why, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(head.translated(0, line), centre, cut)

    def _paint_ring(self, painter: QPainter, theme: Theme, *, active: bool) -> None:
        wide = self._px(2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        style = Qt.PenStyle.SolidLine if active else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(theme.accent), wide, style, j=Qt.PenJoinStyle.MiterJoin))
        half = wide // 2
        painter.drawRect(self.rect.adjusted(half, half, half - wide, half - wide))

    @property
    def _foot_top(self) -> int:
        return self.rect.bottom() + 1 - self._px(FOOT_PX)

    def _paint_foot(self, words: TileWords) -> QPixmap:
        strip, painter = self._strip(FOOT_PX)
        shade = QLinearGradient(0, 0, 0, strip.height())
        shade.setColorAt(0, QColor(0, 0, 0, 0))
        shade.setColorAt(0.45, QColor(0, 0, 0, 150))
        shade.setColorAt(1, QColor(0, 0, 0, 215))
        painter.fillRect(strip.rect(), shade)
        left, line = self._px(8), self._px(17)
        first = strip.height() - self._px(4) - 2 * line
        wide = strip.width() - 2 * left
        self._paint_sign(painter, words.tone, left, first + line / 2)
        sign = self._px(13)
        tone = QColor(_SIGNS.get(words.tone, _PALE.name()))
        roomy = wide >= self._px(190)
        name = self._font(sans(SMALL))
        time = self._font(mono(TILE))
        self._line(painter, name, _WHITE, left + sign, first, wide - sign, words.name,
                   time, words.time if roomy else "")  # fmt: skip
        small = self._font(sans(TILE))
        self._line(painter, small, tone, left, first + line, wide, words.state,
                   small, words.stream if roomy else "")  # fmt: skip
        painter.end()
        return strip

    def _line(
        self,
        painter: QPainter,
        font: QFont,
        tone: QColor,
        left: int,
        top: int,
        wide: int,
        text: str,
        right_font: QFont,
        right: str,
    ) -> None:
        """Words at the left as far as they fit beside those at the right."""
        height = self._px(17)
        beside = QFontMetrics(right_font).horizontalAdvance(right) + self._px(8) if right else 0
        painter.setFont(font)
        painter.setPen(tone)
        cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, wide - beside)
        painter.drawText(QRect(left, top, wide, height), Qt.AlignmentFlag.AlignVCenter, cut)
        if right:
            painter.setFont(right_font)
            painter.setPen(_PALE)
            where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRect(left, top, wide, height), where, right)

    def _paint_sign(self, painter: QPainter, tone: str, left: float, middle: float) -> None:
        """Live is a disc, late a triangle, lost a square, not yet known a ring."""
        side = float(self._px(8))
        box = QRectF(left, middle - side / 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(_SIGNS.get(tone, _PALE.name()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        match tone:
            case "good":
                painter.drawEllipse(box)
            case "warn":
                top = QPointF(box.center().x(), box.top())
                painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
            case "bad":
                painter.drawRect(box)
            case _:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(fill, 1.5 * self._ratio))
                painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_head(self, theme: Theme) -> QPixmap:
        strip, painter = self._strip(HEAD_PX)
        marks, left = self.marks, self._px(5)
        number = str(marks.number) if not marks.pinned else f"{marks.number} · {marks.pinned}"
        dark = QColor(8, 12, 16, 190)
        if self.words is None:
            left = self._chip(painter, left, number, QColor(theme.text2), QColor(theme.bg2))
        else:
            left = self._chip(painter, left, number, _WHITE, dark)
        if marks.demo:
            left = self._chip(painter, left, marks.demo, QColor("#F5C518"), QColor("#3A2F00"))
        if marks.recording:
            left = self._chip(painter, left, f"● {marks.recording}", _WHITE, QColor("#B4232A"))
        if marks.incident:
            wide = self._chip_width(marks.incident)
            ink, ground = QColor(theme.level_ink), QColor("#FFC53D")
            at = max(strip.width() - wide - self._px(5), left)
            self._chip(painter, at, marks.incident, ink, ground)
        painter.end()
        return strip

    def _chip(self, painter: QPainter, left: int, text: str, ink: QColor, ground: QColor) -> int:
        """A word on its own ground; returns where the next one may begin."""
        wide = self._chip_width(text)
        box = QRect(left, self._px(5), wide, self._px(17))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, self._px(3), self._px(3))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setFont(self._font(sans(TILE, bold=True)))
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return left + wide + self._px(4)

    def _chip_width(self, text: str) -> int:
        words = QFontMetrics(self._font(sans(TILE, bold=True))).horizontalAdvance(text)
        return max(words + self._px(10), self._px(18))

    def _strip(self, height: int) -> tuple[QPixmap, QPainter]:
        strip = QPixmap(max(self.rect.width(), 1), self._px(height))
        strip.fill(Qt.GlobalColor.transparent)
        return strip, QPainter(strip)

    def _px(self, pixels: float) -> int:
        return round(pixels * self._ratio)

    def _font(self, font: QFont) -> QFont:
        font.setPixelSize(self._px(font.pixelSize()))
        return font
