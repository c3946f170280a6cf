"""An HTTP server whose cameras are bad in every way a camera can be."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import ClassVar, Self

from tests.support.streams import VIDEO, frames_of, sound, spoiled, video, with_wild_times

TS = "video/mp2t"
PAGE = b"<!doctype html><title>Camera</title><p>Please sign in.</p>" * 200
PICTURES = 50  # of a stream of two seconds


@cache
def _made(name: str) -> tuple[bytes, ...]:
    """The pieces that are sent, one each 40 ms."""
    if name.startswith("spoiled-"):
        return tuple(frames_of(spoiled(b"".join(_made("good")), Random(name))))
    stream = MAKERS[name]()
    if VIDEO in stream:
        return tuple(frames_of(stream))
    long = max(-(-len(stream) // PICTURES), 1)
    return tuple(stream[at : at + long] for at in range(0, len(stream), long))


class StreamServer:
    """`url(name)`: one of `NAMES`, or `spoiled-N` for the N-th spoiled stream."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bad", (_Camera,), {"of": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="bad-cameras")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/{name}"

    def prepare(self, names: Iterable[str]) -> None:
        """Make beforehand what takes its time."""
        for name in names:
            if name in MAKERS:
                _made(name)

    def body(self, name: str) -> Iterator[bytes]:
        pieces = _made(ENDING.get(name, name))
        while True:
            yield from pieces
            if name in ENDING:
                break
        if name in SILENT:
            self.ended.wait()


MAKERS: dict[str, Callable[[], bytes]] = {
    "good": video,
    "page": lambda: PAGE,
    "nothing": bytes,
    "noise": lambda: Random(5).randbytes(100_000),
    "sound": sound,
    "mjpeg": lambda: video("mjpeg", container="mpjpeg"),
    "8k": lambda: video(size=(7680, 4320), count=1),
    "odd": lambda: video(size=(99, 67), form="yuv444p"),
    "tiny": lambda: video(size=(16, 16)),
    "no-times": lambda: video(container="h264"),
    "wild-times": lambda: with_wild_times(video()),
    "cut": lambda: video()[:10_000],
}
ENDING = {
    "then-silence": "good",
    "silence": "nothing",
    "page": "page",
    "nothing": "nothing",
    "cut": "cut",
}
SILENT = {"then-silence", "silence"}
TYPES = {"page": "text/html", "mjpeg": "multipart/x-mixed-replace;boundary=ffmpeg"}
REFUSED = {"no-login": 401, "forbidden": 403, "missing": 404, "broken": 500}
NAMES = (*{**MAKERS, **ENDING}, *REFUSED)


class _Camera(BaseHTTPRequestHandler):
    of: ClassVar[StreamServer]
    PACE_S = 0.04

    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name in REFUSED:
            self.send_error(REFUSED[name])
            return
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(name, TS))
        self.end_headers()
        try:
            for piece in self.of.body(name):
                self.wfile.write(piece)
                if self.of.ended.wait(self.PACE_S):
                    return
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""
