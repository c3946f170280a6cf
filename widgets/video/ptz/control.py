"""The head of one camera at a time, as the person at the seat has it in hand."""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from app.domain.camera import Camera, PtzLock
from app.domain.changes import Changes
from app.domain.ptz import Move
from app.messages import Level
from app.ptz.device import NO_SUCH_PRESET
from app.ptz.driver import Act, Driver
from app.selection import Ref
from app.services import Services
from app.text import language, refusals_text
from widgets.video.ptz.state import Hold, PtzState, holder_name, is_mine, lock_of, ptz_state
from widgets.video.ptz.words import trouble_text

_KEY: Final = "ptz"
_TICK_MS: Final = 1000
_ANSWER_S: Final = 2.0
"""So long the answer to a take is waited for before another one."""


def _nothing() -> None:
    """Nothing follows."""


@dataclass(frozen=True, slots=True)
class _Errand:
    """Something else than a move; `then` follows if it comes to one of `fine`. `at`: asked for."""

    act: Act
    then: Callable[[], None] = _nothing
    fine: tuple[str, ...] = ("",)
    at: float = field(default_factory=time.monotonic)


class PtzControl(QObject):
    """Takes the head by its first use, keeps it while it is used, lets go of what must stop.

    A move is sent only while the server says that the head is this user's; it is said again until
    `stop`, which is called on release and by whoever loses the hand: focus, window, link, lock,
    camera, seat. Signals: changed(): look at `state` and `camera` again.
    """

    changed = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.speed = 0.5
        self.state = PtzState()
        self._services = services
        self._camera_id: str | None = None
        self._shown: Camera | None = None
        self._driver: Driver | None = None
        self._wish: Move | None = None
        self._errand: _Errand | None = None
        self._asked_at = -math.inf
        self._was_mine = False
        repeat_ms = int(services.ptz.limits.repeat_s * 1000)
        self._repeat = QTimer(self, interval=repeat_ms)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._connect()

    def _connect(self) -> None:
        services = self._services
        self._repeat.timeout.connect(self._say)
        self._tick.timeout.connect(self._look)
        services.store.changed.connect(self._on_changed)
        services.link.changed.connect(self._look)
        services.session.locked.connect(self.release)
        services.session.signed_in.connect(self._look)
        services.session.signed_out.connect(self._on_signed_out)
        desk = QGuiApplication.instance()
        assert isinstance(desk, QGuiApplication)
        desk.focusObjectChanged.connect(self.stop)  # a key or button that is not let go here
        desk.applicationStateChanged.connect(self.stop)

    @property
    def camera(self) -> Camera | None:
        """The camera as the server knows it."""
        if self._camera_id is None:
            return None
        found: Camera | None = self._services.store.server("camera", self._camera_id)
        return found

    def show_camera(self, camera_id: str | None) -> None:
        """Another camera, or none: the one before is stopped and given back."""
        if camera_id != self._camera_id:
            self.release()
            self._camera_id, self._was_mine, self._asked_at = camera_id, False, -math.inf
        self._look()

    # acts

    def move(self, move: Move) -> None:
        """Move like this until another word; nothing happens if `state.may_steer` is not."""
        if self.state.may_steer:
            self._wish = move
            self._repeat.start()
            self._say()

    def stop(self) -> None:
        """Harmless if nothing moves."""
        self._wish = self._errand = None
        self._repeat.stop()
        if self._driver is not None:
            self._driver.stop()

    def go_to(self, number: int) -> None:
        self._do(_Errand(lambda device: device.go_to(number)))

    def go_home(self) -> None:
        self.go_to(self._services.rules.ptz.home_preset)

    def set_preset(self, number: int, name: str, picture: str = "") -> None:
        """Keep where the camera looks now, at the camera first, then for everybody."""
        fields = {"number": number, "name": name, "picture": picture}
        self._do(
            _Errand(
                lambda device: device.set_preset(number, name),
                lambda: self._fire("SET_PRESET", fields),
            )
        )

    def remove_preset(self, number: int) -> None:
        """A camera that does not know it has it no longer anyway."""
        self._do(
            _Errand(
                lambda device: device.remove_preset(number),
                lambda: self._fire("REMOVE_PRESET", {"number": number}),
                fine=("", NO_SUCH_PRESET),
            )
        )

    def take(self) -> None:
        """Also from somebody of a lower rank."""
        self._asked_at = time.monotonic()
        ref = self._services.selection.current
        case = {"incident_id": ref.id} if isinstance(ref, Ref) and ref.kind == "incident" else {}
        self._fire("TAKE_PTZ", case)

    def release(self) -> None:
        mine = self._lock_is_mine()
        self.put_down()
        if mine and self._services.session.user is not None:
            self._fire("RELEASE_PTZ", {})

    def put_down(self) -> None:
        """Stop; the lock stays until its time is over."""
        self.stop()
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    # what is so

    def _lock(self) -> PtzLock | None:
        return lock_of(self._services, self.camera)

    def _lock_is_mine(self) -> bool:
        return is_mine(self._services, self._lock())

    def _on_changed(self, changes: Changes) -> None:
        if self._camera_id in changes.of("camera").touched:
            self._look()

    def _look(self) -> None:
        """Is it still, or now, ours; may we, who has it, how long."""
        mine = self._lock_is_mine()
        if self._was_mine and not mine:
            self._lost()
        gained, self._was_mine = mine and not self._was_mine, mine
        camera = self.camera
        state = ptz_state(self._services, camera)
        if not state.may_steer:
            self.stop()
        if state.hold in (Hold.MINE, Hold.OTHERS):
            self._tick.start()
        else:
            self._tick.stop()
        if (state, camera) != (self.state, self._shown):
            self.state, self._shown = state, camera
            self.changed.emit()
        if gained:
            self._on_gained()

    def _lost(self) -> None:
        """Taken over, given back or run out: nothing moves on in this hand."""
        self.put_down()
        lock, user = self._lock(), self._services.session.user
        if lock is not None and user is not None and lock.taken_from == user.id:
            text = self.tr("{name} 已接管云台,您的操作已停止").format(
                name=holder_name(self._services, lock.user_id)
            )
            self._services.messages.post(Level.WARN, text, key=_KEY)

    def _on_signed_out(self) -> None:
        self.put_down()
        self._look()

    # sending

    def _on_gained(self) -> None:
        """What asked for the head is done now, unless that took too long."""
        errand, self._errand = self._errand, None
        if errand is not None:
            late = time.monotonic() > errand.at + self._services.ptz.limits.refused_after_s
            if not late:
                self._do(errand)
        self._say()

    def _say(self) -> None:
        """What is meant now, if it is ours; else ask for it."""
        if self._wish is None:
            return
        if not self._lock_is_mine():
            self._ask_for_it()
            return
        self._hand().move(self._wish)
        self._renew()

    def _hand(self) -> Driver:
        if self._driver is None:
            camera = self.camera
            assert camera is not None, "nothing is steered without a lock"
            self._driver = self._services.ptz.take(camera, self._on_trouble)
            self.destroyed.connect(self._driver.close)
        return self._driver

    def _ask_for_it(self) -> None:
        if time.monotonic() > self._asked_at + _ANSWER_S:
            self.take()

    def _renew(self) -> None:
        lock = self._lock()
        left = lock.until - self._services.clock.now() if lock is not None else timedelta()
        if left < timedelta(seconds=self._services.ptz.limits.renew_below_s):
            self._ask_for_it()

    def _do(self, errand: _Errand) -> None:
        """A preset needs the head, too; the first use takes it."""
        if not self.state.may_steer:
            return
        self.stop()
        if not self._lock_is_mine():
            self._errand = errand
            self._ask_for_it()
            return

        def done(code: str) -> None:
            if code not in errand.fine:
                self._on_trouble(code)
            else:
                errand.then()

        self._hand().do(errand.act, done)
        self._renew()

    def _fire(self, event: str, fields: Mapping[str, Any]) -> None:
        services = self._services
        assert self._camera_id is not None
        expires_at = services.clock.now() + timedelta(seconds=services.rules.ptz.outbox_s)
        refusals = services.commands.fire(
            "camera", self._camera_id, event, fields, expires_at=expires_at
        )
        if refusals:
            self.stop()
            text = refusals_text(refusals, services.rules, language())
            services.messages.post(Level.WARN, text, key=_KEY)

    def _on_trouble(self, code: str) -> None:
        self.stop()
        if code == "LOCKED" and not self._lock_is_mine():
            return  # said already
        self._services.messages.post(Level.WARN, trouble_text(code), key=_KEY)
