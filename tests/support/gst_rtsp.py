"""`/usr/bin/python3 gst_rtsp.py ORDER`: cameras on a real RTSP server (gst-rtsp-server).

It runs under the system's Python, whose packages bring GStreamer. ORDER is one JSON object:
`{"port": n, "login": [name, word] or null, "times": file, "cameras": {path: clip}}` with clips
`{"file": …, "codec": "h264" or "hevc", "fps": n, "caps": more of the caps}`. It prints `{"port": n}`
and takes further orders, one line each: `{"change": [path, clip]}`, `{"login": [name, word]}`,
`{"count": path}` (answers how often the camera was asked for its description).

Every camera has been playing for ever: who comes gets what is sent from then on, a key frame
sooner or later. When each frame went out is written to the file of times as doubles of the
monotonic clock: per camera `SLOTS`, one per frame number, the last one when the first key frame
went to the newest client.
"""

from __future__ import annotations

import heapq
import json
import mmap
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstApp, GstRtsp, GstRtspServer  # noqa: E402  # after them

assert GstApp  # brings push_buffer

SLOTS, FIRST_KEY = 256, 255
CODECS = {
    "h264": ("video/x-h264", b"\x00\x00\x00\x01\x09", "rtph264pay"),
    "hevc": ("video/x-h265", b"\x00\x00\x00\x01\x46", "rtph265pay"),
}


class Clip:
    def __init__(self, file: str, codec: str, fps: int, caps: str = "") -> None:
        self.codec, self.fps = codec, fps
        form, delimiter, self.payloader = CODECS[codec]
        self.caps = f"{form},stream-format=byte-stream,alignment=au{caps}"
        units = Path(file).read_bytes().split(delimiter)[1:]
        self.frames = [GLib.Bytes.new(delimiter + unit) for unit in units]

    def is_key(self, number: int) -> bool:
        return number % self.fps == 0  # so they are encoded


class Client:
    """Times of the monotonic clock; 0: not yet."""

    def __init__(self) -> None:
        self.played_at = self.key_at = 0.0
        self.told = False  # when its first key frame went out


class Camera(GstRtspServer.RTSPMediaFactory):  # type: ignore[misc]  # untyped
    """One path; each client gets a pipeline of its own, fed with the frames of the one clip."""

    def __init__(self, clip: Clip, times: mmap.mmap, offset: int) -> None:
        super().__init__()
        self.clip = self.next_clip = clip
        self.count = self.number = 0
        self._times, self._offset = times, offset * SLOTS * 8
        self._clients: dict[Any, Client] = {}  # by their source
        self._lock = threading.Lock()
        self.set_launch(
            f'( appsrc name=source is-live=true format=time caps="{clip.caps}" '
            f"! {clip.payloader} name=pay0 pt=96 config-interval=-1 )"
        )
        self.set_shared(False)
        self.connect("media-configure", self._on_configure)

    def _on_configure(self, _factory: object, media: Any) -> None:
        self.count += 1
        source = media.get_element().get_by_name("source")
        media.connect("unprepared", self._on_unprepared, source)
        media.connect("new-state", self._on_state, source)
        with self._lock:
            self._clients[source] = Client()

    def _on_state(self, _media: object, state: int, source: Any) -> None:
        if state == Gst.State.PLAYING:
            with self._lock:
                client = self._clients.get(source)
                if client:
                    client.played_at = client.played_at or time.monotonic()

    def _on_unprepared(self, _media: object, source: Any) -> None:
        with self._lock:
            self._clients.pop(source, None)

    def push(self) -> float:
        """Send the frame whose turn it is; seconds until the next."""
        self.number = (self.number + 1) % len(self.clip.frames)
        if self.next_clip is not self.clip and self.clip.is_key(self.number):
            self.clip, self.number = self.next_clip, 0
        is_key, now = self.clip.is_key(self.number), time.monotonic()
        self._note(self.number, now)
        with self._lock:
            clients = list(self._clients.items())
        for source, client in clients:
            self._send(source, client, is_key, now)
        return 1 / self.clip.fps

    def _send(self, source: Any, client: Client, is_key: bool, now: float) -> None:
        clock, base = source.get_clock(), source.get_base_time()
        if clock is None or not base:  # it does not run yet
            return
        buffer = Gst.Buffer.new_wrapped_bytes(self.clip.frames[self.number])
        buffer.pts = buffer.dts = max(clock.get_time() - base, 0)
        if not is_key:
            buffer.set_flags(Gst.BufferFlags.DELTA_UNIT)
        source.push_buffer(buffer)
        if is_key:
            client.key_at = client.key_at or now
        if client.played_at and client.key_at and not client.told:
            client.told = True
            self._note(FIRST_KEY, max(client.played_at, client.key_at))

    def _note(self, slot: int, when: float) -> None:
        struct.pack_into("d", self._times, self._offset + slot * 8, when)


