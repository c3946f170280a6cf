"""Bottom left: where the cursor is, at which stake, and the scale."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.describe import place_text
from app.domain.incident import Place
from app.domain.rules import Rules
from maps.geo.camera import Camera
from widgets.shared.fonts import SMALL, mono
from widgets.shared.labels import text_label

_PIXEL_M: Final = 0.00028
"""Size of the standardized rendering pixel, OGC 07-057r7 (WMTS 1.0.0), 6.1."""


class Readout(QFrame):
    """One line of figures."""

    def __init__(self, rules: Rules, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._rules, self._language = rules, language
        self._label = text_label(font=mono(SMALL), tone="2")
        self._cursor = self._stake = self._scale = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.addWidget(self._label)

    @property
    def text(self) -> str:
        return self._label.text()

    def show_cursor(self, lon: float, lat: float) -> None:
        self._cursor = f"{lon:.6f}, {lat:.6f} WGS-84"
        self._show()

    def show_place(self, place: Place) -> None:
        """The stake under the cursor, when it is on a route."""
        staked = place.stake_m is not None
        self._stake = place_text(place, self._rules, self._language) if staked else ""
        self._show()

    def show_camera(self, camera: Camera) -> None:
        self._scale = f"1:{scale_number(camera):,}".replace(",", "\u2009")
        self._show()

    def _show(self) -> None:
        text = " · ".join(filter(None, (self._cursor, self._stake, self._scale)))
        if text != self._label.text():
            self._label.setText(text)
            self.adjustSize()


def scale_number(camera: Camera) -> int:
    """The n of 1:n in the middle of the map, to two figures."""
    number = camera.metres_per_pixel / _PIXEL_M
    step: int = 10 ** max(len(str(int(number))) - 2, 0)
    return int(round(number / step) * step)
