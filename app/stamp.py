"""A picture says itself what it shows: camera, channel and time in a band below it."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from app.domain.describe import local_time

SHARE, LEAST_PX, FEWEST_PX = 18, 22, 7
"""The band is one in so many of the height, no lower than; letters shrink no further than."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """`taken_at` UTC; `mark`: words for a simulated picture, or nothing."""

    code: str
    name: str
    channel: str
    taken_at: datetime
    author: str
    mark: str = ""

    @property
    def time(self) -> str:
        """In Shanghai, to the thousandth, with its offset."""
        thousandth = self.taken_at.microsecond // 1000
        return local_time(self.taken_at, "%Y-%m-%d %H:%M:%S") + f".{thousandth:03d} +08:00"

    @property
    def text(self) -> str:
        channel = f"CH {self.channel}" if self.channel else ""
        parts = (self.mark, self.name, self.code, channel, self.time, self.author)
        return " · ".join(part for part in parts if part)


def stamped(pixels: npt.NDArray[np.uint8], stamp: Stamp, font: QFont) -> QImage:
    """A picture (h, w, 4) BGRX with a band below, covering nothing; not for the GUI thread."""
    height, width = pixels.shape[:2]
    seen = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)
    band = max(height // SHARE, LEAST_PX)
    lines = _lines(stamp.text, width - 12, band, font)
    image = QImage(width, height + band * len(lines), QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    painter.drawImage(0, 0, seen)
    painter.setPen(QColor("white"))
    for number, line in enumerate(lines):
        painter.setFont(_fitting(line, width - 12, band, font))
        place = QRect(6, height + number * band, width - 12, band)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), line)
    painter.end()
    for key, value in _tags(stamp).items():
        image.setText(key, value)
    return image


def _lines(text: str, width: int, band: int, font: QFont) -> list[str]:
    """On a narrow picture part under part, so that nothing is cut off."""
    if _width(text, _sized(font, band * 6 // 10)) <= width * 1.3:
        return [text]
    lines: list[str] = []
    for part in text.split(" · "):
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and _width(joined, _sized(font, band * 6 // 10)) <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines


def _fitting(text: str, width: int, band: int, font: QFont) -> QFont:
    size = band * 6 // 10
    while size > FEWEST_PX and _width(text, _sized(font, size)) > width:
        size -= 1
    return _sized(font, size)


def _width(text: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(text)


def _sized(font: QFont, pixels: int) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(max(pixels, FEWEST_PX))
    return sized


def _tags(stamp: Stamp) -> dict[str, str]:
    tags = {
        "Title": stamp.name,
        "Device": stamp.code,
        "Channel": stamp.channel,
        "Creation Time": stamp.taken_at.isoformat(),
        "Author": stamp.author,
        "Comment": stamp.mark,
    }
    return {key: value for key, value in tags.items() if value}