class Server:
    def __init__(self, order: dict[str, Any]) -> None:
        self._ended = threading.Event()
        self._times = self._open_times(order["times"], len(order["cameras"]))
        self._server = GstRtspServer.RTSPServer()
        self._server.set_address("127.0.0.1")
        self._server.set_service(str(order["port"]))
        self._server.set_backlog(64)
        self.cameras: dict[str, Camera] = {}
        self._offsets = {path: n for n, path in enumerate(order["cameras"])}
        for path, clip in order["cameras"].items():
            self._add(path, Clip(**clip))
        self.login(order["login"])
        if not self._server.attach(None):
            sys.exit("the port is taken")
        self.port = self._server.get_bound_port()

    def take(self, order: dict[str, Any]) -> object:
        for name, value in order.items():
            if name == "count":
                return self.cameras[value].count
            getattr(self, name)(value)
        return True

    def end(self) -> None:
        self._ended.set()

    def login(self, login: list[str] | None) -> None:
        """Another name and word; who is connected is cut off."""
        auth = None
        if login:
            auth, token = GstRtspServer.RTSPAuth(), GstRtspServer.RTSPToken()
            token.set_string("media.factory.role", "viewer")
            auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
            auth.add_digest(*login, token)
        self._server.set_auth(auth)
        self._cut(lambda _client: True)

    def change(self, change: list[Any]) -> None:
        """Another size goes on in the same stream from the next key frame on; another codec
        cannot: who watches is cut off and must ask anew."""
        path, clip = change[0], Clip(**change[1])
        camera = self.cameras[path]
        if clip.codec == camera.clip.codec:
            camera.next_clip = clip
            return
        self._add(path, clip)
        self._cut(lambda client: self._watches(client, path))

    def feed(self) -> None:
        turns = [(time.monotonic() + n * 0.004, n, path) for n, path in enumerate(self.cameras)]
        while not self._ended.is_set():
            at, n, path = heapq.heappop(turns)
            self._ended.wait(max(at - time.monotonic(), 0))
            pause = self.cameras[path].push()
            heapq.heappush(turns, (max(at + pause, time.monotonic() - 1), n, path))

    def _add(self, path: str, clip: Clip) -> None:
        camera = self.cameras[path] = Camera(clip, self._times, self._offsets[path])
        rights = GstRtspServer.RTSPPermissions()
        for right in ("access", "construct"):
            rights.add_permission_for_role("viewer", f"media.factory.{right}", True)
        camera.set_permissions(rights)
        self._server.get_mount_points().add_factory(path, camera)

    def _cut(self, chosen: Callable[[Any], bool]) -> None:
        def look(_server: object, client: Any) -> Any:
            results = GstRtspServer.RTSPFilterResult
            return results.REMOVE if chosen(client) else results.KEEP

        self._server.client_filter(look)

    @staticmethod
    def _watches(client: Any, path: str) -> bool:
        sessions = client.session_filter(None)
        return any(media.matches(path)[0] for session in sessions for media in session.filter(None))

    @staticmethod
    def _open_times(name: str, count: int) -> mmap.mmap:
        with Path(name).open("r+b") as file:
            return mmap.mmap(file.fileno(), count * SLOTS * 8)


def say(answer: object) -> None:
    print(json.dumps(answer), flush=True)


def listen(server: Server, loop: Any) -> None:
    for line in sys.stdin:
        GLib.idle_add(obey, server, json.loads(line))
    GLib.idle_add(loop.quit)


def obey(server: Server, order: dict[str, Any]) -> bool:
    say(server.take(order))
    return False  # once is enough


def main() -> None:
    Gst.init(None)
    server, loop = Server(json.loads(sys.argv[1])), GLib.MainLoop()
    say({"port": server.port})
    threading.Thread(target=server.feed, daemon=True).start()
    threading.Thread(target=listen, args=(server, loop), daemon=True).start()
    loop.run()
    server.end()


if __name__ == "__main__":
    main()
