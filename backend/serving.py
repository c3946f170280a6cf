"""One backend process: socket, application, ready line, end."""

import asyncio
import gc
import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable

import uvicorn

from backend.app import create_app
from backend.context import Context, open_context
from backend.logs import log_to
from backend.settings import Settings

log = logging.getLogger(__name__)
_GRACE_S = 2
_HARD_END_S = 8
_KEEP_ALIVE_S = 75
_UNSENT = 65_536
"""Bytes that wait in the system for a slow line; what comes later waits with us, and may go."""


def serve(settings: Settings, *, embedded: bool) -> int:
    """Serve until a signal or, embedded, until standard input closes.

    Prints one JSON line with port and pid when requests will be answered.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    listener = listen(settings.host, settings.port)
    log_to(settings.data_dir / "logs", settings.log_limit)
    context = open_context(settings)
    if settings.demo:
        from backend.services.demo_city import seed_once

        seed_once(context)
    context.files.clean()
    try:
        asyncio.run(_serve(context, listener, embedded=embedded))
    finally:
        context.close()
        log.info("ended")
    return 0


async def _serve(context: Context, listener: socket.socket, *, embedded: bool) -> None:
    server = Server(context, _ready)
    gc.freeze()  # what stands now stays
    gc.enable()
    if embedded:
        threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    await server.serve([listener])


class Server(uvicorn.Server):
    """Calls `on_ready(port)` when it answers, and lets the change streams go when it ends."""

    def __init__(self, context: Context, on_ready: Callable[[int], None]) -> None:
        config = uvicorn.Config(
            create_app(context),
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE_S,
            timeout_keep_alive=_KEEP_ALIVE_S,
            lifespan="on",
            ws="none",
            proxy_headers=False,
        )
        super().__init__(config)
        # its lines hold the query; ours do not
        logging.getLogger("uvicorn.access").disabled = True
        self._context = context
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if sockets and not self.should_exit:
            self._on_ready(sockets[0].getsockname()[1])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._context.hub.close()
        await super().shutdown(sockets)


def _ready(port: int) -> None:
    log.info("ready on port %d", port)
    print(json.dumps({"port": port, "pid": os.getpid()}), flush=True)  # noqa: T201 - the desk reads it
    threading.Thread(target=_warm_up, daemon=True).start()


def _leave(number: int, frame: object) -> None:
    """Leave through every `finally`. uvicorn raises the signal again once it has ended."""
    sys.exit(0)


def listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay off only where the protocol is named
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # a slow reader of live data gets no old frames
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)
    listener.bind((host, port))
    return listener


def _end_with_parent(server: uvicorn.Server) -> None:
    """Standard input is a pipe that the parent never writes to: it closes when it dies."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.should_exit = True
    threading.Timer(_HARD_END_S, os._exit, (1,)).start()


def _warm_up() -> None:
    """What the first sign-in needs and the first health answer does not."""
    import argon2
    import jwt

    log.debug("warm: %s %s", argon2.__version__, jwt.__version__)
