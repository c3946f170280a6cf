"""`changes`: 200 changes a second over 100,000 cached cases, from the commit to the screen.

The backend hands open cases over in its own process and notes when each commit began. A change is
on the screen at the end of the paint that draws its version, or a later one, in the queue;
every second change goes to a case among the rows in sight. Baselines of the same run: a bare
reader of the same stream that only takes the time, the event loop of the idle desk, and that
of an empty window in another process at the same time.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTableView

from app.domain.incident import Incident
from app.link import LinkState
from app.services import Services
from app.store import Store
from tests.bench.desk import (
    Backend,
    Heartbeat,
    Neighbour,
    backend,
    folder,
    neighbour,
    print_stalls,
    queue_of,
    run_for,
    running_desk,
    share,
    wait_until,
)
from widgets.queue.panel import QueuePanel
from widgets.queue.view import QueueView

CASES, OPEN = 100_000, 500
RATE, SECONDS, IDLE_S = 200.0, 30.0, 5.0
LIMIT_MS, STALL_MS = 250.0, 50.0

type Drawn = dict[str, list[tuple[float, int]]]
"""Id of a case: when which version of it was on the screen, in order."""


def run() -> dict[str, object]:
    QueueView.paintEvent = _paint  # type: ignore[method-assign,assignment]  # before the first paint
    with (
        folder() as data,
        backend(data / "backend", CASES, OPEN) as office,
        neighbour() as beside,
        running_desk(data / "desk", office.url) as (window, services),
    ):
        wait_until(lambda: _has_all(services))
        panel = queue_of(window)
        wait_until(lambda: panel.feed.waiting == 0)
        run_for(5)  # the search index, the garbage of the first load
        return _measured(office, panel, services, beside)


def _has_all(services: Services) -> bool:
    cached = len(services.store.all("incident"))
    return cached >= CASES and services.link.now.state == LinkState.LIVE


def _measured(
    office: Backend, panel: QueuePanel, services: Services, beside: Neighbour
) -> dict[str, object]:
    assert services.engine is not None
    beat = Heartbeat()
    beat.start()
    run_for(IDLE_S)
    idle_ms = beat.worst_ms
    screen = Screen(panel, services.store)
    services.engine.watchdog.reset()
    beside.worst_ms()
    beat.start()
    office.ask(churn={"rate": RATE, "seconds": SECONDS, "often": screen.rows()})
    run_for(SECONDS + 3)
    beat.stop()
    beside_ms = beside.worst_ms()
    told = office.answer()
    office.ask(versions=True)
    server: dict[str, int] = office.answer()
    store = services.store.all("incident")
    lost = sum(
        1 for case, version in server.items() if case not in store or store[case].version != version
    )
    delays = list(_delays(told["changes"], screen.drawn))
    print(f"{len(told['changes'])} changes in {told['seconds']:.1f} s, {len(delays)} on the screen")
    print(f"{'':<26}{'p50 ms':>9}{'p99 ms':>9}{'max ms':>9}")
    print(
        f"{'commit to painted':<26}{share(delays, 0.5):>9.0f}{share(delays, 0.99):>9.0f}"
        f"{max(delays, default=0.0):>9.0f}"
    )
    print(f"event loop: worst {beat.worst_ms:.0f} ms, 99.9 % {beat.share_ms(0.999):.0f} ms")
    print(f"  idle desk {idle_ms:.0f} ms, empty window beside it {beside_ms:.0f} ms; lost {lost}")
    print_stalls(services)
    p99 = share(delays, 0.99)
    met = p99 <= LIMIT_MS and beat.worst_ms <= STALL_MS and lost == 0
    return {
        "p99_ms": round(p99, 1),
        "p50_ms": round(share(delays, 0.5), 1),
        "max_stall_ms": round(beat.worst_ms, 1),
        "idle_stall_ms": round(idle_ms, 1),
        "beside_stall_ms": round(beside_ms, 1),
        "lost": lost,
        "rate": round(len(told["changes"]) / told["seconds"], 1),
        "drawn": len(delays),
        "met": met,
    }


class Screen:
    """Notes after each paint of the queue which versions stand on the screen since then."""

    def __init__(self, panel: QueuePanel, store: Store) -> None:
        self._panel = panel
        self._described: dict[str, int] = {}
        self.drawn: Drawn = defaultdict(list)
        model: Any = panel.model
        describe = model._describe

        def note(case: str) -> Any:
            known = store.get("incident", case)
            self._described[case] = known.version if isinstance(known, Incident) else 0
            return describe(case)

        model._describe = note
        model.touch()
        painted.append(self._on_painted)

    def rows(self) -> list[str]:
        """The cases in sight."""
        view, model = self._panel.view, self._panel.model
        first = view.top_row()
        last = min(first + view.viewport().height() // view.row_height, model.rowCount() - 1)
        return [model.id_at(row) for row in range(first, last + 1)]

    def _on_painted(self) -> None:
        at = time.monotonic()
        for case in self.rows():
            version, seen = self._described.get(case, 0), self.drawn[case]
            if version and (not seen or seen[-1][1] < version):
                seen.append((at, version))


painted: list[Callable[[], None]] = []
"""Called at the end of each paint of a queue."""


def _paint(view: QueueView, event: QPaintEvent) -> None:
    QTableView.paintEvent(view, event)
    for call in painted:
        call()


def _delays(changes: list[tuple[str, int, float]], drawn: Drawn) -> Iterator[float]:
    """Milliseconds from the commit of a version to the paint of it or of a later one."""
    for case, version, committed in changes:
        known = drawn.get(case, [])
        at = bisect_left(known, version, key=lambda seen: seen[1])
        if at < len(known):
            yield (known[at][0] - committed) * 1000
