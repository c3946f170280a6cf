"""Paints a head or a camera of the list."""

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle

from app.domain.camera import Health
from app.text import translate
from widgets.shared.fonts import BODY, SMALL, sans
from widgets.shared.row_delegate import RowDelegate
from widgets.shared.row_paint import AT_LEFT, AT_RIGHT, paint_mark, paint_text
from widgets.shared.theme import Theme
from widgets.video.cameras.arranging import Line
from widgets.video.cameras.row import CameraLine, GroupLine
from widgets.video.health_sign import health_words_ink, paint_health

ROW_PX: Final = 28
_LEFT, _INSET, _EDGE, _SIGN, _GAP = 12, 24, 10, 10, 8
_STAR_PX: Final = 22
_QUIET: Final = (Health.ONLINE, Health.UNKNOWN)
"""Their sign says enough; others have words."""
_State = QStyle.StateFlag


def star_rect(row: QRectF) -> QRectF:
    """Where a camera's star is, 28 px high to be hit."""
    return QRectF(row.right() - _STAR_PX - 4, row.top(), _STAR_PX, row.height())


class CameraDelegate(RowDelegate):
    """One line: sign, name, stake or since when it is dead; at the right 云台 and the star."""

    ruled = False

    def paint_row(
        self, painter: QPainter, area: QRectF, row: Line, theme: Theme, state: QStyle.StateFlag
    ) -> None:
        if state & _State.State_Selected:
            paint_mark(painter, area, QColor(theme.accent))
        if isinstance(row, GroupLine):
            _paint_group(painter, area, row, theme)
        else:
            _paint_camera(painter, area, row, theme, bool(state & _State.State_MouseOver))


def _paint_group(painter: QPainter, area: QRectF, line: GroupLine, theme: Theme) -> None:
    inner = area.adjusted(_LEFT, 0, -_EDGE, 0)
    y = area.top() + (ROW_PX - 20) / 2
    count = f"{line.count:,}"
    inner.adjust(0, 0, -paint_text(painter, inner, y, sans(SMALL), theme.text2, count, AT_RIGHT), 0)
    if line.faulty:
        words = translate("CameraList", "故障 {count}").format(count=line.faulty)
        width = paint_text(painter, inner, y, sans(SMALL), theme.bad_text, words, AT_RIGHT)
        inner.adjust(0, 0, -width, 0)
    paint_text(painter, inner, y, sans(BODY), theme.text2, "▾" if line.opened else "▸")
    inner.adjust(16, 0, 0, 0)
    paint_text(painter, inner, y, sans(BODY), theme.text1, line.title, AT_LEFT)


def _paint_camera(
    painter: QPainter, area: QRectF, line: CameraLine, theme: Theme, hovered: bool
) -> None:
    camera = line.camera
    y = area.top() + (ROW_PX - 20) / 2
    inner = area.adjusted(_LEFT + (_INSET if line.inset else 0), 0, -_EDGE, 0)
    sign = QRectF(inner.left(), area.center().y() - _SIGN / 2, _SIGN, _SIGN)
    paint_health(painter, sign, camera.health, theme)
    inner.adjust(_SIGN + _GAP, 0, 0, 0)
    if camera.favourite or hovered:
        ink = theme.accent if camera.favourite else theme.text3
        painter.setFont(sans(BODY))
        painter.setPen(QColor(ink))
        star = "★" if camera.favourite else "☆"
        painter.drawText(star_rect(area), AT_RIGHT, star)
        inner.setRight(star_rect(area).left())
    if camera.has_ptz:
        words = translate("CameraList", "云台")
        width = paint_text(painter, inner, y, sans(SMALL), theme.text3, words, AT_RIGHT)
        inner.adjust(0, 0, -width, 0)
    quiet = camera.health in _QUIET
    ink = theme.text1 if quiet else health_words_ink(camera.health, theme)
    beside = line.beside if quiet else camera.health_words
    width = paint_text(painter, inner, y, sans(BODY), ink, line.title)
    inner.adjust(width, 0, 0, 0)
    if beside and inner.width() > _STAR_PX:
        paint_text(painter, inner, y, sans(SMALL), theme.text3 if quiet else ink, beside)
