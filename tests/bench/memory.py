"""`memory`: what the desk holds with 100,000 cases cached, 500 of them open, the map shown.

The resident set after the desk has come to rest, of the desk's process alone. The backend and
the filling of its database are processes of their own. Baseline of the same run: an empty
QMainWindow.
"""

from __future__ import annotations

import os
import subprocess
import sys

import psutil

from app.link import LinkState
from tests.bench.desk import backend, folder, queue_of, run_for, running_desk, wait_until

CASES, OPEN = 100_000, 500
LIMIT_MB = 450.0
REST_S = 40.0
EMPTY = """
import os, psutil
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.showMaximized()
app.processEvents()
print(psutil.Process(os.getpid()).memory_info().rss)
"""


def run() -> dict[str, object]:
    empty = subprocess.run([sys.executable, "-c", EMPTY], capture_output=True, check=True)
    baseline = int(empty.stdout) / 1e6
    with folder() as data, backend(data / "backend", CASES, OPEN) as office:
        first = _rest(data / "desk", office.url)
        warm = float(
            subprocess.run(
                [sys.executable, "-m", "tests.bench.memory", str(data / "desk"), office.url],
                capture_output=True,
                check=True,
            ).stdout.split()[-1]
        )
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


def _rest(data: os.PathLike[str] | str, url: str) -> float:
    """Megabytes of this process once everything is loaded and nothing happens."""
    from pathlib import Path

    with running_desk(Path(data), url) as (window, services):
        wait_until(lambda: len(services.store.all("incident")) >= CASES)
        wait_until(lambda: services.link.now.state == LinkState.LIVE)
        wait_until(lambda: queue_of(window).feed.waiting == 0)
        run_for(REST_S)
        return psutil.Process().memory_info().rss / 1e6


if __name__ == "__main__":
    print(_rest(sys.argv[1], sys.argv[2]))
