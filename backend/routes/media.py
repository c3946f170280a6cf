"""GET /media/{code}/{quality}.ts: a demo camera's stream for who holds its token."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import StreamingResponse

from backend.bodies import Quality
from backend.services.media import Media, check_media_token
from backend.web import InContext, answers

router = APIRouter(prefix="/media", tags=["media"])
_TS = "video/mp2t"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_responses = answers(None, "NOT_SIGNED_IN", "NOT_FOUND", "NO_STREAM")
_responses[200]["content"] = {_TS: {"schema": {"type": "string", "format": "binary"}}}


@router.get("/{code}/{quality}.ts", responses=_responses, response_class=StreamingResponse)
async def get_media(
    request: Request,
    context: InContext,
    code: Annotated[str, Path(pattern="^[0-9]{20}$")],
    quality: Quality,
    token: Annotated[str, Query(max_length=1000)] = "",
) -> StreamingResponse:
    """H.264 in MPEG-TS at the speed of life, without end, from a key frame on; the service is
    called like the camera. The token comes with POST /v1/cameras/{id}/stream."""
    check_media_token(context, code, quality, token)
    media: Media = request.app.state.media
    stream = await media.stream(code, quality)
    return StreamingResponse(stream, media_type=_TS, headers=_HEADERS)
