"""Whose the head of a camera is, and whether the person at the seat may have it."""

import math
from dataclasses import dataclass
from enum import Enum, auto

from app.domain.camera import Camera, Health, PtzLock
from app.services import Services
from app.text import language, refusals_text, translate


class Hold(Enum):
    """Who has the head: NOTHING to steer, nobody, this user, somebody else."""

    NOTHING = auto()
    FREE = auto()
    MINE = auto()
    OTHERS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class PtzState:
    """`why_not`: why the head cannot be had, empty if it can; `left_s` of the holder's time."""

    hold: Hold = Hold.NOTHING
    holder: str = ""
    left_s: int = 0
    why_not: str = ""

    @property
    def may_steer(self) -> bool:
        """A free head is taken by its first use; from another it must be taken over first."""
        return not self.why_not and self.hold in (Hold.FREE, Hold.MINE)


def lock_of(services: Services, camera: Camera | None) -> PtzLock | None:
    """The lock that holds now."""
    return camera.lock_at(services.clock.now()) if camera is not None else None


def is_mine(services: Services, lock: PtzLock | None) -> bool:
    user = services.session.user
    return lock is not None and user is not None and lock.user_id == user.id


def holder_name(services: Services, user_id: str) -> str:
    user = services.store.get("user", user_id)
    return user.name if user is not None else translate("PtzControl", "未知用户")


def ptz_state(services: Services, camera: Camera | None) -> PtzState:
    """How it stands now; the camera as the server knows it."""
    if camera is None or not camera.ptz:
        return PtzState()
    why, lock = _why_not(services, camera), lock_of(services, camera)
    if lock is None:
        return PtzState(hold=Hold.FREE, why_not=why)
    return PtzState(
        hold=Hold.MINE if is_mine(services, lock) else Hold.OTHERS,
        holder=holder_name(services, lock.user_id),
        left_s=math.ceil((lock.until - services.clock.now()).total_seconds()),
        why_not=why,
    )


def _why_not(services: Services, camera: Camera) -> str:
    if services.session.user is None:
        return translate("PtzControl", "请先登录")
    if not services.link.now.is_connected:
        return translate("PtzControl", "网络中断,云台暂不可用")
    if camera.health_at(services.clock.now()) == Health.OFFLINE:
        return translate("PtzControl", "摄像机离线")
    refusals = services.commands.why_not("TAKE_PTZ", camera, "camera")
    return refusals_text(refusals, services.rules, language())
