"""`map-soak`: an hour of panning, zooming and feeding; the memory must stay as it was.

`TOCC_SOAK_MINUTES` says how long (60 by default, at least 3). The camera never rests; 50,000 objects
get new fixes every second, all links new states every two; every half a minute the theme changes or
labels and icons go and come back. Resident memory is read every two seconds. It is flat if the
straight line through the medians of the minutes rises by no more than some MB an hour, twice its
standard error taken off: shorter runs know less. The first ten minutes are left out (of a shorter
run a third): the way repeats after five, and until then texts come that were never drawn before.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from itertools import cycle
from statistics import median

import numpy as np
import psutil
from PySide6.QtCore import QObject, QTimer

from maps.layers.layer import Layer
from maps.network.network import Network
from maps.theme import DARK, LIGHT
from tests.bench import networks
from tests.bench.desk import neighbour
from tests.bench.map_pan import icons, names
from tests.bench.map_recolour import states
from tests.bench.map_vehicles import Feed
from tests.bench.map_view import Route, Stalls, TimedCanvas, Traveller, home_of, roads, window

MINUTES = max(float(os.environ.get("TOCC_SOAK_MINUTES", "60")), 3.0)
RISE_MB_H, ZOOM_REACH, WARM_MINUTES = 15.0, 6.0, 10
SAMPLE_S, STATES_S, OTHERWISE_S = 2, 2, 30


def run() -> dict[str, object]:
    network, stalls = Network.open(networks.region()), Stalls()
    with neighbour() as beside, window((roads(network),), LIGHT) as canvas:
        canvas.set_clock(time.time)
        feed, hands = Feed(canvas, network), Hands(canvas, network)
        traveller = Traveller(canvas, Route.over(home_of(canvas), ZOOM_REACH))
        feed.start()
        hands.start()
        minutes = list[float]()
        print(f"{'minute':>6}{'MB':>8}{'worst ms':>10}{'beside ms':>11}{'pictures':>10}")
        for minute in range(1, int(MINUTES) + 1):
            hands.samples.clear()
            shown, beside_ms = feed.pictures, beside.worst_ms()
            with stalls.during(f"minute {minute}"):
                traveller.travel(60.0)
            minutes.append(median(hands.samples))
            worst, beside_ms = stalls.worst[f"minute {minute}"], beside.worst_ms()
            pictures = feed.pictures - shown
            print(f"{minute:>6}{minutes[-1]:>8.1f}{worst:>10.0f}{beside_ms:>11.0f}{pictures:>10}",
                  flush=True)  # fmt: skip
        hands.stop()
        feed.stop()
        traveller.close()
    minutes = minutes[min(WARM_MINUTES, len(minutes) // 3) :]
    rise, error = slope(minutes)
    print(f"rises by {rise * 60:.1f} MB an hour, give or take {2 * error * 60:.1f}")
    return {
        "rise_mb_h": round(rise * 60, 2),
        "error_mb_h": round(2 * error * 60, 2),
        "first_mb": round(minutes[0], 1),
        "last_mb": round(minutes[-1], 1),
        "max_stall_ms": round(stalls.worst_ms, 1),
        "pictures": feed.pictures,
        "minutes": MINUTES,
        "met": (rise - 2 * error) * 60 <= RISE_MB_H,
    }


def slope(values: list[float]) -> tuple[float, float]:
    """Rise from value to value of the straight line through them, and its standard error."""
    x = np.arange(len(values)) - (len(values) - 1) / 2
    y = np.array(values) - np.mean(values)
    rise = float((x * y).sum() / (x * x).sum())
    left = float(((y - rise * x) ** 2).sum()) / max(len(values) - 2, 1)
    return rise, (left / float((x * x).sum())) ** 0.5


class Hands(QObject):
    """New states, another theme, layers that go and come; reads the memory."""

    def __init__(self, canvas: TimedCanvas, network: Network) -> None:
        super().__init__()
        self.samples: list[float] = []  # MB
        self._canvas, self._network = canvas, network
        self._chance = np.random.default_rng(3)
        self._themes = cycle((DARK, LIGHT))
        self._extra: tuple[Layer, ...] = (names(network), icons(network))
        self._seconds = 0
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._on_second)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _on_second(self) -> None:
        self._seconds += 1
        if self._seconds % STATES_S == 0:
            self._recolour()
        if self._seconds % SAMPLE_S == 0:
            self.samples.append(psutil.Process().memory_info().rss / 1e6)
        if self._seconds % OTHERWISE_S == 0:
            self._do_otherwise()

    def _recolour(self) -> None:
        new = states(self._network, self._chance)
        others = self._canvas.layers[1:]
        self._canvas.set_layers((replace(roads(self._network), states=new), *others))

    def _do_otherwise(self) -> None:
        if self._seconds % (2 * OTHERWISE_S):
            self._canvas.set_theme(next(self._themes))
            return
        ids = {layer.id for layer in self._extra}
        kept = tuple(layer for layer in self._canvas.layers if layer.id not in ids)
        there = len(kept) < len(self._canvas.layers)
        self._canvas.set_layers(kept if there else (kept[0], *self._extra, *kept[1:]))
