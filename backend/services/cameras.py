"""Where a camera's stream is to be had: from the media gateway, or from the demo's own route."""

from datetime import datetime, timedelta

from msgspec import Struct

from app.domain.camera import Camera, Health
from app.domain.roles import may_watch
from backend.adapters.unit import Unit
from backend.bodies import Quality
from backend.context import Context
from backend.problems import Problem
from backend.services.media import media_token
from backend.services.sessions import SignedIn


class StreamAnswer(Struct, frozen=True, kw_only=True):
    """`url` may hold a secret. `device_id` and `channel`: 20 digits, as the gateway names them."""

    url: str
    expires_at: datetime | None
    device_id: str
    channel: str
    quality: Quality
    demo: bool


def stream_address(
    context: Context, asking: SignedIn, camera_id: str, quality: Quality, base_url: str
) -> StreamAnswer:
    """Raises Problem NOT_FOUND, NOT_ALLOWED, NO_STREAM or NO_GATEWAY."""
    with context.database.read() as connection:
        camera: Camera | None = Unit(connection).get("camera", camera_id)
    if camera is None:
        raise Problem("NOT_FOUND")
    if not may_watch(asking.user, camera.place):
        raise Problem("NOT_ALLOWED")
    missing = bool(camera.streams) and quality not in camera.streams
    if missing or camera.health_at(context.now()) == Health.OFFLINE:
        raise Problem("NO_STREAM")
    url, expires_at = _url(context, camera, quality, base_url)
    return StreamAnswer(
        url=url,
        expires_at=expires_at,
        device_id=camera.code,
        channel=camera.code,
        quality=quality,
        demo=camera.demo,
    )


def _url(
    context: Context, camera: Camera, quality: Quality, base_url: str
) -> tuple[str, datetime | None]:
    template = context.settings.media_gateway
    if template:
        return template.format(code=camera.code, quality=quality), None
    if not (camera.demo and context.settings.demo):
        raise Problem("NO_GATEWAY")
    expires_at = context.now() + timedelta(seconds=context.settings.media_token_s)
    token = media_token(context, camera.code, quality, expires_at)
    return f"{base_url}/media/{camera.code}/{quality}.ts?token={token}", expires_at
