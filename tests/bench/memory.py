"""`memory`: what the desk holds with 100,000 cases cached, 500 of them open, the map shown.

The resident set after the desk has come to rest, of the desk's process alone. The backend and
the filling of its database are processes of their own. Baseline of the same run: an empty
QMainWindow.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil

from app.link import LinkState
from tests.bench.desk import ROOT, backend, folder, queue_of, run_for, running_desk, wait_until

CASES, OPEN = 100_000, 500
LIMIT_MB = 450.0
DESK = """
import sys
from app.imports import keep_imports_plain
keep_imports_plain()
from tests.bench.memory import rest
print(rest(*sys.argv[1:]))
"""
REST_S = 40.0
EMPTY = """
import psutil
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.showMaximized()
app.processEvents()
print(psutil.Process().memory_info().rss / 1e6)
"""


def run() -> dict[str, object]:
    baseline = _told(EMPTY)
    with folder() as data, backend(data / "backend", CASES, OPEN) as office:
        first, warm = (_told(DESK, str(data / "desk"), office.url) for _ in range(2))
    print(f"{'desk after the first synchronisation':<40}{first:>8.0f} MB")
    print(f"{'desk started from its cache':<40}{warm:>8.0f} MB")
    print(f"{'empty QMainWindow':<40}{baseline:>8.0f} MB")
    worst = max(first, warm)
    return {
        "rss_mb": round(worst, 1),
        "first_mb": round(first, 1),
        "warm_mb": round(warm, 1),
        "empty_mb": round(baseline, 1),
        "met": worst <= LIMIT_MB,
    }


def _told(code: str, *arguments: str) -> float:
    """Megabytes that a process with this code tells of itself."""
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=True)
    return float(done.stdout)


def rest(data: str, url: str) -> float:
    """Megabytes of this process once everything is loaded and nothing happens."""
    with running_desk(Path(data), url) as (window, services):
        wait_until(lambda: len(services.store.all("incident")) >= CASES)
        wait_until(lambda: services.link.now.state == LinkState.LIVE)
        wait_until(lambda: queue_of(window).feed.waiting == 0)
        run_for(REST_S)
        return float(psutil.Process().memory_info().rss) / 1e6
