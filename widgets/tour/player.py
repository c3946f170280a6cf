"""Plays a story step by step on the event loop: waits for what must become true, takes pictures."""

import time
import traceback
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from widgets.tour.driver import Desk

POLL_MS = 25
SETTLE_S = 0.15  # a picture shows what a person sees: laid out and painted


@dataclass(frozen=True, slots=True)
class Until:
    """Go on when `true` holds; the step fails after `seconds`."""

    what: str
    true: Callable[[], bool]
    seconds: float = 15.0


@dataclass(frozen=True, slots=True)
class Picture:
    """Take a picture of the whole window."""

    name: str


type Story = Generator[Until | Picture, None, None]
type Chapter = tuple[str, Callable[[Desk], Story]]


@dataclass(slots=True)
class Told:
    """What became of one chapter."""

    title: str
    checks: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    seconds: float = 0.0
    failure: str = ""


class Player(QObject):
    """Signals: finished(list of Told)."""

    finished = Signal(object)

    def __init__(self, desk: Desk, chapters: tuple[Chapter, ...], out: Path) -> None:
        super().__init__()
        self._desk = desk
        self._chapters = list(chapters)
        self._out = out
        self._told: list[Told] = []
        self._story: Story | None = None
        self._waiting: Until | None = None
        self._settling: Picture | None = None
        self._since = self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        self._out.mkdir(parents=True, exist_ok=True)
        self._timer.start()

    def _on_tick(self) -> None:
        if self._story is None and not self._next_chapter():
            self._timer.stop()
            self.finished.emit(self._told)
            return
        try:
            self._go_on()
        except Exception:  # noqa: BLE001 - any failure of a step belongs into the report
            self._end_chapter(traceback.format_exc())

    def _next_chapter(self) -> bool:
        if not self._chapters:
            return False
        title, tell = self._chapters.pop(0)
        self._told.append(Told(title))
        self._story, self._began = tell(self._desk), time.monotonic()
        return True

    def _go_on(self) -> None:
        if self._settling is not None:
            if time.monotonic() - self._since > SETTLE_S:
                self._take_picture(self._settling.name)
                self._settling = None
            return
        if self._waiting is not None and not self._waiting.true():
            if time.monotonic() - self._since > self._waiting.seconds:
                self._end_chapter(f"not within {self._waiting.seconds:g} s: {self._waiting.what}")
            return
        told = self._told[-1]
        if self._waiting is not None:
            told.checks.append(f"{self._waiting.what} ({time.monotonic() - self._since:.1f} s)")
            self._waiting = None
        assert self._story is not None
        step = next(self._story, None)
        if step is None:
            self._end_chapter("")
        elif isinstance(step, Until):
            self._waiting, self._since = step, time.monotonic()
        else:
            self._settling = step
            self._since = time.monotonic()

    def _end_chapter(self, failure: str) -> None:
        told = self._told[-1]
        told.failure, told.seconds = failure, time.monotonic() - self._began
        if failure:
            self._take_picture(f"failed-{len(self._told):02d}")
        self._story = self._waiting = self._settling = None

    def _take_picture(self, name: str) -> None:
        self._desk.picture().save(str(self._out / f"{name}.png"))
        self._told[-1].pictures.append(f"{name}.png")
