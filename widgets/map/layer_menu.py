"""Which layers are shown, where each comes from, in which datum and of what time."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from app.domain.describe import local_time
from app.link import LinkState, LinkStatus
from app.text import translate
from maps.layers.layer import Layer
from maps.layers.point_layer import PointLayer
from widgets.map.stack import LayerStack
from widgets.shared.arrange import clear
from widgets.shared.fonts import BODY, TILE, sans
from widgets.shared.labels import text_label


class LayerMenu(QFrame):
    """Signals: closed()."""

    closed = Signal()

    def __init__(self, stack: LayerStack, link: LinkStatus, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("surface", "card")
        self._stack, self._link = stack, link
        self._boxes: list[QCheckBox] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 14, 12)
        self._column.setSpacing(0)
        self.hide()

    def open(self) -> None:
        """Show what there is now, the topmost layer first."""
        self._clear()
        self._column.addWidget(text_label(translate("Map", "图层"), font=sans(BODY, bold=True)))
        for layer in reversed(self._stack.all):
            self._add(layer)
        self.adjustSize()
        self.show()
        self.raise_()
        if self._boxes:
            self._boxes[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def _clear(self) -> None:
        self._boxes.clear()
        clear(self._column)

    def _add(self, layer: Layer) -> None:
        box = QCheckBox(layer.title)
        box.setChecked(layer.visible)
        box.toggled.connect(lambda on, name=layer.id: self._stack.show(name, on))
        box.installEventFilter(self)
        origin = text_label(self.origin(layer), font=sans(TILE), tone="3")
        origin.setContentsMargins(25, 0, 0, 4)
        self._boxes.append(box)
        self._column.addWidget(box)
        self._column.addWidget(origin)

    def origin(self, layer: Layer) -> str:
        """`OpenStreetMap, ODbL · WGS-84 · 2024-12-14`."""
        return f"{layer.source} · {layer.datum.value} · {self._as_of(layer)}"

    def _as_of(self, layer: Layer) -> str:
        if isinstance(layer, PointLayer):
            return link_words(self._link)
        if layer.as_of is None:
            return translate("Map", "时间未知")
        return local_time(layer.as_of, "%Y-%m-%d")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            self.close_menu()
            return True
        return super().eventFilter(watched, event)

    def close_menu(self) -> None:
        self.hide()
        self.closed.emit()


def link_words(link: LinkStatus) -> str:
    """`实时`, or since when the picture stands still."""
    if link.now.state == LinkState.LIVE:
        return translate("Map", "实时")
    if link.now.last_word_at is None:
        return translate("Map", "本席缓存,时间未知")
    return translate("Map", "截至 {time}").format(
        time=local_time(link.now.last_word_at, "%m-%d %H:%M:%S")
    )
