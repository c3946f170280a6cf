"""What stands on the map: legend, find box, banner, layer tree, tools, read-out, hover card."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.services import Services
from widgets.map.banner import Banner
from widgets.map.canvas import SituationCanvas
from widgets.map.find_box import FindBox
from widgets.map.hover_card import HoverCard
from widgets.map.layers.tree import LayerTree
from widgets.map.legend import Legend
from widgets.map.readout import Readout
from widgets.map.stack import LayerStack
from widgets.map.tool_column import ToolColumn

_EDGE: Final = 10
_ABOVE_SCALE: Final = 36  # where the read-out goes when the map is too narrow for both
_READOUT: Final = 36  # its height and the gap above it
_NARROW_PX: Final = 880
_TREE_ALONE_PX: Final = 820  # a narrower map has no room for legend and find box beside the tree
_LOW_PX: Final = 440  # a lower one none for the whole legend
_SMALL_PX: Final = 560  # a narrower one none for it beside the find box, which goes below its head


class Overlay(QObject):
    """Gives each part its place, so that none covers another; the card finds its own."""

    def __init__(
        self,
        services: Services,
        stack: LayerStack,
        language: str,
        canvas: SituationCanvas,
        map_name: str = "map",
    ) -> None:
        super().__init__(canvas)
        self._map = map_name
        self._canvas, self._preferences = canvas, services.preferences
        self.legend = Legend(services, stack, language, canvas)
        self.find = FindBox(services.places, canvas)
        self.banner = Banner(canvas)
        self.tree = LayerTree(services, stack, language, canvas)
        self.tools = ToolColumn(canvas)
        self.readout = Readout(services.rules, services.preferences, language, canvas)
        self.card = HoverCard(canvas)
        self._grid = QGridLayout(canvas)
        self._left = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._centred = QHBoxLayout()
        self._cleared: tuple[QWidget, ...] = ()
        self._build()
        self._connect()
        self._make_room()

    def _build(self) -> None:
        side = Qt.AlignmentFlag
        middle = QVBoxLayout()
        middle.setSpacing(6)
        self._centred.addStretch(1)
        self._centred.addWidget(self.find, 100)
        self._centred.addStretch(1)
        middle.addLayout(self._centred)
        middle.addWidget(self.banner, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        grid = self._grid
        grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        grid.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._left.addWidget(self.legend, 0, side.AlignTop | side.AlignLeft)
        self._left.addLayout(middle, 1)
        grid.addLayout(self._left, 0, 0)
        grid.addWidget(self.tree, 0, 1, side.AlignTop | side.AlignRight)
        grid.addWidget(self.tools, 0, 2, side.AlignTop | side.AlignRight)
        grid.addWidget(self.readout, 1, 0, 1, 3, side.AlignBottom | side.AlignLeft)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(0, 1)

    def _connect(self) -> None:
        self._canvas.installEventFilter(self)
        self._canvas.keep_clear(
            self.legend, self.find, self.banner, self.tree, self.tools, self.readout
        )
        self._canvas.camera_changed.connect(self.tree.show_camera)
        self._canvas.camera_changed.connect(self.legend.show_camera)
        self.legend.folded.connect(self._on_folded)
        self.tree.closed.connect(self._on_tree_closed)

    def toggle_tree(self) -> None:
        """Open the layer tree beside its button, or close it."""
        if self.tree.isVisible():
            self.tree.close_tree()
            return
        self.tree.open(self._canvas.camera)
        self.tools.button("layers").setChecked(True)
        self._make_room()

    def ask_find(self) -> None:
        """Put the keyboard into the find box; a tree that has taken its room goes."""
        if self.find.isHidden() and self.tree.isVisible():
            self.tree.close_tree()
        self.find.ask()

    def clear(self) -> None:
        """Nothing on the map: there is none."""
        if self.tree.isVisible():
            self.tree.close_tree()
        parts = (self.legend, self.find, self.banner, self.tools, self.readout)
        self._cleared += tuple(part for part in parts if not part.isHidden())
        for part in (*parts, self.card):
            part.hide()

    def bring_back(self) -> None:
        """What was cleared: there may be a map again."""
        cleared, self._cleared = self._cleared, ()
        for part in cleared:
            part.show()
        if cleared:
            self._make_room()

    def _make_room(self) -> None:
        narrow, low = self._canvas.width() < _NARROW_PX, self._canvas.height() < _LOW_PX
        below = _ABOVE_SCALE if narrow else _EDGE
        self._grid.setContentsMargins(_EDGE, _EDGE, _EDGE, below)
        self.tools.set_low(self._canvas.height() < self.tools.high() + _EDGE + below + _READOUT)
        small = self._canvas.width() < _SMALL_PX
        way = QBoxLayout.Direction.TopToBottom if small else QBoxLayout.Direction.LeftToRight
        self._left.setDirection(way)
        self._centred.setStretch(0, 0 if small else 1)
        self.legend.set_folded(low or small or self._folded)
        alone = self.tree.isVisibleTo(self._canvas) and self._canvas.width() < _TREE_ALONE_PX
        for part in (self.legend, self.find):
            part.setVisible(not alone)

    @property
    def _folded(self) -> bool:
        """What the first map explains the further ones need not."""
        return bool(self._preferences.get(f"{self._map}.legend_folded", self._map != "map"))

    def _on_tree_closed(self) -> None:
        self.tools.button("layers").setChecked(False)
        self._make_room()
        self._canvas.take_keyboard()

    def _on_folded(self, folded: bool) -> None:
        self._preferences.set(f"{self._map}.legend_folded", folded)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.tools.isVisibleTo(self._canvas):
            self._make_room()
        return super().eventFilter(watched, event)
