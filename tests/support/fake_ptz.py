"""Cameras' heads that note what the hand says, at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.camera import Camera
from app.domain.ptz import Move
from app.ptz.driver import Act, Driver, Tell
from app.ptz.limits import load_limits
from app.ptz.ptz import Ptz


@dataclass
class FakeHead:
    """`acts`: what was asked of the camera besides moving. `code`: what an act comes to."""

    acts: list[tuple[object, ...]] = field(default_factory=list)
    code: str = ""

    def move(self, move: Move) -> None:
        self.acts.append(("move", move))

    def stop(self) -> None:
        self.acts.append(("stop",))

    def go_to(self, number: int) -> None:
        self.acts.append(("go_to", number))

    def set_preset(self, number: int, name: str) -> None:
        self.acts.append(("set_preset", number, name))

    def remove_preset(self, number: int) -> None:
        self.acts.append(("remove_preset", number))

    def close(self) -> None:
        self.acts.append(("close",))


class FakeDriver(Driver):
    """No thread. `said`: moves, "stop", "close", in order; a stop that stops nothing is left out."""

    def __init__(self, camera: Camera, head: FakeHead, tell: Tell) -> None:
        self.camera, self.head, self.tell = camera, head, tell
        self.said: list[Move | str] = []

    def move(self, move: Move) -> None:
        self.said.append(move)

    def stop(self) -> None:
        if self.said and isinstance(self.said[-1], Move):
            self.said.append("stop")

    def do(self, act: Act, done: Tell) -> None:
        self.stop()
        if not self.head.code:
            act(self.head)
        done(self.head.code)

    def close(self) -> None:
        self.stop()
        self.said.append("close")


class FakePtz(Ptz):
    """`drivers` in the order they were taken."""

    def __init__(self) -> None:
        self.limits = load_limits()
        self.head = FakeHead()
        self.drivers: list[FakeDriver] = []

    def take(self, camera: Camera, tell: Tell) -> Driver:
        driver = FakeDriver(camera, self.head, tell)
        self.drivers.append(driver)
        return driver

    def shutdown(self) -> None:
        for driver in self.drivers:
            driver.close()
