"""What stands on the map: legend, find box, banner, tools, layer menu, read-out, hover card."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

from app.services import Services
from widgets.map.banner import Banner
from widgets.map.find_box import FindBox
from widgets.map.hover_card import HoverCard
from widgets.map.layer_menu import LayerMenu
from widgets.map.legend import Legend
from widgets.map.readout import Readout
from widgets.map.stack import LayerStack
from widgets.map.tool_column import ToolColumn

FOLDED: Final = "map.legend_folded"
_EDGE: Final = 10
_ABOVE_SCALE: Final = 36  # where the read-out goes when the map is too narrow for both
_NARROW_PX: Final = 860


class Overlay(QObject):
    """Puts the parts into their corners; the layer menu and the card find their own place."""

    def __init__(
        self, services: Services, stack: LayerStack, language: str, canvas: QWidget
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._preferences = canvas, services.preferences
        demo = services.settings.demo
        self.legend = Legend(services.rules, services.link, language, demo, canvas)
        self.find = FindBox(services.places, canvas)
        self.banner = Banner(canvas)
        self.tools = ToolColumn(canvas)
        self.readout = Readout(services.rules, language, canvas)
        self.menu = LayerMenu(stack, services.link, canvas)
        self.card = HoverCard(canvas)
        self._grid = QGridLayout(canvas)
        self._build()
        self._connect()
        self.legend.set_folded(bool(self._preferences.get(FOLDED, False)))

    def _build(self) -> None:
        side = Qt.AlignmentFlag
        middle = QVBoxLayout()
        middle.setSpacing(6)
        middle.addWidget(self.find)
        middle.addWidget(self.banner, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        grid = self._grid
        grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        grid.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        grid.addWidget(self.legend, 0, 0, side.AlignTop | side.AlignLeft)
        grid.addLayout(middle, 0, 1)
        grid.addWidget(self.tools, 0, 2, side.AlignTop | side.AlignRight)
        grid.addWidget(self.readout, 1, 0, 1, 3, side.AlignBottom | side.AlignLeft)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(0, 1)

    def _connect(self) -> None:
        self._canvas.installEventFilter(self)
        self.legend.folded.connect(self._on_folded)
        self.menu.closed.connect(self._on_menu_closed)

    def toggle_menu(self) -> None:
        """Open the layer menu beside its button, or close it."""
        if self.menu.isVisible():
            self.menu.close_menu()
            return
        self.menu.open()
        button = self.tools.button("layers")
        at = button.mapTo(self._canvas, QPoint(0, 0))
        x = self.tools.x() - self.menu.width() - 6
        y = min(at.y(), self._canvas.height() - self.menu.height() - _EDGE)
        self.menu.move(max(x, 4), max(y, 4))
        button.setChecked(True)

    def clear(self) -> None:
        """Nothing on the map: there is none."""
        for part in (self.legend, self.find, self.banner, self.tools, self.readout, self.menu):
            part.hide()
        self.card.hide()

    def _on_menu_closed(self) -> None:
        self.tools.button("layers").setChecked(False)
        self._canvas.setFocus()

    def _on_folded(self, folded: bool) -> None:
        self._preferences.set(FOLDED, folded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.Resize:
            bottom = _ABOVE_SCALE if self._canvas.width() < _NARROW_PX else _EDGE
            self._grid.setContentsMargins(_EDGE, _EDGE, _EDGE, bottom)
        elif kind is QEvent.Type.MouseButtonPress and self.menu.isVisible():
            self.menu.close_menu()
        return super().eventFilter(watched, event)
