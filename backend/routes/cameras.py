"""What a camera offers beyond its entity: its stream's address, and moving its head."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from backend.bodies import PtzBody, StreamBody
from backend.services.cameras import StreamAnswer, stream_address
from backend.services.heads import Heads
from backend.services.onvif_devices import PtzAddress, ptz_address
from backend.web import (
    SIGNED_IN,
    Asking,
    EntityId,
    InContext,
    answer,
    answers,
    in_thread,
    read,
    sent,
)

router = APIRouter(prefix="/v1/cameras", tags=["cameras"])
_STREAM = answers(
    StreamAnswer, *SIGNED_IN, "NOT_ALLOWED", "NOT_FOUND", "NO_STREAM", "NO_GATEWAY", "TOO_LARGE"
)
_PTZ = answers(
    None, *SIGNED_IN, "NOT_ALLOWED", "NOT_FOUND", "NO_PTZ", "EXPIRED", "NO_GATEWAY", "TOO_LARGE",
    status=204,
)  # fmt: skip
_ADDRESS = answers(PtzAddress, *SIGNED_IN, "NOT_FOUND", "NO_PTZ")
_PTZ[423] = {"description": "LOCKED: another user holds the head (`holder`, `until`), or nobody"}
_ADDRESS[423] = _PTZ[423]


@router.post("/{camera_id}/stream", openapi_extra=sent(StreamBody), responses=_STREAM)
async def post_stream(
    request: Request, camera_id: EntityId, context: InContext, asking: Asking
) -> Response:
    """Where to open the stream. The address may hold a secret and end at `expires_at` for those
    who have not opened it by then: ask anew for every try. NO_STREAM: the camera is offline or has
    no such quality."""
    body = await read(request, StreamBody)
    base_url = str(request.base_url).rstrip("/")
    found = await in_thread(
        lambda: stream_address(context, asking, camera_id, body.quality, base_url)
    )
    response = answer(found)
    response.headers["Cache-Control"] = "no-store"
    return response


@router.post("/{camera_id}/ptz", openapi_extra=sent(PtzBody), responses=_PTZ, status_code=204)
async def post_ptz(
    request: Request, camera_id: EntityId, context: InContext, asking: Asking
) -> Response:
    """One of `move` (velocities), `stop`, `preset` (go there), `set_preset`, `remove_preset`.

    For who holds the head (TAKE_PTZ). A move goes on until the next command; repeat it, because the
    head stops by itself when no word comes. A late move is refused (EXPIRED), a stop never.
    """
    body = await read(request, PtzBody)
    heads: Heads = request.app.state.heads
    await in_thread(lambda: heads.act(asking, camera_id, body))
    return Response(status_code=204)


@router.get("/{camera_id}/ptz-address", responses=_ADDRESS)
def get_ptz_address(camera_id: EntityId, context: InContext, asking: Asking) -> Response:
    """Where the head of an ONVIF camera is spoken to, with its login: for who holds it."""
    response = answer(ptz_address(context, asking, camera_id))
    response.headers["Cache-Control"] = "no-store"
    return response
