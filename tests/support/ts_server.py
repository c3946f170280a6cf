"""Cameras as MPEG-TS over HTTP, live at real time, with the faults that servers have."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import RawIOBase
from typing import TYPE_CHECKING, Any, Final

from tests.support.clips import Clip

if TYPE_CHECKING:
    from collections.abc import Buffer

SMALL: Final = Clip(width=176, height=144, seconds=2, kbit_s=200)
TICKS: Final = Fraction(1, 90_000)


@dataclass(slots=True)
class Camera:
    """`frames`: after so many the stream ends (None: never). `silent`: then it stays open and
    says no more. `status`: of the HTTP answer. `body`: instead of a stream."""

    clip: Clip = SMALL
    code: str = ""
    frames: int | None = None
    silent: bool = False
    status: int = 200
    body: bytes = b""
    speed: float = 1.0
    shift: Callable[[int], float] = lambda _frame: 0.0
    opened: list[str] = field(default_factory=list)


class TsServer:
    """`cameras` by path; they may be changed at any time."""

    def __init__(self) -> None:
        self.cameras: dict[str, Camera] = {}
        self.stopping = threading.Event()
        handler = partial(_Handler, self)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.block_on_close = True
        self._http.daemon_threads = False
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self._http.server_port}{path}"

    def close(self) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@contextmanager
def ts_server(**cameras: Camera) -> Iterator[TsServer]:
    server = TsServer()
    server.cameras.update({f"/{name}": camera for name, camera in cameras.items()})
    try:
        yield server
    finally:
        server.close()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, server: TsServer, *args: Any) -> None:
        self._cameras = server
        super().__init__(*args)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""

    def do_GET(self) -> None:
        camera = self._cameras.cameras.get(self.path.partition("?")[0])
        if camera is None:
            self.send_error(404)
            return
        camera.opened.append(self.path)
        if camera.silent and camera.frames == 0:
            self._cameras.stopping.wait()
            return
        self.send_response(camera.status)
        self.end_headers()
        with suppress(OSError):
            if camera.body or camera.status != 200:
                self.wfile.write(camera.body)
                return
            self._play(camera)
            if camera.silent:
                self._cameras.stopping.wait()

    def _play(self, camera: Camera) -> None:
        import av

        units = list(_units(camera.clip))
        out = av.open(_Pipe(self), "w", format="mpegts", options={"flush_packets": "1"})
        out.metadata["service_name"] = camera.code or "Service01"
        with av.open(str(camera.clip.file())) as file:
            stream = out.add_stream_from_template(file.streams.video[0])
        count, begun = 0, time.monotonic()
        step_s = 1 / camera.clip.fps / camera.speed
        while not self._cameras.stopping.wait(max(begun + count * step_s - time.monotonic(), 0)):
            if camera.frames is not None and count >= camera.frames:
                break
            data, key = units[count % len(units)]
            packet = av.Packet(data)
            at = count / camera.clip.fps + camera.shift(count)
            packet.stream, packet.time_base = stream, TICKS
            packet.pts = packet.dts = round(at / TICKS) + 90_000
            packet.is_keyframe = key
            out.mux_one(packet)
            count += 1
        if not camera.silent:
            out.close()


class _Pipe(RawIOBase):
    def __init__(self, handler: _Handler) -> None:
        self._file = handler.wfile

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self._file.write(data)
        return memoryview(data).nbytes


def _units(clip: Clip) -> Iterator[tuple[bytes, bool]]:
    import av

    with av.open(str(clip.file())) as file:
        for packet in file.demux(video=0):
            if packet.size:
                yield bytes(packet), packet.is_keyframe
