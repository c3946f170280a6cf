"""Attached files by content hash."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, Response

from backend.services.files import Intake, find
from backend.web import SIGNED_IN, Asking, InContext, answers, in_thread

router = APIRouter(prefix="/v1/files", tags=["files"])
Hash = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
_CHUNK = 1_000_000
_BINARY = {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}
_PUT = answers(None, *SIGNED_IN, "NOT_ALLOWED", "TOO_LARGE", "HASH_MISMATCH", words="Was there")
_GET = answers(None, *SIGNED_IN, "NOT_FOUND")
_GET[200].update(_BINARY)


@router.put(
    "/{sha256}",
    responses={**_PUT, 201: {"description": "Stored"}},
    openapi_extra={"requestBody": {"required": True, **_BINARY}},
)
async def put_file(request: Request, sha256: Hash, context: InContext, asking: Asking) -> Response:
    media_type = request.headers.get("content-type", "application/octet-stream")
    intake = await in_thread(lambda: Intake(context, asking, sha256, media_type))
    try:
        buffer = bytearray()
        async for chunk in request.stream():
            buffer += chunk
            if len(buffer) >= _CHUNK:
                await in_thread(lambda: intake.write(bytes(buffer)))  # noqa: B023 - awaited here
                buffer.clear()
        await in_thread(lambda: intake.write(bytes(buffer)))
        new = await in_thread(intake.finish)
    finally:
        await in_thread(intake.abandon)
    return Response(status_code=201 if new else 200)


@router.get("/{sha256}", responses=_GET, response_class=FileResponse)
def get_file(sha256: Hash, context: InContext, asking: Asking) -> FileResponse:
    path, media_type = find(context, asking, sha256)
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment"}
    return FileResponse(path, media_type=media_type, headers=headers)
