"""`video-cycles`: 200 times: four cameras opened, their server killed, back again, all closed.

`TOCC_VIDEO_CYCLES` says how often. Threads and open files are the same in the end as after the first
ten rounds; memory rises by no more than a few MB (the straight line through all later rounds, twice
its standard error taken off).
"""

from __future__ import annotations

import os
import time

import psutil

from app.video.player import Player
from tests.bench.desk import run_for, wait_until
from tests.bench.map_soak import slope
from tests.bench.video_view import SMALL, cameras, is_live, open_players, wait_live, watched

CYCLES = max(int(os.environ.get("TOCC_VIDEO_CYCLES", "200")), 20)
STREAMS, SIZE, MOST_S = 4, (480, 270), 20.0
WARM, RISE_MB = 10, 5.0


def run() -> dict[str, object]:
    megabytes: list[float] = []
    threads: list[int] = []
    files: list[int] = []
    began = time.monotonic()
    with cameras(SMALL, STREAMS) as office, watched(office) as videos:
        (server,) = set(office.servers.values())
        process = psutil.Process()
        for cycle in range(CYCLES):
            players = open_players(videos, list(office.servers), SIZE)
            wait_live(players, MOST_S)
            server.kill()
            wait_lost(players)
            server.start()
            wait_live(players, MOST_S)
            for player in players.values():
                player.close()
            run_for(0.5)
            megabytes.append(process.memory_info().rss / 1e6)
            threads.append(process.num_threads())
            files.append(process.num_fds())
            if cycle % 20 == WARM - 1:
                print(f"{cycle + 1:>5}{megabytes[-1]:>8.1f} MB{threads[-1]:>5} threads"
                      f"{files[-1]:>5} files", flush=True)  # fmt: skip
    rise, error = slope(megabytes[WARM:])
    rounds = CYCLES - WARM
    more_threads = max(threads[-5:]) - max(threads[:WARM])
    more_files = max(files[-5:]) - max(files[:WARM])
    rise_mb = (rise - 2 * error) * rounds
    return {
        "rise_mb": round(rise * rounds, 2),
        "error_mb": round(2 * error * rounds, 2),
        "first_mb": round(megabytes[WARM], 1),
        "last_mb": round(megabytes[-1], 1),
        "more_threads": more_threads,
        "more_files": more_files,
        "cycles": CYCLES,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "met": rise_mb <= RISE_MB and more_threads <= 0 and more_files <= 0,
    }


def wait_lost(players: dict[str, Player]) -> None:
    """Raises TimeoutError."""
    wait_until(lambda: not any(map(is_live, players.values())), MOST_S)
