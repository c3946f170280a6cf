"""The embedded backend: a child process on the loopback, kept alive while the desk runs."""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

log = logging.getLogger(__name__)

WAITS_S = (0.5, 1.0, 2.0, 5.0, 10.0)
END_S = 10.0
PROJECT = Path(__file__).parents[1]


def command(data_dir: Path, *, demo: bool) -> list[str]:
    """How the backend is started: by the same executable when the desk is installed."""
    frozen = getattr(sys, "frozen", False)
    start = [sys.executable, "--backend"] if frozen else [sys.executable, "-m", "backend"]
    return [*start, "--embedded", "--data", str(data_dir), *(["--demo"] if demo else [])]


class EmbeddedBackend:
    """`on_ready(url)` and `on_gone()` are called on its own thread.

    The child ends when its standard input closes, thus also when the desk is killed.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        demo: bool,
        on_ready: Callable[[str], None],
        on_gone: Callable[[], None],
    ) -> None:
        self._data_dir = data_dir
        self._demo = demo
        self._on_ready = on_ready
        self._on_gone = on_gone
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="tocc-backend")

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process is not None else None

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Ask it to end, and wait."""
        with self._lock:
            self._stop.set()
            process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()
            try:
                process.wait(END_S)
            except subprocess.TimeoutExpired:
                log.warning("the embedded backend did not end; killed")
                process.kill()
        self._thread.join()

    def _run(self) -> None:
        failures = 0
        self._data_dir.mkdir(parents=True, exist_ok=True)
        while not self._stop.is_set():
            was_ready = self._live_once()
            failures = 0 if was_ready else failures + 1
            if not self._stop.is_set():
                log.error("the embedded backend ended; starting it again")
                self._stop.wait(WAITS_S[min(failures, len(WAITS_S) - 1)])

    def _live_once(self) -> bool:
        """Start the child and wait for its end; True if it was ready in between."""
        with (self._data_dir / "stderr.log").open("ab") as stderr:
            process = self._started(stderr)
        if process is None:
            return False
        try:
            url = _url(process)
            if url is not None:
                log.info("embedded backend ready at %s", url)
                self._on_ready(url)
            process.wait()
            if url is not None:
                self._on_gone()
            return url is not None
        finally:
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _started(self, stderr: IO[bytes]) -> "subprocess.Popen[bytes] | None":
        with self._lock:
            if self._stop.is_set():
                return None
            self._process = subprocess.Popen(  # noqa: S603 - our own backend
                command(self._data_dir, demo=self._demo),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                cwd=None if getattr(sys, "frozen", False) else PROJECT,
            )
            return self._process


def _url(process: "subprocess.Popen[bytes]") -> str | None:
    """The address from the child's ready line; None if it ended before."""
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        return f"http://127.0.0.1:{int(json.loads(line)['port'])}"
    except (ValueError, KeyError, TypeError):
        log.error("the embedded backend did not start: %r", line[:200])
        return None
