"""Severity 级别 as shape, colour and words: I square, II diamond, III triangle, IV circle."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.domain.rules import Rules
from widgets.shared.fonts import SMALL, TILE, sans
from widgets.shared.theme import LEVELS, Theme

PLANNED = "planned"
"""Stands for a level where work is planned: planned work has none."""


def level_words(rules: Rules, level: str | None, language: str) -> str:
    """`级别 III`-like short words with the roman number; 未定级 while unknown."""
    english = language.startswith("en")
    if level == PLANNED:
        return "Planned" if english else "计划"
    if level is None:
        return "No level" if english else "未定级"
    label = rules.label("severity", level, language)
    return f"{label} {level}" if level in LEVELS else label


def type_sign(rules: Rules, kind: str | None, language: str) -> str:
    """The one character on the tile."""
    return rules.label("incident_sign", kind or "", language)[:1]


def shape(level: str | None, rect: QRectF) -> QPainterPath:
    """The level's outline inside a square `rect`."""
    path = QPainterPath()
    match level:
        case "I" | "planned":
            path.addRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        case "II":
            c, r = rect.center(), rect.width() / 2
            path.addPolygon(
                QPolygonF(
                    [c + QPointF(0, -r), c + QPointF(r, 0), c + QPointF(0, r), c + QPointF(-r, 0)]
                )
            )
            path.closeSubpath()
        case "III":
            path.addPolygon(
                QPolygonF(
                    [
                        QPointF(rect.center().x(), rect.top()),
                        rect.bottomRight() + QPointF(0, -rect.height() * 0.08),
                        rect.bottomLeft() + QPointF(0, -rect.height() * 0.08),
                    ]
                )
            )
            path.closeSubpath()
        case _:
            path.addEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    return path


def paint_severity(
    painter: QPainter, rect: QRectF, level: str | None, sign: str = "", theme: Theme | None = None
) -> None:
    """Draw the level's shape into a square `rect`, with one character on it.

    Without a level: a grey outline. `PLANNED` draws the violet square of planned work.
    """
    theme = theme or Theme.current()
    fill = theme.planned if level == PLANNED else theme.level(level)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    known = level in LEVELS or level == PLANNED
    if known:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(fill)))
        painter.drawPath(shape(level, rect))
    else:
        painter.setPen(QPen(QColor(fill), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape(level, rect.adjusted(0.5, 0.5, -0.5, -0.5)))
    if sign:
        painter.setPen(QColor(theme.level_ink if known else theme.text2))
        painter.setFont(sans(max(TILE, round(rect.width() * (0.42 if level == "III" else 0.5)))))
        down = rect.height() * (0.16 if level == "III" else 0.0)
        painter.drawText(rect.adjusted(0, down, 0, down), Qt.AlignmentFlag.AlignCenter, sign)
    painter.restore()


class SeverityTile(QWidget):
    """The shape with the type's character, as in the head of a row or a case."""

    def __init__(self, size: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: str | None = None
        self._sign = ""
        self.setFixedSize(QSize(size, size))

    def set_level(self, level: str | None, sign: str = "") -> None:
        self._level, self._sign = level, sign
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_severity(painter, QRectF(self.rect()), self._level, self._sign)
        painter.end()


class SeverityTag(QWidget):
    """Shape and words in a thin frame: `▲ 较大 III`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level: str | None = None
        self._words = ""
        self.setFont(sans(SMALL))
        self.setFixedHeight(20)

    def set_level(self, level: str | None, words: str) -> None:
        """`words` come from `level_words`."""
        self._level, self._words = level, words
        self.setAccessibleName(words)
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(tag_width(self.fontMetrics().horizontalAdvance(self._words)), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_tag(painter, QRectF(self.rect()), self._level, self._words)
        painter.end()


def tag_width(words_px: int) -> int:
    return words_px + 30


def paint_tag(
    painter: QPainter, rect: QRectF, level: str | None, words: str, theme: Theme | None = None
) -> None:
    """The tag as rows draw it; `rect` is 20 px high and `tag_width` wide."""
    theme = theme or Theme.current()
    ink = QColor(theme.planned_text if level == PLANNED else theme.level_words(level))
    frame = QColor(ink)
    frame.setAlphaF(0.55)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(frame, 1))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    side = 10.0
    mark = QRectF(rect.left() + 6, rect.center().y() - side / 2, side, side)
    paint_severity(painter, mark, level, theme=theme)
    painter.setPen(ink)
    painter.drawText(
        rect.adjusted(21, 0, -6, 0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        words,
    )
    painter.restore()
