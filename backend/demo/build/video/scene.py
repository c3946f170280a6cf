"""What a drawn scene is made of: its background, 20 s of traffic that repeat, light, weather."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from backend.demo.build.video.encode import MAIN, Pixels
from backend.demo.build.video.ground import YELLOW, Line
from backend.demo.build.video.traffic import SECONDS, Box, Lane, Light, Traffic
from backend.demo.build.video.view import HEIGHT, WIDTH, Colour, Floats, View

type Weather = Callable[[Floats, int], None]


@dataclass(frozen=True)
class Scene:
    """`grain`: the sensor's noise in levels of brightness."""

    background: Floats
    traffic: Traffic
    grain: float = 1.6
    weather: Weather | None = None


def pictures(scene: Scene, seed: int) -> Iterator[Pixels]:
    random = np.random.default_rng(seed)
    fields = random.normal(0, scene.grain, (8, HEIGHT, 2 * WIDTH)).astype(np.float32)
    for number in range(round(SECONDS * MAIN.rate)):
        picture = scene.background.copy()
        scene.traffic.draw(picture, number / float(MAIN.rate))
        if scene.weather is not None:
            scene.weather(picture, number)
        start = int(random.integers(WIDTH))
        picture += fields[number % 8][:, start : start + WIDTH, None]
        np.clip(picture, 0, 255, out=picture)
        yield picture.astype(np.uint8)


def motorway(lanes: int, hard: float = 3.0, middle: float = 1.4) -> tuple[list[Line], float]:
    """Two carriageways with a hard shoulder each."""
    lines: list[Line] = []
    for side in (-1, 1):
        lines.append(Line(side * middle, colour=YELLOW))
        lines += [Line(side * (middle + 0.4 + 3.75 * n), dashed=True) for n in range(1, lanes)]
        lines.append(Line(side * (middle + 0.4 + 3.75 * lanes)))
    return lines, middle + 0.4 + 3.75 * lanes + hard


def traffic_lanes(count: int, middle: float = 1.4, vehicles: int = 7) -> list[Lane]:
    """Right-hand traffic: what comes towards the camera is on its left."""
    return [
        Lane(
            x=side * (middle + 0.4 + 3.75 * (n + 0.5)),
            sign=side,
            length=560.0 - 70 * n,
            vehicles=max(vehicles - n % 2 * 2, 1),
            trucks=0.08 + 0.28 * (n == count - 1),
        )
        for side in (-1, 1)
        for n in range(count)
    ]


def rails(edge: float, middle: float, colour: Colour = (176, 180, 184)) -> list[Box]:
    return [
        Box((x - 0.08, x + 0.08), (0.55, 0.85), (z, z + 31.5), colour)
        for x in (-edge, -middle + 0.2, middle - 0.2, edge)
        for z in range(4, 300, 32)
    ]


def posts(x: float, every: int, top: float, colour: Colour = (148, 152, 156)) -> list[Box]:
    return [
        part
        for z in range(30, 320, every)
        for part in (
            Box((x - 0.12, x + 0.12), (0.0, top), (z, z + 0.3), colour),
            Box((min(x, x * 0.72), max(x, x * 0.72)), (top - 0.15, top), (z, z + 0.3), colour),
        )
    ]


def paint_still(background: Floats, view: View, light: Light, boxes: Sequence[Box]) -> None:
    Traffic(view, light, (), 0, boxes).draw(background, 0.0)
