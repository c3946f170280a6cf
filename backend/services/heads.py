"""Moving a camera's head: for its holder only, in time, and never on without a hand."""

import asyncio
import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.camera import Camera, PtzLink
from app.domain.ptz import STILL, Move, PresetAct, PresetCommand
from app.domain.roles import covers
from backend.adapters.ptz_gateway import GatewayError, HttpGateway, PtzGateway
from backend.adapters.unit import Unit
from backend.bodies import PtzBody
from backend.context import Context
from backend.problems import Problem
from backend.services import auditing
from backend.services.sessions import SignedIn

log = logging.getLogger(__name__)
TICK_S = 0.25
HOME_RETRY_S = 5.0
"""A gateway that failed is asked again to send a camera home; to stop one, with each tick."""
HELD = ("云台由他人占用或未占用", "Another user holds the PTZ, or nobody does")


@dataclass(slots=True)
class _Head:
    """`turn` keeps the order of commands; `issued`: the newest one that was taken, by user."""

    camera: Camera
    turn: threading.Lock = field(default_factory=threading.Lock)
    moving: bool = False
    used_at: float = 0.0
    failed_at: float = -math.inf
    issued: tuple[str, datetime] | None = None


def gateway_of(context: Context) -> PtzGateway | None:
    if context.settings.ptz_gateway:
        return HttpGateway(context.settings.ptz_gateway)
    if context.settings.demo:
        from backend.demo.heads import DemoHeads

        return DemoHeads()
    return None


class Heads:
    """Knows the heads that were moved a while ago; watches them while `run` runs."""

    def __init__(
        self,
        context: Context,
        gateway: PtzGateway | None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._context = context
        self._gateway = gateway
        self._clock = clock
        self._heads: dict[str, _Head] = {}
        self._lock = threading.Lock()

    def act(self, asking: SignedIn, camera_id: str, body: PtzBody) -> None:
        """Blocks. Raises Problem NOT_FOUND, NOT_ALLOWED, NO_PTZ, NO_GATEWAY, LOCKED, EXPIRED."""
        command = body.command()
        camera = self._camera(camera_id)
        if camera is None:
            raise Problem("NOT_FOUND")
        try:
            self._check(asking, camera, body, command)
        except Problem as problem:
            codes = [problem.code]
            auditing.note(self._context, asking, "MOVE_PTZ", "camera", camera_id, codes)
            raise
        if self._gateway is None:
            raise Problem("NO_GATEWAY")
        head = self._head(camera)
        with head.turn:
            if _overtaken(head, asking, body, command):
                raise Problem("EXPIRED")
            head.issued = (asking.user.id, body.issued_at)
            self._send(self._gateway, head, command)

    def sweep(self) -> None:
        """Stop what moves without a word from its hand; send patrol cameras home. Blocks."""
        rule, now = self._context.rules.ptz, self._clock()
        with self._lock:
            heads = list(self._heads.values())
        for head in heads:
            with head.turn:
                if head.moving and now >= head.used_at + rule.refused_after_s:
                    self._try(head, STILL)
                elif now >= max(head.used_at + rule.home_after_s, head.failed_at + HOME_RETRY_S):
                    self._go_home(head)

    async def run(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            if self._heads:
                await asyncio.to_thread(self.sweep)

    def _camera(self, camera_id: str) -> Camera | None:
        with self._context.database.read() as connection:
            camera: Camera | None = Unit(connection).get("camera", camera_id)
        return camera

    def _check(
        self, asking: SignedIn, camera: Camera, body: PtzBody, command: Move | PresetCommand
    ) -> None:
        now, rule = self._context.now(), self._context.rules.ptz
        if asking.user.role not in rule.ranks or not covers(asking.user.areas, camera.place):
            raise Problem("NOT_ALLOWED")
        if camera.ptz != PtzLink.GATEWAY:
            raise Problem("NO_PTZ")
        lock = camera.lock_at(now)
        mine = lock is not None and lock.user_id == asking.user.id
        if not mine and not (command == STILL and self._moved_by(asking, camera.id)):
            holder = {} if lock is None else {"holder": lock.user_id, "until": lock.until}
            raise Problem("LOCKED", status=423, words=HELD, **holder)
        late = body.issued_at + timedelta(seconds=rule.refused_after_s) < now
        if late and command != STILL:  # a stop is never too late
            raise Problem("EXPIRED")

    def _moved_by(self, asking: SignedIn, camera_id: str) -> bool:
        """Who lost the head may still stop what he began, until the new holder moves it."""
        with self._lock:
            head = self._heads.get(camera_id)
        return (
            head is not None
            and head.moving
            and head.issued is not None
            and head.issued[0] == asking.user.id
        )

    def _head(self, camera: Camera) -> _Head:
        with self._lock:
            head = self._heads.setdefault(camera.id, _Head(camera))
            head.camera = camera
            return head

    def _send(self, gateway: PtzGateway, head: _Head, command: Move | PresetCommand) -> None:
        with self._lock:  # it may have been sent home while this hand waited for its turn
            self._heads[head.camera.id] = head
        try:
            gateway.send(head.camera.code, command)
        except GatewayError as error:
            log.warning("the PTZ gateway fails: %s", error)
            raise Problem("NO_GATEWAY") from error
        head.moving = isinstance(command, Move) and command != STILL
        head.used_at = self._clock()

    def _try(self, head: _Head, command: Move | PresetCommand) -> bool:
        """False: again in a while."""
        assert self._gateway is not None  # no head without one
        used_at = head.used_at
        try:
            self._send(self._gateway, head, command)
        except Problem:
            head.failed_at = self._clock()
            return False
        head.used_at = used_at
        return True

    def _go_home(self, head: _Head) -> None:
        """Not under the hand of somebody who only looks."""
        camera = self._camera(head.camera.id)
        home = self._context.rules.ptz.home_preset
        if camera is not None and camera.lock_at(self._context.now()) is not None:
            return
        patrols = camera is not None and camera.patrol
        if not patrols or self._try(head, PresetCommand(PresetAct.CALL, home)):
            with self._lock:
                self._heads.pop(head.camera.id, None)


def _overtaken(head: _Head, asking: SignedIn, body: PtzBody, command: Move | PresetCommand) -> bool:
    """True for a move that a newer command of the same hand has passed on the way."""
    if head.issued is None or command == STILL:
        return False
    user_id, issued_at = head.issued
    return user_id == asking.user.id and body.issued_at < issued_at
