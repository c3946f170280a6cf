"""Address and login of cameras whose heads the seats move over ONVIF, from the operator's file."""

import logging
import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from app.domain.camera import Camera, PtzLink
from backend.adapters.unit import Unit
from backend.context import Context
from backend.problems import Problem
from backend.services import auditing
from backend.services.heads import HELD
from backend.services.sessions import SignedIn

log = logging.getLogger(__name__)


class PtzAddress(Struct, frozen=True, kw_only=True):
    """`url` of the device service. Never logged."""

    url: str
    username: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return "PtzAddress(…)"


def ptz_address(context: Context, asking: SignedIn, camera_id: str) -> PtzAddress:
    """For the holder of the head alone. Raises Problem NOT_FOUND, NO_PTZ or LOCKED."""
    with context.database.read() as connection:
        camera: Camera | None = Unit(connection).get("camera", camera_id)
    if camera is None:
        raise Problem("NOT_FOUND")
    known = _devices(context).get(camera.code) if camera.ptz == PtzLink.ONVIF else None
    if known is None:
        raise Problem("NO_PTZ")
    lock = camera.lock_at(context.now())
    mine = lock is not None and lock.user_id == asking.user.id
    codes = [] if mine else ["LOCKED"]
    auditing.note(context, asking, "GET_PTZ_ADDRESS", "camera", camera_id, codes)
    if not mine:
        holder = {} if lock is None else {"holder": lock.user_id, "until": lock.until}
        raise Problem("LOCKED", status=423, words=HELD, **holder)
    return known


def _devices(context: Context) -> dict[str, PtzAddress]:
    """By the camera's code, read anew each time; nothing of the file's content is logged."""
    if not context.settings.onvif_devices:
        return {}
    try:
        text = Path(context.settings.onvif_devices).read_text("utf-8")
        return msgspec.convert(tomllib.loads(text), dict[str, PtzAddress])
    except (OSError, ValueError) as error:  # the library's errors are ValueErrors, too
        log.error("the file of ONVIF devices cannot be read: %s", type(error).__name__)
        return {}
