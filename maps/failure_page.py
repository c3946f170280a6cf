"""What stands in place of the map when it cannot be drawn."""

import textwrap
from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from maps.render.context import Missing
from maps.render.request import Failure
from maps.theme import MapTheme

_LONGEST: Final = 200  # letters of what the driver said: a compiler may fill pages


def paint_failure(painter: QPainter, area: QRect, failure: Failure, theme: MapTheme) -> None:
    """Say what is missing, what still works, and what to do."""
    painter.fillRect(area, QColor(theme.land))
    font = QFont(theme.font)
    font.setPixelSize(14)
    painter.setFont(font)
    painter.setPen(QColor(theme.text))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(area.adjusted(40, 40, -40, -40), int(flags), failure_text(failure))


def failure_text(failure: Failure) -> str:
    """The page's words."""
    translate = QCoreApplication.translate
    reason = {
        Missing.SURFACE: translate("Map", "此显示环境不提供 OpenGL。"),
        Missing.CONTEXT: translate("Map", "找不到可用的 OpenGL 驱动。"),
        Missing.VERSION: translate("Map", "显卡驱动版本过低,地图需要 OpenGL 3.3。"),
        Missing.DRAWING: translate("Map", "显卡驱动在绘图时出错。"),
    }[failure.missing]
    head = translate("Map", "地图无法显示")
    rest = translate("Map", "其他面板照常工作。请安装或更新显卡驱动(Linux:mesa),然后重新打开地图。")
    detail = textwrap.shorten(failure.detail, _LONGEST, placeholder=" …")
    return f"{head}\n\n{reason}\n{rest}\n\n{detail}"
