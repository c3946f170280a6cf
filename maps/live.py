"""What changes by itself: the clock, when to draw again, what the camera goes with."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from maps.geo.camera import Camera
from maps.movers.picker import place_of
from maps.pulse import Pulse
from maps.render.request import Followed, Picture
from maps.shown import ShownLayers


class Live(QObject):
    """Signals: beat(): time for another picture; follow_changed(Followed | None)."""

    beat = Signal()
    follow_changed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.now: Callable[[], float] = time.time  # seconds since 1970, UTC
        self.followed: Followed | None = None
        self._true: tuple[float, float] = (0.0, 0.0)  # from when until when the newest picture is
        self._pulse = Pulse(self)
        self._pulse.beat.connect(self._on_pulse)

    def asked(self) -> None:
        """A picture was asked for."""
        self._pulse.asked()

    def arrived(self, picture: Picture, camera: Camera) -> bool:
        """A picture came. True if the camera goes along with what is followed in it."""
        asked = picture.request
        self._true = (asked.at, picture.due)
        self._pulse.arrived(picture.due - self.now())
        same = replace(asked.camera, x=camera.x, y=camera.y) == camera
        return same and asked.followed is not None and asked.followed == self.followed

    def _on_pulse(self) -> None:
        now, (begin, end) = self.now(), self._true
        if begin <= now < end:
            self._pulse.wait(end - now)
        else:
            self.beat.emit()

    def stop(self) -> None:
        """No more beats until the next picture."""
        self._pulse.stop()

    def follow(self, thing: Followed | None) -> None:
        if thing != self.followed:
            self.followed = thing
            self.follow_changed.emit(thing)

    def camera(self, camera: Camera, shown: ShownLayers, at: float) -> Camera:
        """The camera with what is followed in its middle, to the next device pixel.

        Whole pixels let the render thread move the picture of what stands still.
        """
        place = None
        if self.followed is not None:
            layer = shown.mover_layer(self.followed.layer)
            place = None if layer is None else place_of(layer, self.followed.id, at)
        if place is None:
            return camera
        x, y = camera.to_screen(*place)
        ratio = camera.pixel_ratio
        right = round((x - camera.width / 2) * ratio) / ratio
        down = round((y - camera.height / 2) * ratio) / ratio
        return camera.panned(-right, -down) if right or down else camera
