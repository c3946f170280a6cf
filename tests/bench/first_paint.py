"""`main(T0, CASES, OPEN, STAY_S)`: the desk as `main.py` starts it, timed.

Prints one JSON line: seconds since T0 (`time.monotonic` of the parent, right before it started
this process) to the built workspace, to the first complete paint (the network on the map, all
rows of the queue's view in it: the open cases), to the live link, and until the ended cases
are there too for whoever asks for them. Then it stays for STAY_S seconds and ends as when the
window is closed.
"""

from __future__ import annotations

import json
import time
from typing import Any

from PySide6.QtCore import QObject, QTimer


class Watcher(QObject):
    """Looks every few milliseconds, and after each paint when it matters."""

    def __init__(
        self, window: Any, services: Any, t0: float, cases: int, opened: int, stay_s: float
    ) -> None:
        super().__init__()
        self._window, self._services, self._stay_s = window, services, stay_s
        self._t0, self._cases, self._open = t0, cases, opened
        self._seen: dict[str, float] = {}
        self._shown = False  # the map has painted a picture with the network
        self._look = QTimer(self, interval=5)
        self._look.timeout.connect(self._on_look)
        self._look.start()

    def _on_look(self) -> None:
        try:
            self._look_around()
        except Exception:
            self._look.stop()
            self._window.close()
            raise

    def _look_around(self) -> None:
        window = self._window
        if window.workspace is not None:
            if "workspace" not in self._seen:
                self._note("workspace")
                self._canvas().picture_shown.connect(self._on_picture)
            self._look_at_the_screen()
        if "live" not in self._seen and self._services.link.now.state == "LIVE":
            self._note("live")
        if {"paint", "live", "ended"} <= self._seen.keys():
            self._look.stop()
            print(json.dumps(self._seen), flush=True)
            QTimer.singleShot(int(self._stay_s * 1000), window.close)

    def _look_at_the_screen(self) -> None:
        queue = self._panel("queue")
        if "paint" not in self._seen and self._is_complete(queue):
            self._note("paint")
        if "ended" not in self._seen and len(queue.model.cases) >= self._cases:
            self._note("ended")

    def _is_complete(self, queue: Any) -> bool:
        """All is there and there is no paint to come: the last one has shown it."""
        return bool(
            self._shown
            and self._canvas().is_crisp
            and queue.model.rowCount() >= self._open
            and queue.view.isVisible()
        )

    def _panel(self, name: str) -> Any:
        return self._window.workspace.docks.docks[name].widget().panel

    def _canvas(self) -> Any:
        return self._panel("map").canvas

    def _on_picture(self) -> None:
        self._shown = self._shown or any(o.id == "roads" for o in self._canvas().layers)

    def _note(self, what: str) -> None:
        self._seen[what] = time.monotonic() - self._t0


def main(t0: float, cases: int, opened: int, stay_s: float) -> int:
    """The exit code of the desk. Its imports are plain already, as main.py has it."""
    import main as program
    from widgets import desk
    from widgets.window import MainWindow

    kept: list[Any] = []

    def made(services: Any, version: str) -> Any:
        window = MainWindow(services, version)
        kept.append(Watcher(window, services, t0, cases, opened, stay_s))
        return window

    vars(desk)["MainWindow"] = made  # the one place that makes it
    return program.main([])
