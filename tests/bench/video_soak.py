"""`video-soak`: half an hour of sixteen cameras whose servers are killed and stopped at random.

`TOCC_VIDEO_MINUTES` says how long (30 by default, at least 2). At the end all tiles are live,
memory is flat (as `map-soak` has it: the rise, twice its standard error taken off), and the event
loop never stood still for more than 50 ms, what this machine did to an empty window beside it at
the same time left out.
"""

from __future__ import annotations

import os
import threading
from random import Random
from statistics import median

import psutil
from PySide6.QtCore import QObject, QTimer

from tests.bench.desk import Heartbeat, neighbour, run_for
from tests.bench.map_soak import slope
from tests.bench.video_view import (
    D1,
    Office,
    cameras,
    is_live,
    wait_live,
    wall,
    watched,
)

MINUTES = max(float(os.environ.get("TOCC_VIDEO_MINUTES", "30")), 2.0)
STREAMS, SERVERS = 16, 4
RISE_MB_H, STALL_MS, END_S, WARM_MINUTES = 15.0, 50.0, 20.0, 5
PEACE_S, GONE_S, SAMPLE_MS = (3.0, 12.0), (0.5, 10.0), 2000


def run() -> dict[str, object]:
    minutes, stalls, all_live = list[float](), list[float](), True
    with (
        cameras(D1, STREAMS, SERVERS) as office,
        neighbour() as beside,
        watched(office) as videos,
        wall(videos, office, str(STREAMS)) as (shown, players),
    ):
        wait_live(players)
        beat, vandal, memory = Heartbeat(), Vandal(office), Memory()
        print(f"{'minute':>6}{'MB':>8}{'threads':>9}{'files':>7}{'worst ms':>10}"
              f"{'beside ms':>11}{'live':>6}{'broken':>8}")  # fmt: skip
        for minute in range(1, int(MINUTES) + 1):
            beat.start()
            beside.worst_ms()
            run_for(60.0)
            process, beside_ms = psutil.Process(), beside.worst_ms()
            minutes.append(memory.taken())
            stalls.append(beat.worst_ms if beat.worst_ms > beside_ms + STALL_MS else 0.0)
            live = sum(map(is_live, players.values()))
            print(f"{minute:>6}{minutes[-1]:>8.1f}{process.num_threads():>9}"
                  f"{process.num_fds():>7}{beat.worst_ms:>10.0f}{beside_ms:>11.0f}"
                  f"{live:>6}{vandal.count:>8}", flush=True)  # fmt: skip
            shown.reset()  # the benchmark keeps nothing of what it measured
        vandal.stop()
        memory.stop()
        try:
            wait_live(players, END_S)
        except TimeoutError as error:
            print(error)
            all_live = False
        beat.stop()
        vandal.leave()
    minutes = minutes[min(WARM_MINUTES, len(minutes) // 3) :]
    rise, error_mb = slope(minutes) if len(minutes) > 2 else (0.0, 0.0)
    stall_ms = max(stalls)
    return {
        "all_live": all_live,
        "rise_mb_h": round(rise * 60, 2),
        "error_mb_h": round(2 * error_mb * 60, 2),
        "first_mb": round(minutes[0], 1),
        "last_mb": round(minutes[-1], 1),
        "stall_ms": round(stall_ms, 1),
        "broken": vandal.count,
        "minutes": MINUTES,
        "met": all_live and (rise - 2 * error_mb) * 60 <= RISE_MB_H and stall_ms <= STALL_MS,
    }


class Vandal(threading.Thread):
    """Kills or stops one server after the other, each time for another while."""

    def __init__(self, office: Office) -> None:
        super().__init__(name="vandal")
        self.count = 0
        self._servers = list(dict.fromkeys(office.servers.values()))
        self._chance = Random(11)
        self._ended, self._mended, self._left = (threading.Event() for _ in range(3))
        self.start()

    def run(self) -> None:
        while not self._ended.wait(self._chance.uniform(*PEACE_S)):
            self.count += 1
            server, kill = self._chance.choice(self._servers), self._chance.random() < 0.5
            if kill:
                server.kill()
            else:
                server.stop()
            self._ended.wait(self._chance.uniform(*GONE_S))
            if kill:
                server.start()
            else:
                server.go_on()
        self._mended.set()
        self._left.wait()  # servers end with the thread that started them

    def stop(self) -> None:
        """What is broken is mended."""
        self._ended.set()
        self._mended.wait()

    def leave(self) -> None:
        self._left.set()
        self.join()


class Memory(QObject):
    """Resident megabytes, every two seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._samples: list[float] = []
        self._timer = QTimer(self, interval=SAMPLE_MS)
        self._timer.timeout.connect(self._on_time)
        self._timer.start()

    def taken(self) -> float:
        """The median since the last call."""
        samples, self._samples = self._samples, []
        return median(samples) if samples else 0.0

    def stop(self) -> None:
        self._timer.stop()

    def _on_time(self) -> None:
        self._samples.append(psutil.Process().memory_info().rss / 1e6)
