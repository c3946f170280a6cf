"""One camera that somebody steers: a thread that sends the newest move, and stop before all."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.domain.ptz import Move
from app.held import Held
from app.ptz.device import DEVICE_FAULT, EXPIRED, UNAUTHORIZED, UNREACHABLE, Device, PtzError
from app.ptz.limits import Limits

log = logging.getLogger(__name__)

STOP_UNHEARD: Final = "STOP_UNHEARD"
RETRY_S: Final = 0.5

type Act = Callable[[Device], None]
type Tell = Callable[[str], None]
"""Gets the code of what went wrong; empty if nothing did. Called on the GUI thread."""
type Post = Callable[[Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of the hand, and when it was said (monotonic)."""

    move: Move
    at: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """`ticket` of the callback, which stays on the GUI thread."""

    act: Act
    ticket: int
    at: float


class Driver:
    """Used on the GUI thread; nothing there blocks.

    At most one move waits, the newest; one that has waited for too long is dropped. A stop takes
    its place, goes before everything else, and is sent again until the camera has heard it. When
    the hand says nothing for a while, though nobody let go, the camera is stopped as well.
    """

    def __init__(
        self,
        name: str,
        open_device: Callable[[], Device],
        limits: Limits,
        tell: Tell,
        post: Post,
        leave: Callable[[], None] = lambda: None,
    ) -> None:
        """`open_device` and, at the end, `leave` are called on the thread. `tell(code)` hears of
        moves and stops that went wrong, until `close`."""
        self._open_device = open_device
        self._limits = limits
        self._post = post
        self._leave = leave
        self._waiting = Held[Tell]()
        self._teller = self._waiting.keep(tell)
        self._device: Device | None = None
        self._news = threading.Condition()
        self._wanted: _Said | None = None
        self._asked: _Asked | None = None
        self._moves = False  # the camera may be moving
        self._stop_since: float | None = None  # a stop has to be heard
        self._heard_at = 0.0
        self._sent_at = 0.0
        self._closing = False
        self._thread = threading.Thread(target=self._run, name=f"tocc-ptz-{name}")

    def start(self) -> None:
        self._thread.start()

    def move(self, move: Move) -> None:
        """Say again while it is meant, every `repeat_s`."""
        with self._news:
            if not self._closing:
                self._heard_at = time.monotonic()
                self._wanted = _Said(move, self._heard_at)
                self._news.notify()

    def stop(self) -> None:
        """What waits is forgotten; a camera that may be moving is stopped."""
        with self._news:
            self._forget()
            self._news.notify()

    def do(self, act: Act, done: Tell) -> None:
        """Something else than a move: presets. The newest takes the place of one that waits."""
        with self._news:
            if not self._closing:
                self._forget()
                self._asked = _Asked(act, self._waiting.keep(done), time.monotonic())
                self._news.notify()

    def close(self) -> None:
        """Stop; the thread ends when the camera has heard it, or soon. Nothing is told any more."""
        self._waiting.clear()
        with self._news:
            self._closing = True
            self._forget()
            self._news.notify()

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def join(self) -> None:
        self._thread.join()

    def _forget(self) -> None:
        asked, self._asked, self._wanted = self._asked, None, None
        if asked is not None:
            self._answer(asked.ticket, EXPIRED)
        if self._moves and self._stop_since is None:
            self._stop_since = time.monotonic()

    def _on_answer(self, ticket: int, code: str) -> None:
        if ticket == self._teller:
            done = self._waiting.see(ticket)
        else:
            done = self._waiting.take(ticket)
        if done is not None:
            done(code)

    # on the thread

    def _answer(self, ticket: int, code: str) -> None:
        self._post(partial(self._on_answer, ticket, code))

    def _run(self) -> None:
        while (step := self._next()) is not None:
            try:
                step()
            except Exception:
                log.exception("steering a camera failed; it goes on")
        self._drop_device()
        self._leave()

    def _next(self) -> Callable[[], None] | None:
        """Wait for what is to be done now; None: the end."""
        with self._news:
            while True:
                now = time.monotonic()
                if self._stop_since is not None:
                    return self._send_stop
                if self._closing:
                    return None
                if self._device is None and (self._wanted or self._asked):
                    return self._open
                if self._asked is not None:
                    asked, self._asked = self._asked, None
                    return lambda: self._do(asked)
                if self._wanted is not None and now >= self._sent_at + self._limits.gap_s:
                    said, self._wanted = self._wanted, None
                    if self._is_late(said.at):
                        log.info("a move is too late and dropped")
                        continue
                    self._moves, self._sent_at = True, now
                    return lambda: self._send(said.move)
                if self._moves and now >= self._heard_at + self._limits.silence_s:
                    log.info("no word of the hand: the camera is stopped")
                    self._forget()
                    continue
                self._news.wait(self._patience(now))

    def _is_late(self, at: float) -> bool:
        return time.monotonic() > at + self._limits.late_s

    def _patience(self, now: float) -> float | None:
        """Seconds until something is due by itself."""
        if self._wanted is not None:
            return self._sent_at + self._limits.gap_s - now
        return self._heard_at + self._limits.silence_s - now if self._moves else None

    def _open(self) -> None:
        """What was said meanwhile may be late when the device is ready."""
        problem = self._try(lambda device: None)
        if not problem:
            return
        with self._news:
            asked, self._asked, self._wanted = self._asked, None, None
        self._answer(asked.ticket if asked else self._teller, problem)

    def _send(self, move: Move) -> None:
        problem = self._try(lambda device: device.move(move))
        if problem and problem != UNAUTHORIZED:  # that is opened anew: the hand says it again
            self._answer(self._teller, problem)

    def _do(self, asked: _Asked) -> None:
        problem = EXPIRED if self._is_late(asked.at) else self._try(asked.act)
        self._answer(asked.ticket, problem)

    def _send_stop(self) -> None:
        problem = self._try(lambda device: device.stop())
        with self._news:
            since, now = self._stop_since or 0.0, time.monotonic()
            closing = self._closing
            patience = self._limits.closing_s if closing else self._limits.stop_for_s
            unheard = problem in (UNREACHABLE, UNAUTHORIZED)
            over = not unheard or now + RETRY_S > since + patience
            if over:
                self._stop_since, self._moves = None, False
            else:
                self._news.wait_for(lambda: self._closing is not closing, RETRY_S)
        if problem and over:
            self._answer(self._teller, STOP_UNHEARD if unheard else problem)

    def _try(self, act: Act) -> str:
        """The code of what went wrong."""
        try:
            if self._device is None:
                self._device = self._open_device()
            act(self._device)
        except PtzError as error:
            log.info("a camera does not do as told: %s", error)
            if error.code == UNAUTHORIZED:
                self._drop_device()
            return error.code
        except Exception:
            log.exception("a camera cannot be steered")
            return DEVICE_FAULT
        return ""

    def _drop_device(self) -> None:
        device, self._device = self._device, None
        if device is not None:
            device.close()
