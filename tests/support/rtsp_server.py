"""A real RTSP server with cameras, in a process that can be killed, stopped and started again."""

from __future__ import annotations

import json
import mmap
import signal
import struct
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self

from tests.screen import tied_to_parent
from tests.support.clips import Clip

PYTHON: Final = "/usr/bin/python3"  # the system's: its packages bring GStreamer
SCRIPT: Final = Path(__file__).with_name("gst_rtsp.py")
SLOTS, FIRST_KEY = 256, 255  # as the script has it
LOGIN: Final = ("operator", "s3cret-word")
END_S = 20


class RtspServer:
    """`cameras` maps paths such as "/1" to clips. Digest login; None: anybody may look.

    Times are those of the monotonic clock, the same in every process of a machine.
    """

    def __init__(
        self, cameras: Mapping[str, Clip], login: tuple[str, str] | None = LOGIN, port: int = 0
    ) -> None:
        self.port, self.login = port, login
        self._clips = dict(cameras)
        self._offsets = {path: n * SLOTS * 8 for n, path in enumerate(cameras)}
        self._file = tempfile.TemporaryFile(prefix="tocc-rtsp-")  # noqa: SIM115  # kept open
        self._file.truncate(len(cameras) * SLOTS * 8)
        self._times = mmap.mmap(self._file.fileno(), 0)
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """On the port it had, if it had one. Raises RuntimeError with what the server said."""
        order = {
            "port": self.port,
            "login": self.login,
            "times": f"/proc/self/fd/{self._file.fileno()}",
            "cameras": {path: _told(clip) for path, clip in self._clips.items()},
        }
        self._process = subprocess.Popen(
            [*tied_to_parent("KILL"), PYTHON, str(SCRIPT), json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=[self._file.fileno()],
            text=True,
        )
        self.port = self._answer()["port"]

    def kill(self) -> None:
        """As a power cut: nobody is told."""
        self._running.kill()
        self._reap()

    def stop(self) -> None:
        """It keeps its connections and says no more."""
        self._running.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._running.send_signal(signal.SIGCONT)

    def restart(self) -> None:
        self.kill()
        self.start()

    def close(self) -> None:
        if self._process is not None:
            self.kill()
        self._times.close()
        self._file.close()

    def url(self, path: str) -> str:
        who = f"{self.login[0]}:{self.login[1]}@" if self.login else ""
        return f"rtsp://{who}127.0.0.1:{self.port}{path}"

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self._clips)

    def set_login(self, login: tuple[str, str] | None) -> None:
        """From now on; who is connected is cut off."""
        self.login = login
        self._ask(login=login)

    def change(self, path: str, clip: Clip) -> None:
        """Another size or codec of a camera that is being watched."""
        self._clips[path] = clip
        self._ask(change=[path, _told(clip)])

    def descriptions(self, path: str) -> int:
        """How often somebody asked for the camera since the server started."""
        return int(self._ask(count=path))

    def sent_at(self, path: str, number: int) -> float:
        """When the frame of this number went out last; 0 if never."""
        return self._time(path, number)

    def first_key_at(self, path: str) -> float:
        """When the newest client was sent its first key frame."""
        return self._time(path, FIRST_KEY)

    @property
    def pid(self) -> int:
        return self._running.pid

    @property
    def _running(self) -> subprocess.Popen[str]:
        assert self._process is not None
        return self._process

    def _time(self, path: str, slot: int) -> float:
        return float(struct.unpack_from("d", self._times, self._offsets[path] + slot * 8)[0])

    def _ask(self, **order: object) -> Any:
        stdin = self._running.stdin
        assert stdin is not None
        stdin.write(json.dumps(order) + "\n")
        stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        stdout = self._running.stdout
        assert stdout is not None
        line = stdout.readline()
        if not line:
            raise RuntimeError("the RTSP server has ended; `make test` installs what it needs")
        return json.loads(line)

    def _reap(self) -> None:
        process, self._process = self._running, None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        process.wait(END_S)


def _told(clip: Clip) -> dict[str, object]:
    size = f",width={clip.width},height={clip.height},framerate={clip.fps}/1"
    return {"file": str(clip.file()), "codec": clip.codec, "fps": clip.fps, "caps": size}
