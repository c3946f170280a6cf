"""Bottom left: where the cursor is, in the datum of the user's choice, at which stake, the scale."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from app.domain.datum import Datum, from_wgs84
from app.domain.describe import place_text
from app.domain.incident import Place
from app.domain.rules import Rules
from app.preferences import Preferences
from maps.geo.camera import Camera
from widgets.map.layers.scales import scale_number, scale_text
from widgets.shared.fonts import SMALL, mono
from widgets.shared.labels import text_label

DATUM: Final = "map.datum"
_AROUND_PX: Final = 40  # padding, and the distance to the edges of the map
_NEXT: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Readout(QFrame):
    """One line of figures. A click or the space bar goes on to the next datum.

    Signals: copy_asked().
    """

    copy_asked = Signal()

    def __init__(
        self, rules: Rules, preferences: Preferences, language: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._map = parent
        self.setProperty("surface", "card")
        self.setProperty("focusable", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("光标处的坐标、桩号和比例尺。单击更换坐标系,Ctrl+Shift+C 复制"))
        self._rules, self._preferences, self._language = rules, preferences, language
        self._label = text_label(font=mono(SMALL), tone="2")
        self._lonlat: tuple[float, float] | None = None
        self._stake = self._scale = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.addWidget(self._label)
        preferences.changed.connect(self._on_preference)

    @property
    def text(self) -> str:
        return self._label.text()

    @property
    def datum(self) -> Datum:
        kept = self._preferences.get(DATUM)
        return Datum(kept) if kept in Datum else Datum.WGS84

    def place_words(self, lon: float, lat: float) -> str:
        """Degrees WGS-84 as they read in the chosen datum."""
        x, y = from_wgs84(lon, lat, self.datum)
        return f"{x:.6f}, {y:.6f} {self.datum.value}"

    def copied(self, camera: Camera) -> str:
        """What is worth copying: the cursor's place and stake; without a cursor the middle's."""
        if self._lonlat is None:
            return self.place_words(*camera.lonlat)
        return " · ".join(filter(None, (self.place_words(*self._lonlat), self._stake)))

    def show_cursor(self, lon: float, lat: float) -> None:
        self._lonlat = (lon, lat)
        self._show()

    def show_place(self, place: Place) -> None:
        """The stake under the cursor, when it is on a route."""
        staked = place.stake_m is not None
        self._stake = place_text(place, self._rules, self._language) if staked else ""
        self._show()

    def show_camera(self, camera: Camera, lonlat: tuple[float, float] | None) -> None:
        """The map has moved below the cursor: what it points at now; None: nowhere."""
        self._scale = scale_text(scale_number(camera))
        if lonlat is None or self._lonlat is None or not _same(lonlat, self._lonlat):
            self._lonlat, self._stake = lonlat, ""
        self._show()

    def _show(self) -> None:
        cursor = self.place_words(*self._lonlat) if self._lonlat is not None else ""
        parts = tuple(filter(None, (cursor, self._stake, self._scale)))
        text = " · ".join(parts)
        if self._label.fontMetrics().horizontalAdvance(text) > self._map.width() - _AROUND_PX:
            text = "\n".join(parts)
        if text != self._label.text():
            self._label.setText(text)
            self.setAccessibleName(" · ".join(parts))
            self.adjustSize()

    # the choice of datum

    def _choose(self, datum: Datum) -> None:
        self._preferences.set(DATUM, datum.value)

    def _next(self) -> None:
        data = list(Datum)
        self._choose(data[(data.index(self.datum) + 1) % len(data)])

    def _on_preference(self, key: str) -> None:
        if key in ("", DATUM):
            self._show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _NEXT:
            self._next()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """The datums, and the copy."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for datum in Datum:
            item = menu.addAction(datum.value)
            item.setCheckable(True)
            item.setChecked(datum is self.datum)
            item.triggered.connect(lambda _=False, chosen=datum: self._choose(chosen))
        menu.addSeparator()
        menu.addAction(self.tr("复制坐标\tCtrl+Shift+C")).triggered.connect(self.copy_asked)
        return menu


def _same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """A zoom about the cursor leaves it where it is, but for rounding."""
    return all(abs(a - b) < 1e-7 for a, b in zip(one, other, strict=True))
