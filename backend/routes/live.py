"""GET /v1/live/{kind}: what moves and flows, as a stream of binary frames (app.domain.live)."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from app.domain.live import LiveKind
from backend.problems import Problem
from backend.services.live import Live
from backend.services.live_frames import Extent
from backend.web import SIGNED_IN, Asking, InContext, answers

router = APIRouter(prefix="/v1/live", tags=["live"])

_BINARY = "application/octet-stream"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_responses = answers(None, *SIGNED_IN, "NO_FEED")
_responses[200]["content"] = {_BINARY: {"schema": {"type": "string", "format": "binary"}}}

_Lon = Annotated[float, Query(ge=-180, le=180)]
_Lat = Annotated[float, Query(ge=-90, le=90)]
_Zoom = Annotated[float, Query(ge=0, le=30)]


@router.get("/{kind}", responses=_responses, response_class=StreamingResponse)
async def get_live(
    request: Request,
    context: InContext,
    asking: Asking,
    kind: LiveKind,
    west: _Lon,
    south: _Lat,
    east: _Lon,
    north: _Lat,
    zoom: _Zoom,
) -> StreamingResponse:
    """Frames of what lies in the extent (degrees, WGS-84), one a second; a slow reader misses some.
    Another extent is another request.

    Little-endian. Head of 100 bytes: magic `TOCL`, version u8, kind u8 (0 links, 1 vehicles),
    flags u16 (1 whole, 2 demo), sequence u32, server time f64, count u32, total u32 in the extent,
    payload bytes u32, fingerprint of the packed network (64 bytes), CRC-32 of head and columns.
    Then the columns, `count` values each. Links: `link` u32, `with_value` u8, `against_value` u8,
    `age_s` u16. Vehicles: `id` u32, `kind` u8, `state` u8, `lon` i32, `lat` i32 (1e-7 degrees),
    `heading` u16 (0.01 degrees), `speed` u16 (0.1 km/h), `age_ms` u32.
    """
    if west >= east or south >= north:
        raise Problem("BAD_REQUEST", detail="the extent is empty")
    live: Live = request.app.state.live
    extent = Extent(west=west, south=south, east=east, north=north, zoom=zoom)
    stream = await live.frames(kind, extent, asking)
    return StreamingResponse(stream, media_type=_BINARY, headers=_HEADERS)
