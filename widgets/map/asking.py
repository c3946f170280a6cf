"""A form asks for a point: the next click on the map answers."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.messages import Level
from app.services import Services
from maps.tools.pick_point import PickPointTool
from widgets.map.banner import Banner
from widgets.map.canvas import SituationCanvas
from widgets.map.linked import Maps

type Take = Callable[[float, float], None]


class Asking(QObject):
    """One question at a time: a later one takes the place of the one before. All maps of the
    seat ask; the first to answer answers for all.
    """

    def __init__(
        self, services: Services, maps: Maps, canvas: SituationCanvas, banner: Banner
    ) -> None:
        super().__init__(canvas)
        self._services, self._maps = services, maps
        self._canvas, self._banner = canvas, banner
        self._take: Take | None = None
        self._asker: QWidget | None = None  # who had the keyboard
        self._failed = False
        self._tool = PickPointTool(self)
        self._connect()

    def _connect(self) -> None:
        self._services.selection.point_asked.connect(self._on_point_asked)
        self._tool.picked.connect(self._on_picked)
        self._tool.dismissed.connect(self._on_dismissed)
        self._canvas.failed.connect(self._on_failed)
        self._maps.answered.connect(self._on_answered)

    def _on_point_asked(self, take: Take) -> None:
        if self._failed:
            text = self.tr("地图不可用。请输入桩号、路口或坐标,位置一样有效。")
            self._services.messages.post(Level.WARN, text, key="map.point")
            return
        if self._take is None:
            self._asker = QApplication.focusWidget()
        self._take = take
        self._banner.ask(self.tr("点击地图选取位置,Esc 取消"))
        self._canvas.set_tool(self._tool)
        self._canvas.take_keyboard()

    def _on_picked(self, lon: float, lat: float) -> None:
        take = self._take
        self._maps.answered.emit()
        if take is not None:
            self._canvas.mark(lon, lat)
            take(lon, lat)

    def _on_dismissed(self) -> None:
        """Answered or given up, here or on another map: the keyboard goes back."""
        if self._take is None:
            return
        self._take = None
        self._maps.answered.emit()
        self._banner.ask("")
        asker, self._asker = self._asker, None
        if asker is not None and isValid(asker):
            asker.setFocus()

    def _on_answered(self) -> None:
        if self._take is not None:
            self._canvas.set_tool(None)

    def _on_failed(self) -> None:
        self._failed = True
        self._canvas.set_tool(None)
