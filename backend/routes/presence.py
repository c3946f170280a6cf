"""Who else has a case open."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from backend.bodies import PresenceBody
from backend.services.presence import Present, announce
from backend.web import SIGNED_IN, Asking, InContext, answer, answers, in_thread, read, sent

router = APIRouter(prefix="/v1/presence", tags=["presence"])


@router.post(
    "", openapi_extra=sent(PresenceBody), responses=answers(Present, *SIGNED_IN, "TOO_LARGE")
)
async def post_presence(request: Request, context: InContext, asking: Asking) -> Response:
    body = await read(request, PresenceBody)
    return answer(await in_thread(lambda: announce(context, asking, body.incident_ids)))
