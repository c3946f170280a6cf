"""The product's own desk and a backend process beside it, for benchmarks that look inside."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import IO, Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.services import Services
from app.settings import Settings
from app.version import VERSION
from widgets import desk
from widgets.queue.panel import QueuePanel
from widgets.window import MainWindow

ROOT = Path(__file__).parents[2]
USER = "shift_chief"
LONG_S = 180.0


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tocc-bench-") as name:
        yield Path(name)


class Backend:
    """A process of tests.bench.office; `ask` sends an order, `answer` waits for what came of it."""

    def __init__(self, data: Path, cases: int, open_cases: int, port: int = 0) -> None:
        command = [sys.executable, "-m", "tests.bench.office", str(data), str(cases)]
        self._process = subprocess.Popen(
            [*command, str(open_cases), "--port", str(port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.port: int = self.answer()["port"]
        self.url = f"http://127.0.0.1:{self.port}"

    def ask(self, **order: Any) -> None:
        pipe = self._pipe(self._process.stdin)
        pipe.write(json.dumps(order) + "\n")
        pipe.flush()

    def answer(self) -> Any:
        line = self._pipe(self._process.stdout).readline()
        if not line:
            raise RuntimeError("the backend of the benchmark has ended")
        return json.loads(line)

    def kill(self) -> None:
        """End it as a cut power line would."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        self._pipe(self._process.stdin).close()
        self._process.wait(30)

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


@contextmanager
def backend(data: Path, cases: int, open_cases: int) -> Iterator[Backend]:
    process = Backend(data, cases, open_cases)
    try:
        yield process
    finally:
        process.close()


def application() -> QApplication:
    known = QApplication.instance()
    return known if isinstance(known, QApplication) else QApplication([])


@contextmanager
def running_desk(data: Path, url: str | None) -> Iterator[tuple[MainWindow, Services]]:
    """The window at its full size, signing in by itself."""
    app = application()
    settings = Settings(data_dir=data, backend_url=url, seat="bench", demo=True, auto_sign_in=USER)
    services = desk.open_services(settings)
    if isinstance(services, str):
        raise RuntimeError(services)
    window = MainWindow(services, VERSION)
    window.setGeometry(app.primaryScreen().availableGeometry())
    window.show()
    try:
        yield window, services
    finally:
        desk.close(window, services)


def queue_of(window: MainWindow) -> QueuePanel:
    panel = window.findChild(QueuePanel)
    assert panel is not None
    return panel


def wait_until(done: Callable[[], bool], most_s: float = LONG_S) -> None:
    """Run the event loop until it is done. Raises TimeoutError."""
    loop, look, began = QEventLoop(), QTimer(interval=50), perf_counter()

    def look_again() -> None:
        if done() or perf_counter() - began > most_s:
            loop.quit()

    look.timeout.connect(look_again)
    look.start()
    loop.exec()
    if not done():
        raise TimeoutError(f"not reached within {most_s:.0f} s")


def run_for(seconds: float) -> None:
    ends = perf_counter() + seconds
    wait_until(lambda: perf_counter() >= ends, seconds + 5)


class Heartbeat(QObject):
    """A timer of five milliseconds; `worst_ms` is the longest that the event loop stood still."""

    BEAT_MS = 5

    def __init__(self) -> None:
        super().__init__()
        self._at = 0.0
        self._beats = 0
        self.gaps_ms: list[float] = []
        self._timer = QTimer(self, interval=self.BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)

    def start(self) -> None:
        self.gaps_ms.clear()
        self._beats = 0
        self._at = perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    @property
    def worst_ms(self) -> float:
        return max(self.gaps_ms, default=0.0)

    def share_ms(self, part: float) -> float:
        """That share of the beats was not later."""
        late = sorted(self.gaps_ms)
        rest = int(self._beats * (1 - part))
        return late[-rest - 1] if rest < len(late) else 0.0

    def _on_beat(self) -> None:
        now = perf_counter()
        late = (now - self._at) * 1000 - self.BEAT_MS
        self._at = now
        self._beats += 1
        if late > 1:
            self.gaps_ms.append(late)


NEIGHBOUR = """
import json, sys, threading
from PySide6.QtWidgets import QApplication, QMainWindow
from tests.bench.desk import Heartbeat

app = QApplication([])
window = QMainWindow()
window.resize(200, 100)
window.show()
beat = Heartbeat()

def listen():
    for line in sys.stdin:
        print(json.dumps(beat.worst_ms), flush=True)
        beat.gaps_ms = []

beat.start()
threading.Thread(target=listen, daemon=True).start()
app.exec()
"""


class Neighbour:
    """An empty window in a process of its own: how long its event loop stands still at the same
    time is what this machine does to any window."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", NEIGHBOUR],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def worst_ms(self) -> float:
        """Its worst stall since the last call."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write("\n")
        stdin.flush()
        return float(stdout.readline())

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@contextmanager
def neighbour() -> Iterator[Neighbour]:
    process = Neighbour()
    try:
        process.worst_ms()
        yield process
    finally:
        process.close()


def print_stalls(services: Services, most: int = 5) -> None:
    """The worst that the product's own watchdog has seen, with the innermost calls."""
    assert services.engine is not None
    worst = sorted(services.engine.watchdog.stalls, key=lambda stall: -stall.seconds)
    for stall in worst[:most]:
        lines = [line.strip().removeprefix(f'File "{ROOT}/') for line in stall.stack.splitlines()]
        print(f"  stall {stall.seconds * 1000:.0f} ms: {' < '.join(lines[:3])}")


def share(values: list[float], part: float) -> float:
    """A quantile; 0 for no values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
