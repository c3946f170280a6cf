"""A tour in the list: what it is called, how long it is, whether it runs."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle

from app.text import translate
from app.video.tour import Tour
from widgets.shared.fonts import BODY, SMALL, sans
from widgets.shared.row_delegate import RowDelegate
from widgets.shared.row_paint import AT_RIGHT, paint_mark, paint_text
from widgets.shared.theme import Theme

ROW_PX: Final = 28
_LEFT, _EDGE = 12, 12


@dataclass(frozen=True, slots=True)
class TourRow:
    """`sign`: ▶ while it runs, ‖ while it waits, else empty."""

    tour: Tour
    sign: str
    state: str

    def __str__(self) -> str:
        """For screen readers."""
        demo = translate("Tours", "演示") if self.tour.demo else ""
        return ", ".join(filter(None, (self.tour.name, length_text(self.tour), self.state, demo)))


def length_text(tour: Tour) -> str:
    """`12 路 · 每 15 s`."""
    return translate("Tours", "{count} 路 · 每 {seconds} s").format(
        count=len(tour.cameras), seconds=f"{tour.dwell_s:g}"
    )


class TourDelegate(RowDelegate):
    ruled = False

    def paint_row(
        self, painter: QPainter, area: QRectF, row: TourRow, theme: Theme, state: QStyle.StateFlag
    ) -> None:
        if row.sign:
            paint_mark(painter, area, QColor(theme.accent))
        y = area.top() + (ROW_PX - 20) / 2
        inner = area.adjusted(_LEFT, 0, -_EDGE, 0)
        name = f"{row.sign} {row.tour.name}" if row.sign else row.tour.name
        width = paint_text(painter, inner, y, sans(BODY), theme.text1, name)
        inner.adjust(width, 0, 0, 0)
        length = length_text(row.tour)
        if row.tour.demo:
            length = f"{length} · {translate('Tours', '演示')}"
        paint_text(painter, inner, y, sans(SMALL), theme.text3, length, AT_RIGHT)
