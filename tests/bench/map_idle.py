"""`map-idle`: does the GUI ever stand still, and what does a map cost at which nobody looks?

A short turn of everything that the other benchmarks of the map do, on one map with labels and icons:
`max_stall_ms` is the longest that a timer of 5 ms came late. Then nothing changes for a while:
`cpu_percent` is the time of all threads of the process, of one core. Baselines of the same run: an
empty window beside it, for both.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import psutil
from PySide6.QtCore import QEventLoop, QTimer

from maps.network.network import Network
from maps.picking import Pickable, pick
from tests.bench import networks
from tests.bench.desk import ROOT, neighbour, run_for, wait_until
from tests.bench.map_pan import ZOOM_REACH, icons, names
from tests.bench.map_recolour import states
from tests.bench.map_redraw import redraw
from tests.bench.map_vehicles import Feed
from tests.bench.map_view import (
    HEIGHT,
    WIDTH,
    Route,
    Stalls,
    TimedCanvas,
    Traveller,
    bound,
    home_of,
    roads,
    window,
)

STALL_MS, CPU_PERCENT = 50.0, 1.0
PAN_S, VEHICLES_S, REST_S, IDLE_S = 8.0, 6.0, 3.0, 15.0
EMPTY = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
import psutil, time
app = QApplication([])
window = QMainWindow()
window.resize({WIDTH}, {HEIGHT})
window.show()
spent = lambda: sum(psutil.Process().cpu_times()[:2])
seen = []
QTimer.singleShot({int(REST_S * 1000)}, lambda: seen.append(spent()))
QTimer.singleShot({int((REST_S + IDLE_S) * 1000)}, app.quit)
app.exec()
print((spent() - seen[0]) / {IDLE_S} * 100)
"""


def run() -> dict[str, object]:
    region, world = Network.open(networks.region()), Network.open(networks.world())
    layers = (roads(region), names(region), icons(region))
    stalls, beside = Stalls(), dict[str, float]()
    with neighbour() as other, window(layers) as canvas:
        for part, act in _acts(canvas, region, world).items():
            other.worst_ms()
            with stalls.during(part):
                act()
            beside[part] = other.worst_ms()
    with window(layers) as canvas:
        drawn = list[object]()
        canvas.picture_shown.connect(drawn.append)
        cpu = _idle_percent()
    empty = float(subprocess.run(
        [sys.executable, "-c", EMPTY], stdout=subprocess.PIPE, cwd=ROOT, check=True
    ).stdout)  # fmt: skip
    print(f"{'longest stall, ms':<20}{'map':>8}{'empty window beside':>22}")
    for part, worst in stalls.worst.items():
        print(f"{part:<20}{worst:>8.0f}{beside[part]:>22.0f}")
    print(f"idle: {cpu:.2f} % of a core (an empty window: {empty:.2f} %), {len(drawn)} pictures")
    bound(
        max_stall_ms="lower: the processor is the GUI's own, only the render thread waits for the"
        " driver; what is left is the longest slice of Python in the other threads",
        cpu_percent="the same, nothing is drawn",
    )
    return {
        "max_stall_ms": round(stalls.worst_ms, 1),
        "cpu_percent": round(cpu, 2),
        "beside_stall_ms": round(max(beside.values()), 1),
        "empty_cpu_percent": round(empty, 2),
        "idle_pictures": len(drawn),
        **{f"{part.replace(' ', '_')}_stall_ms": round(ms, 1) for part, ms in stalls.worst.items()},
        "met": stalls.worst_ms <= STALL_MS and cpu < CPU_PERCENT,
    }


def _acts(canvas: TimedCanvas, region: Network, world: Network) -> dict[str, Callable[[], None]]:
    """A short turn of each benchmark."""
    layers, chance = canvas.layers, np.random.default_rng(3)

    def redraws() -> None:
        for _ in range(5):
            redraw(canvas, home_of(canvas))

    def pan() -> None:
        traveller = Traveller(canvas, Route.over(home_of(canvas), ZOOM_REACH))
        traveller.travel(PAN_S)
        traveller.close()

    def recolours() -> None:
        for _ in range(10):
            new = replace(roads(region), states=states(region, chance))
            canvas.set_layers((new, *layers[1:]))
            wait_until(lambda: canvas.is_crisp)

    def picks() -> None:
        for number in range(200):
            pick(Pickable(roads=[roads(region)]), canvas.camera, 7.0 * number, 4.0 * number)
            run_for(0.005)

    def vehicles() -> None:
        canvas.set_clock(time.time)
        feed = Feed(canvas, region)
        feed.start()
        run_for(VEHICLES_S)
        feed.stop()
        canvas.set_layers(layers)

    def load() -> None:
        canvas.set_layers((roads(world),))
        canvas.set_camera(home_of(canvas))
        wait_until(lambda: canvas.is_crisp)

    return {
        "redraw": redraws, "pan": pan, "recolour": recolours, "pick": picks,
        "vehicles": vehicles, "load": load, "pan world": pan,
    }  # fmt: skip


def _idle_percent() -> float:
    """Of one core, while nobody asks for anything: not even a timer of ours runs."""
    _rest(REST_S)
    process, began = psutil.Process(), time.perf_counter()
    before = sum(process.cpu_times()[:2])
    _rest(IDLE_S)
    spent = sum(process.cpu_times()[:2]) - before
    return spent / (time.perf_counter() - began) * 100


def _rest(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()
