"""`startup`: a warm start of the desk with 10,000 cached cases and its own backend.

From right before the process is started to the first complete paint (network on the map, every
row of the queue's view, which are the open ones of the 10,000 cases), to the live link, and until
the ended cases can be asked for too. Baseline of the same run: an empty QMainWindow, from
process start to the end of its first paint. Medians of runs that take turns.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from tests.bench.desk import ROOT, USER, folder

CASES, OPEN, RUNS = 10_000, 60, 5
PAINT_LIMIT, LIVE_LIMIT = 5.0, 10.0
DESK = """
import sys
from app.imports import keep_imports_plain
keep_imports_plain()
from tests.bench.first_paint import main
t0, cases, opened, stay_s = map(float, sys.argv[1:])
sys.exit(main(t0, int(cases), int(opened), stay_s))
"""
EMPTY = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.done)
    def done(self):
        print(time.monotonic() - float(sys.argv[1]), flush=True)
        app.quit()

app = QApplication([])
window = Window()
window.showMaximized()
app.exec()
"""


def run() -> dict[str, object]:
    with folder() as data:
        environment = _environment(data)
        _fill(data / "backend", environment)
        _desk(environment, stay_s=20.0)  # the first start synchronises and remembers the user
        _desk(environment, stay_s=1.0)
        turns = [(_empty(environment), _desk(environment, stay_s=0.5)) for _ in range(RUNS)]
    empty = median(seconds for seconds, _ in turns)
    stages = {name: median(seen[name] for _, seen in turns) for name in turns[0][1]}
    print(f"{'from process start to':<28}{'median s':>9}{'x empty':>9}   each run")
    print(f"{'empty window painted':<28}{empty:>9.2f}{1:>9.1f}   {_each(s for s, _ in turns)}")
    for name, seconds in stages.items():
        each = _each(seen[name] for _, seen in turns)
        print(f"{name:<28}{seconds:>9.2f}{seconds / empty:>9.1f}   {each}")
    paint, live = stages["paint"] / empty, stages["live"] / empty
    return {
        "paint_ratio": round(paint, 2),
        "live_ratio": round(live, 2),
        "paint_s": round(stages["paint"], 2),
        "live_s": round(stages["live"], 2),
        "empty_s": round(empty, 3),
        "met": paint <= PAINT_LIMIT and live <= LIVE_LIMIT,
    }


def _environment(data: Path) -> dict[str, str]:
    """Of a user's desk: settings of its own, byte code kept as usual."""
    ours = {
        "TOCC_DATA_DIR": str(data),
        "TOCC_AUTO_SIGN_IN": USER,
        "TOCC_DEMO": "1",
        "TOCC_SEAT": "bench",
    }
    dropped = ("PYTHONDONTWRITEBYTECODE", "TOCC_SETTINGS", "TOCC_BACKEND_URL")
    return {name: os.environ[name] for name in os.environ if name not in dropped} | ours


def _fill(data: Path, environment: dict[str, str]) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.bench.city import open_city;"
        f"open_city(Path(sys.argv[1]), {CASES}, {OPEN}).close()"
    )
    subprocess.run([sys.executable, "-c", code, str(data)], env=environment, cwd=ROOT, check=True)


def _desk(environment: dict[str, str], stay_s: float) -> dict[str, float]:
    """Seconds to each stage of one start."""
    command = [sys.executable, "-c", DESK]
    began = time.monotonic()
    done = subprocess.run(
        [*command, str(began), str(CASES), str(OPEN), str(stay_s)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    seen: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return seen


def _empty(environment: dict[str, str]) -> float:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", EMPTY, str(began)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    return float(done.stdout)


def _each(values: Iterable[float]) -> str:
    return "  ".join(f"{value:.2f}" for value in values)
