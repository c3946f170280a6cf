"""Small still pictures of cameras: from a running player, else from a short connection."""

import queue
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from app.domain.camera import Camera, Health
from app.services import Services
from app.text import language
from app.video.player import Player
from app.video.snapshot import Snapshot
from app.video.states import StreamState
from widgets.video.camera_words import health_text
from widgets.video.words import fault_words

SIZE: Final = QSize(256, 144)
_KEPT: Final = 64
_FRESH: Final = timedelta(seconds=20)
"""A younger still needs no new connection."""
_LOOK_MS: Final = 100
_SNAPSHOT_S: Final = 3.0
_DEAD: Final = (Health.OFFLINE, Health.MAINTENANCE)


@dataclass(frozen=True, slots=True)
class Still:
    """`taken_at` UTC, arrival by the seat's clock."""

    image: QImage
    taken_at: datetime


class Stills(QObject):
    """Looks at one camera at a time; remembers the last ones, in memory only.

    Signals: changed(str camera): a still came, or another reason why there is none.
    """

    changed = Signal(str)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._kept: OrderedDict[str, Still] = OrderedDict()
        self._camera_id = ""
        self._player: Player | None = None
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._on_look)
        services.session.signed_out.connect(self._on_signed_out)

    def still(self, camera_id: str) -> Still | None:
        return self._kept.get(camera_id)

    def ask(self, camera_id: str) -> None:
        """Get a still unless a fresh one is there; whatever was asked before is let go of."""
        self.leave()
        camera = self._services.store.get("camera", camera_id)
        if not isinstance(camera, Camera) or self._is_fresh(camera_id):
            return
        self._camera_id = camera_id
        running = self._running(camera_id)
        if running is not None:
            self._services.tasks.run(_shot, running, done=partial(self._on_shot, camera_id))
        elif camera.health_at(self._services.clock.now()) not in _DEAD:
            self._player = self._services.videos.open(camera.id, camera.code)
            self._player.show(SIZE.width(), SIZE.height())
            self._look.start()

    def leave(self) -> None:
        """Nobody waits any more: the short connection ends."""
        self._camera_id = ""
        self._look.stop()
        if self._player is not None:
            self._player.close()
            self._player = None

    def why_not(self, camera_id: str) -> str:
        """Why there is no still, or that one is being fetched."""
        services = self._services
        camera = services.store.get("camera", camera_id)
        if not isinstance(camera, Camera):
            return ""
        now = services.clock.now()
        if camera.health_at(now) in _DEAD:
            return health_text(camera, services.rules, language(), now)
        status = self._player.status if self._player is not None else None
        if status is not None and status.state is StreamState.ERROR:
            return fault_words(status.fault)
        return self.tr("正在取图…")

    def _running(self, camera_id: str) -> Player | None:
        """A player of this seat that has the camera's picture now."""
        players = (p for p in self._services.videos.players if p.camera_id == camera_id)
        return next((p for p in players if p.status.state is StreamState.PLAYING), None)

    def _is_fresh(self, camera_id: str) -> bool:
        still = self._kept.get(camera_id)
        return still is not None and self._services.clock.now() - still.taken_at < _FRESH

    def _on_shot(self, camera_id: str, still: Still | None) -> None:
        if still is not None and camera_id == self._camera_id:
            self._keep(camera_id, still)

    def _on_look(self) -> None:
        if self._player is None:
            return
        picture = self._player.take()
        if picture is not None:
            camera_id = self._camera_id
            self._keep(camera_id, Still(_image(picture.pixels), picture.taken_at))
            self.leave()
        elif self._player.status.state is StreamState.ERROR:
            self.changed.emit(self._camera_id)

    def _keep(self, camera_id: str, still: Still) -> None:
        self._kept[camera_id] = still
        self._kept.move_to_end(camera_id)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.changed.emit(camera_id)

    def _on_signed_out(self) -> None:
        """The next user may not be allowed to see them."""
        self.leave()
        self._kept.clear()


def _shot(player: Player) -> Still | None:
    """In the pool: the next frame of a running player, made small."""
    came: queue.SimpleQueue[Snapshot | None] = queue.SimpleQueue()
    player.snapshot(came.put)
    try:
        shot = came.get(timeout=_SNAPSHOT_S)
    except queue.Empty:
        return None
    if shot is None:
        return None
    smooth = Qt.TransformationMode.SmoothTransformation
    small = _image(shot.pixels).scaled(SIZE, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    return Still(small, shot.taken_at)


def _image(pixels: npt.NDArray[np.uint8]) -> QImage:
    """A picture of its own, as the pixels may be used again."""
    height, width = pixels.shape[:2]
    stride = int(pixels.strides[0])
    return QImage(pixels.data, width, height, stride, QImage.Format.Format_RGB32).copy()
