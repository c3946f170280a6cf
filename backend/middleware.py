"""Around every request: an id, the API version, a size limit, one log line."""

import logging
import re
import time
import uuid

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend import API_MAX, API_MIN
from backend.problems import Problem

log = logging.getLogger("backend.access")
_FILES = "/v1/files/"
_VERSIONED = "/v1/"
_NUMBER = re.compile(rb"[0-9]{1,4}")


class Envelope:
    """ASGI middleware. Bodies, queries, headers and tokens never reach the log."""

    def __init__(self, app: ASGIApp, body_limit: int) -> None:
        self._app = app
        self._body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, began, status = uuid.uuid4().hex[:16], time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"].append((b"x-request-id", request_id.encode()))
            await send(message)

        scope.setdefault("state", {})["request_id"] = request_id
        try:
            problem = self._refusal(scope)
            if problem is not None:
                await _send(problem, send_with_id)
                return
            await self._app(scope, self._limited(scope, receive), send_with_id)
        finally:
            log.info(
                "request",
                extra={
                    "request_id": request_id,
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "ms": round((time.perf_counter() - began) * 1000, 1),
                    "user": scope["state"].get("user"),
                },
            )

    def _refusal(self, scope: Scope) -> Problem | None:
        headers = dict(scope["headers"])
        spoken = headers.get(b"x-tocc-api")
        if spoken is not None and scope["path"].startswith(_VERSIONED) and not _speaks(spoken):
            return Problem("API", min=API_MIN, max=API_MAX)
        length = headers.get(b"content-length", b"0")
        if not scope["path"].startswith(_FILES) and _too_long(length, self._body_limit):
            return Problem("TOO_LARGE", limit=self._body_limit)
        return None

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        """Counts a body that comes without its length. Files count for themselves."""
        if scope["path"].startswith(_FILES):
            return receive
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self._body_limit:
                raise Problem("TOO_LARGE", limit=self._body_limit)
            return message

        return counted


def _speaks(version: bytes) -> bool:
    return bool(_NUMBER.fullmatch(version)) and API_MIN <= int(version) <= API_MAX


def _too_long(length: bytes, limit: int) -> bool:
    return length.isdigit() and int(length) > limit


async def _send(problem: Problem, send: Send) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": msgspec.json.encode(problem.body())})
