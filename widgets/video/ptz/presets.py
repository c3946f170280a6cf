"""Presets of a camera with their pictures: go there, keep, remove."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QWidget

from app.domain.camera import Preset
from app.files import Files
from widgets.shared.fonts import BODY, mono, sans
from widgets.shared.row_delegate import RowDelegate
from widgets.shared.row_paint import paint_text
from widgets.shared.theme import Theme

ROW_HEIGHT: Final = 44
_PICTURE: Final = (60, 34)
_EDGE, _NUMBER_PX, _LINE_PX = 12, 24, 20


@dataclass(frozen=True, slots=True)
class PresetRow:
    """`allowed`: whether it can be gone to now."""

    preset: Preset
    allowed: bool

    def __str__(self) -> str:
        return f"{self.preset.number} {self.preset.name}"


class Pictures:
    """Small pictures by hash, each fetched once; `news` is called when one has come."""

    def __init__(self, files: Files, news: Callable[[], None]) -> None:
        self._files = files
        self._news = news
        self._known: dict[str, QImage | None] = {}

    def of(self, sha256: str) -> QImage | None:
        """None while it is on its way, or cannot be had."""
        if sha256 and sha256 not in self._known:
            self._known[sha256] = None
            self._files.thumbnail(sha256, partial(self._take, sha256))
        return self._known.get(sha256)

    def _take(self, sha256: str, picture: QImage | None) -> None:
        if picture is None:
            self._known.pop(sha256, None)  # asked again when it is looked at again
            return
        self._known[sha256] = picture
        self._news()

    def ask_again(self) -> None:
        """What could not be had may be there now."""
        self._known = {sha256: known for sha256, known in self._known.items() if known is not None}


class PresetDelegate(RowDelegate):
    """Number, name, and at the right what is seen from there."""

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._number, self._name = mono(BODY), sans(BODY)

    def paint_row(
        self, painter: QPainter, area: QRectF, row: PresetRow, theme: Theme, state: QStyle.StateFlag
    ) -> None:
        inner = area.adjusted(_EDGE, 0, -_EDGE, 0)
        picture = self._pictures.of(row.preset.picture)
        if picture is not None:
            self._paint_picture(painter, inner, picture)
            inner = inner.adjusted(0, 0, -_PICTURE[0] - 8, 0)
        y = area.center().y() - _LINE_PX / 2
        ink = theme.text1 if row.allowed else theme.text3
        paint_text(painter, inner, y, self._number, theme.text2, str(row.preset.number))
        paint_text(
            painter, inner.adjusted(_NUMBER_PX, 0, 0, 0), y, self._name, ink, row.preset.name
        )

    def _paint_picture(self, painter: QPainter, inner: QRectF, picture: QImage) -> None:
        """Filled, not stretched: what does not fit is cut."""
        width, height = _PICTURE
        box = QRectF(inner.right() - width, inner.center().y() - height / 2, width, height)
        size = box.size().scaled(
            picture.width(), picture.height(), Qt.AspectRatioMode.KeepAspectRatio
        )
        source = QRectF(0, 0, size.width(), size.height())
        source.moveCenter(QRectF(picture.rect()).center())
        path = QPainterPath()
        path.addRoundedRect(box, 3, 3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(path)
        painter.drawImage(box, picture, source)
        painter.restore()
