"""The demo city's streams: who may open one, and its packets at the speed of life."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from backend.bodies import Quality
from backend.context import Context
from backend.problems import Problem

if TYPE_CHECKING:
    from backend.demo.media import Broadcast, Timed

_ALGORITHM = "HS256"
LATE_S = 1.0
"""Who reads so slowly gets the next key frame instead of old pictures."""


def media_token(context: Context, code: str, quality: Quality, expires_at: datetime) -> str:
    """Opens one stream of one camera until then; it opens nothing else."""
    import jwt

    claims = {"media": f"{code}/{quality}", "exp": int(expires_at.timestamp())}
    return jwt.encode(claims, context.signing_key, _ALGORITHM)


def check_media_token(context: Context, code: str, quality: Quality, token: str) -> None:
    """Raises Problem NOT_SIGNED_IN."""
    import jwt

    options: Any = {"verify_exp": False, "require": ["exp", "media"]}
    try:
        claims = jwt.decode(token, context.signing_key, [_ALGORITHM], options=options)
    except jwt.PyJWTError:
        raise Problem("NOT_SIGNED_IN") from None
    if claims["exp"] <= context.now().timestamp() or claims["media"] != f"{code}/{quality}":
        raise Problem("NOT_SIGNED_IN")


class Media:
    """Streams of a demo backend; any other has a media gateway for that."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._broadcast: Broadcast | None = None
        self._loading = asyncio.Lock()

    async def stream(self, code: str, quality: Quality) -> AsyncIterator[bytes]:
        """MPEG-TS from the next key frame on. Raises Problem NOT_FOUND or NO_STREAM."""
        if not self._context.settings.demo:
            raise Problem("NOT_FOUND")
        async with self._loading:
            if self._broadcast is None:
                self._broadcast = await asyncio.to_thread(_open)
        try:
            timed, writer = await asyncio.to_thread(self._broadcast.open, code, quality)
        except (KeyError, OSError) as error:
            raise Problem("NO_STREAM") from error
        return self._paced(timed, writer)

    async def _paced(self, timed: "Iterator[Timed]", writer: Any) -> AsyncIterator[bytes]:
        began, waiting_for_key = asyncio.get_running_loop().time(), False
        try:
            for due_s, frame, pts in timed:
                ahead = began + due_s - asyncio.get_running_loop().time()
                if ahead > 0:
                    await asyncio.sleep(ahead)
                if self._context.hub.closing:
                    return
                waiting_for_key = (waiting_for_key or ahead < -LATE_S) and not (
                    frame.key and ahead >= -LATE_S
                )
                if not waiting_for_key:
                    yield writer.write(frame, pts)
        finally:
            writer.close()


def _open() -> "Broadcast":
    from backend.demo.media import Broadcast

    return Broadcast()
