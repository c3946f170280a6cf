"""A GB/T 28181 platform's gateway for camera heads, over HTTP, that notes what it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.domain.ptz import Move, PresetCommand, decode

PATIENCE_S = 10.0


@dataclass
class Platform:
    """`heard`: device and command, in order."""

    url: str = ""
    heard: list[tuple[str, Move | PresetCommand]] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    @property
    def words(self) -> list[Move | PresetCommand]:
        """Repeated words count once."""
        said = [command for _, command in list(self.heard)]
        return [word for place, word in enumerate(said) if not place or word != said[place - 1]]

    def wait_for(self, *commands: Move | PresetCommand) -> None:
        with self.news:
            came = self.news.wait_for(lambda: self.words == list(commands), PATIENCE_S)
        assert came, self.words


@contextmanager
def platform() -> Iterator[Platform]:
    made = Platform()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            address, command = decode(said["command"])
            assert address == 1
            with made.news:
                made.heard.append((said["device_id"], command))
                made.news.notify_all()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Nothing on the console of a test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://127.0.0.1:{server.server_port}/ptz"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="platform")
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
