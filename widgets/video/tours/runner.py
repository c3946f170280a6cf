"""Runs one tour by the clock and says which camera is due on which tile."""

import time
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.camera import Camera
from app.services import Services
from app.video.tour import Step, Tour, TourRun, TourState, tour_rules

_TICK_MS: Final = 250


class TourRunner(QObject):
    """One tour at a time.

    Signals: camera_due(int tile, str camera): show it there now, tiles count from 1;
    camera_soon(str camera): open it ahead, its turn is in three seconds;
    changed(): started, paused, ended, or another camera's turn.
    """

    camera_due = Signal(int, str)
    camera_soon = Signal(str)
    changed = Signal()

    def __init__(
        self,
        services: Services,
        parent: QObject,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.run: TourRun | None = None
        self.passed_over: tuple[str, ...] = ()
        self._services, self._monotonic = services, monotonic
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        services.session.signed_out.connect(self.stop)

    @property
    def tour(self) -> Tour | None:
        return self.run.tour if self.run is not None else None

    @property
    def is_paused(self) -> bool:
        return self.run is not None and self.run.state is TourState.PAUSED

    @property
    def left_s(self) -> float:
        return self.run.left_s(self._monotonic()) if self.run is not None else 0.0

    def start(self, tour: Tour) -> None:
        """Begin with the tour's first living camera, whatever ran before."""
        self.run = TourRun(tour, self._is_alive, tour_rules(), self._monotonic())
        self.passed_over = ()
        self._tick.start()
        self._on_tick()
        self.changed.emit()

    def stop(self) -> None:
        """The cameras stay where they are."""
        if self.run is not None:
            self.run = None
            self._tick.stop()
            self.changed.emit()

    def pause(self) -> None:
        if self.run is not None and not self.is_paused:
            self.run.pause(self._monotonic())
            self.changed.emit()

    def resume(self) -> None:
        if self.run is not None and self.is_paused:
            self.run.resume(self._monotonic())
            self._tick.start()
            self.changed.emit()

    def skip(self) -> None:
        """The next camera now."""
        if self.run is not None:
            self._take(self.run.skip(self._monotonic()))

    def touched(self, tile: int) -> None:
        """Somebody does something with a tile: a tour that runs on it waits for him."""
        if self.tour is not None and tile in self.tour.tiles:
            self.pause()

    def _on_tick(self) -> None:
        if self.run is not None:
            self._take(self.run.tick(self._monotonic()))

    def _take(self, step: Step) -> None:
        for camera in step.soon:
            self.camera_soon.emit(camera)
        _emit_due(self.camera_due.emit, step.due)
        if step.due or step.passed_over:
            self.passed_over = step.passed_over
            self.changed.emit()

    def _is_alive(self, camera_id: str) -> bool:
        camera = self._services.store.get("camera", camera_id)
        if not isinstance(camera, Camera):
            return False
        health = camera.health_at(self._services.clock.now())
        return not tour_rules().passes_over(health, camera.fault)


def _emit_due(emit: Callable[[int, str], None], due: Mapping[int, str]) -> None:
    for tile, camera in due.items():
        emit(tile, camera)
