"""Between HTTP and handlers: reading bodies, writing answers, who is asking."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from anyio import to_thread
from fastapi import Depends, Path, Request
from fastapi.responses import Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from backend.context import Context
from backend.problems import PROBLEMS, Problem
from backend.services.sessions import SignedIn, signed_in_by

_bearer = HTTPBearer(auto_error=False, scheme_name="access token")


def context_of(request: Request) -> Context:
    context: Context = request.app.state.context
    return context


def signed_in(
    context: Annotated[Context, Depends(context_of)],
    token: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> SignedIn:
    if token is None:
        raise Problem("NOT_SIGNED_IN")
    return signed_in_by(context, token.credentials)


EntityId = Annotated[str, Path(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
Kind = Annotated[str, Path(min_length=1, max_length=16, pattern=r"^[a-z_]+$")]
InContext = Annotated[Context, Depends(context_of)]
Asking = Annotated[SignedIn, Depends(signed_in)]


async def in_thread[T](work: Callable[[], T]) -> T:
    """Run what touches disk or database beside the event loop."""
    return await to_thread.run_sync(work)


async def read[T](request: Request, shape: type[T]) -> T:
    """The JSON body as `shape`. Raises Problem BAD_REQUEST."""
    raw = await request.body()
    try:
        if b"\\u0000" in raw:
            _refuse_nul(msgspec.json.decode(raw))
        return msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Problem("BAD_REQUEST", detail=str(error)[:500]) from None


def _refuse_nul(value: Any) -> None:
    """No text of ours holds a NUL, and PostgreSQL keeps none."""
    if isinstance(value, str) and "\0" in value:
        raise Problem("BAD_REQUEST", detail="a text holds a NUL character")
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for item in value:
            _refuse_nul(item)


def answer(value: Any, status: int = 200) -> Response:
    body = value if isinstance(value, bytes) else msgspec.json.encode(value)
    return Response(body, status, media_type="application/json")


def sent(shape: type) -> dict[str, Any]:
    """OpenAPI of a JSON request body."""
    return {"requestBody": {"required": True, "content": _json(shape.__name__)}}


def answers(
    shape: type | None, *codes: str, status: int = 200, words: str = "Done"
) -> dict[int | str, dict[str, Any]]:
    """OpenAPI of the answers: the good one, and one per status of the problem codes."""
    good: dict[str, Any] = {"description": words}
    if shape is not None:
        good["content"] = _json(shape.__name__)
    found: dict[int | str, dict[str, Any]] = {status: good}
    for code in (*codes, "BAD_REQUEST", "API", "INTERNAL", "BUSY"):
        number, _, text = PROBLEMS[code]
        problem = found.setdefault(number, {"description": "", "content": _json("ProblemBody")})
        problem["description"] = "; ".join(filter(None, (problem["description"], text)))
    return found


def _json(name: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}


SIGNED_IN = ("NOT_SIGNED_IN", "DEMO_ACCOUNT")
"""What every route that needs a user may answer."""
