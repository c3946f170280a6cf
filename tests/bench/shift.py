"""`shift`: minutes of a busy night, made shorter: changes, panning, opening cases, searching.

`TOCC_SHIFT_MINUTES` says how long (10 by default). The memory must stay as it was after the
first minute and nothing may get lost. The stalls are told: half of them answer to an act of the person.
"""

from __future__ import annotations

import os
from itertools import count, cycle
from time import perf_counter

import psutil
from PySide6.QtCore import QObject, QTimer

from app.link import LinkState
from app.selection import Ref
from app.services import Services
from tests.bench.desk import (
    Heartbeat,
    backend,
    folder,
    neighbour,
    print_stalls,
    queue_of,
    run_for,
    running_desk,
    wait_until,
)
from widgets.map.panel import MapPanel
from widgets.queue.panel import QueuePanel
from widgets.window import MainWindow

MINUTES = float(os.environ.get("TOCC_SHIFT_MINUTES", "10"))
CASES, OPEN, RATE = 20_000, 200, 50.0
GROWTH_MB = 15.0
LAYOUTS = ("situation", "incidents")
WORDS = ("追尾", "k23", "", "天津", "")


def run() -> dict[str, object]:
    with (
        folder() as data,
        backend(data / "backend", CASES, OPEN) as office,
        neighbour() as beside,
        running_desk(data / "desk", office.url) as (window, services),
    ):
        wait_until(lambda: len(services.store.all("incident")) >= CASES)
        wait_until(lambda: services.link.now.state == LinkState.LIVE)
        assert services.engine is not None
        hands, beat, rows = Hands(window, services), Heartbeat(), list[tuple[float, float]]()
        hands.start()
        office.ask(churn={"rate": RATE, "seconds": MINUTES * 60, "often": []})
        run_for(60)
        services.engine.watchdog.reset()
        beside.worst_ms()
        beat.start()
        began = perf_counter()
        print(f"{'minute':>6}{'MB':>8}{'worst ms':>10}{'beside ms':>11}")
        for minute in count(1):
            if perf_counter() - began > (MINUTES - 1) * 60:
                break
            run_for(60)
            rows.append((psutil.Process().memory_info().rss / 1e6, beat.worst_ms))
            print(f"{minute:>6}{rows[-1][0]:>8.0f}{rows[-1][1]:>10.0f}{beside.worst_ms():>11.0f}")
            beat.start()
        hands.stop()
        office.answer()
        run_for(3)
        office.ask(versions=True)
        server: dict[str, int] = office.answer()
        store = services.store.all("incident")
        lost = sum(store[case].version != version for case, version in server.items())
        print_stalls(services)
    growth = rows[-1][0] - rows[0][0]
    worst = max(worst for _, worst in rows)
    print(f"{hands.acts} acts; grown by {growth:.0f} MB; lost {lost}")
    return {
        "growth_mb": round(growth, 1),
        "max_stall_ms": round(worst, 1),
        "lost": lost,
        "minutes": MINUTES,
        "met": growth <= GROWTH_MB and lost == 0,
    }


class Hands(QObject):
    """What a person does all night, once every two seconds."""

    def __init__(self, window: MainWindow, services: Services) -> None:
        super().__init__(window)
        self.acts = 0
        self._services, self._window = services, window
        self._queue: QueuePanel = queue_of(window)
        self._turn = cycle((self._open, self._pan, self._search, self._open, self._layout))
        self._rows, self._words, self._layouts = cycle(range(40)), cycle(WORDS), cycle(LAYOUTS)
        self._timer = QTimer(self, interval=2000)
        self._timer.timeout.connect(self._on_turn)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _on_turn(self) -> None:
        next(self._turn)()
        self.acts += 1

    def _open(self) -> None:
        row = next(self._rows)
        if row < self._queue.model.rowCount():
            self._services.selection.open(Ref("incident", self._queue.model.id_at(row)))

    def _pan(self) -> None:
        panel = self._window.findChild(MapPanel)
        if panel is not None:
            camera = panel.canvas.camera
            zoom = camera.zoom + (1.0 if self.acts % 2 else -1.0)
            lon, lat = camera.lonlat
            panel.canvas.fly_to(lon + 0.01 * (self.acts % 7 - 3), lat, min(15.0, max(10.0, zoom)))

    def _search(self) -> None:
        self._queue.head.search.setText(next(self._words))

    def _layout(self) -> None:
        self._window.show_layout(next(self._layouts))
