"""Distance rings around the case in hand."""

import tomllib
from datetime import datetime
from functools import cache
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.clock import Clock
from app.domain.geodesy import Position, offset
from app.domain.rules import RULES_DIR
from app.tasks import TaskRunner
from app.text import translate
from maps.geo.mercator import to_mercator
from maps.layers.area_layer import AreaLayer
from maps.layers.areas import Areas
from widgets.map.stack import LayerStack

RINGS: Final = "rings"
_STEP_DEG: Final = 2


class Rings(QObject):
    """On or off; while on they stand around what is selected.

    Signals: turned(bool).
    """

    turned = Signal(bool)

    def __init__(self, tasks: TaskRunner, clock: Clock, stack: LayerStack) -> None:
        super().__init__(stack)
        self._tasks, self._clock, self._stack = tasks, clock, stack
        self._on = False
        self._around: Position | None = None

    @property
    def on(self) -> bool:
        return self._on

    def turn(self, on: bool) -> None:
        if on != self._on:
            self._on = on
            self._draw()
            self.turned.emit(on)

    def move(self, around: Position | None) -> None:
        """Something else is selected; None: nothing that has a place."""
        self._around = around
        self._draw()

    def _draw(self) -> None:
        if self._on and self._around is not None:
            self._tasks.run(rings_layer, self._around, self._clock.now(), done=self._on_prepared)
        else:
            self._stack.drop(RINGS)

    def _on_prepared(self, made: tuple[Position, AreaLayer]) -> None:
        around, layer = made
        if isValid(self) and self._on and around == self._around:
            self._stack.put(layer)


def rings_layer(around: Position, now: datetime) -> tuple[Position, AreaLayer]:
    """The rings around a place, each with its radius at its northernmost point."""
    radii = ring_radii()
    angles = range(0, 360, _STEP_DEG)
    circles = [np.array([offset(around, angle, radius) for angle in angles]) for radius in radii]
    areas = Areas.prepare([[circle] for circle in circles])
    return around, AreaLayer(
        id=RINGS,
        title=translate("Map", "距离圈"),
        source=translate("Map", "本席计算"),
        as_of=now,
        group="event",
        areas=Areas(
            areas.triangles,
            areas.outline,
            areas.owners,
            to_mercator([offset(around, 0.0, radius) for radius in radii]),
        ),
        line="accent",
        line_width=1.4,
        dash=6.0,
        titles=tuple(_radius_text(radius) for radius in radii),
    )


def _radius_text(metres: float) -> str:
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"


@cache
def ring_radii() -> tuple[float, ...]:
    """Metres, the smallest first."""
    read = tomllib.loads((RULES_DIR / "map.toml").read_text("utf-8"))
    return tuple(float(radius) for radius in read["rings_m"])
