"""Which kinds and states of moving things are shown: a box to tick for each."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from maps.layers.mover_layer import MoverLayer
from widgets.map.swatches import SIZE, kind_swatches
from widgets.shared.arrange import clear
from widgets.shared.fonts import SMALL, sans
from widgets.shared.theme import Theme


class MoverKinds(QWidget):
    """Signals: wished(dict values): hidden_kinds or hidden_states, as the user wants them."""

    wished = Signal(dict)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._boxes: dict[str, list[QCheckBox]] = {}

    def show_layer(self, layer: MoverLayer) -> None:
        """Two columns of kinds with their signs, then the states."""
        clear(self._grid)
        theme, ratio = Theme.current(), self.devicePixelRatioF()
        signs = [swatch.pixmap(theme, ratio) for swatch in kind_swatches(layer)]
        kinds = zip((kind.label for kind in layer.kinds), signs, strict=True)
        states = ((state.label, None) for state in layer.states if state.label)
        first = self._grid.rowCount()
        self._fill("hidden_kinds", kinds, layer.hidden_kinds, first)
        self._fill("hidden_states", states, layer.hidden_states, self._grid.rowCount())

    def _fill(
        self,
        name: str,
        things: Iterable[tuple[str, QPixmap | None]],
        hidden: frozenset[int],
        first: int,
    ) -> None:
        self._boxes[name] = []
        for at, (words, sign) in enumerate(things):
            box = QCheckBox(words)
            box.setFont(sans(SMALL))
            box.setChecked(at not in hidden)
            if sign is not None:
                box.setIcon(QIcon(sign))
                box.setIconSize(SIZE)
            box.toggled.connect(lambda _on, of=name: self._on_toggled(of))
            self._boxes[name].append(box)
            self._grid.addWidget(box, first + at // 2, at % 2)
            box.show()

    def _on_toggled(self, name: str) -> None:
        rows = [row for row, box in enumerate(self._boxes[name]) if not box.isChecked()]
        self.wished.emit({name: rows})
