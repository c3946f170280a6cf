"""Says what the view goes along with, and lets go of what has left the map."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from app.services import Services
from maps.layers.mover_layer import MoverLayer
from maps.movers.view import is_wanted
from maps.render.request import Followed
from widgets.map.banner import Banner
from widgets.map.canvas import SituationCanvas
from widgets.map.words import Words, mover_words

LOOK_MS: Final = 1000


class GoingAlong(QObject):
    """Looks once a second, only while something is followed."""

    def __init__(self, services: Services, canvas: SituationCanvas, banner: Banner) -> None:
        super().__init__(canvas)
        self._services, self._canvas, self._banner = services, canvas, banner
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        canvas.follow_changed.connect(self._on_follow_changed)

    def _on_follow_changed(self, thing: Followed | None) -> None:
        if thing is None:
            self._timer.stop()
            self._banner.go_along("")
        else:
            self._timer.start()
            self._look()

    def _look(self) -> None:
        words = self._words()
        if words is None:
            self._canvas.unfollow()
            self._banner.go_along(self.tr("跟随的车辆已不在图上"), "warn")
            return
        text = self.tr("正在跟随 {what},Esc 停止").format(what=words.head)
        old = f" · {words.warning}" if words.warning else ""
        self._banner.go_along(text + old, "warn" if old else "2")

    def _words(self) -> Words | None:
        """None: it is not on the map any more."""
        thing = self._canvas.followed
        layer = next((o for o in self._canvas.layers if thing and o.id == thing.layer), None)
        if thing is None or not isinstance(layer, MoverLayer) or not layer.visible:
            return None
        row, movers = layer.movers.row_of(thing.id), layer.movers
        if row is None or not is_wanted(layer, movers.kinds[[row]], movers.states[[row]]).any():
            return None
        return mover_words(layer, thing.id, self._services.clock.now().timestamp())
