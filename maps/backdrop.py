"""What lies below the points: the newest picture of the render thread with its labels."""

import time
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter

from maps.geo.camera import Camera
from maps.labels.place import Box
from maps.movers.fixes import MoverCounts
from maps.overlay import LabelPainter
from maps.pictures import Pictures
from maps.render.request import Failure, RenderRequest
from maps.render.thread import RenderThread, render_thread
from maps.theme import MapTheme

_FRAME_MS: Final = 16


class Backdrop(QObject):
    """Asks the render thread, keeps what it drew, paints it as the camera sees it now.

    Signals: ``changed()``: there is something new to paint; ``arrived(Picture)``: and this is it;
    ``failed(Failure)``: there will be no more pictures.
    """

    changed = Signal()
    arrived = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.failure: Failure | None = None
        self._renderer: RenderThread | None = None
        self._pictures = Pictures()
        self._labels = LabelPainter()
        self._obstacles: tuple[Box, ...] = ()
        self._fade = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._fade.timeout.connect(self.changed)
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._on_rest)
        self._unseen = False  # the newest picture has not been painted yet

    def ask(self, request: RenderRequest) -> None:
        """Have this drawn; starts the thread if it does not run."""
        if self.failure is not None:
            return
        self._obstacles = request.obstacles
        if self._renderer is None:
            self._renderer = render_thread()
            self._renderer.finished.connect(self._on_finished)
            self._on_finished()  # it may have failed already
            if self._renderer is None:
                return
        self._renderer.post(request)

    @property
    def counts(self) -> Mapping[str, MoverCounts]:
        """What became of the movers of each layer in the newest picture."""
        return self._pictures.newest.counts if self._pictures.newest is not None else {}

    def shows(self, request: RenderRequest) -> bool:
        """True if the newest picture is just what was asked for."""
        return self._pictures.request == request

    @property
    def is_settled(self) -> bool:
        """True if the texts are those of the newest picture, and none of them fades."""
        newest = self._pictures.newest
        labelled = newest is not None and newest.camera == self._labels.placed.camera
        return labelled and not self._labels.fades(time.monotonic())

    def paint(self, painter: QPainter, camera: Camera, theme: MapTheme) -> Camera | None:
        """Fill the view; returns what was asked for if its picture is painted for the first time."""
        self._pictures.paint(painter, camera, theme)
        now = time.monotonic()
        self._labels.paint(painter, camera, self._obstacles, now)
        if self._labels.fades(now):
            self._fade.start()
        unseen, self._unseen = self._unseen, False
        if unseen:
            self._rest.start()  # until then the frame has still to get to the screen
        request = self._pictures.request
        return request.camera if unseen and request is not None else None

    def stop(self) -> None:
        """End the render thread and wait for it; what it drew stays. The next one may succeed."""
        renderer, self._renderer = self._renderer, None
        self.failure = None
        if renderer is not None:
            renderer.close()

    def _on_rest(self) -> None:
        if self._renderer is not None:
            self._renderer.painted()

    def _on_finished(self) -> None:
        news = self._renderer.take() if self._renderer is not None else None
        if news is None:
            return
        if news.picture is not None:
            self._pictures.add(news.picture)
            self._unseen = True
            self.arrived.emit(news.picture)
        if news.labels is not None:
            self._labels.take(news.labels, time.monotonic())
        self.changed.emit()
        if news.failure is not None:
            self.failure = news.failure
            self.failed.emit(news.failure)
