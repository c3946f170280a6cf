"""Vehicles of the drawn scenes: boxes with windows and lamps, on lanes that repeat for ever."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np

from backend.demo.build.video.view import Colour, Floats, View, fill, glow

SECONDS = 20.0
"""Every vehicle is where it was after so long: the clip repeats without a jump."""
FAR_M = 110.0
"""Beyond it plates and bumpers are smaller than a pixel."""
PAINTS: tuple[Colour, ...] = (
    (232, 232, 230), (205, 208, 212), (120, 124, 130), (52, 54, 60), (30, 31, 36), (150, 34, 30),
    (32, 62, 120), (196, 160, 60), (238, 238, 240), (96, 74, 58),
)  # fmt: skip
BOXES: tuple[Colour, ...] = (
    (176, 74, 40), (40, 84, 140), (52, 112, 84), (190, 150, 60), (140, 48, 52), (168, 170, 174),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """Metres from the road's middle, from the ground, and along the road."""

    x: tuple[float, float]
    y: tuple[float, float]
    z: tuple[float, float]
    colour: Colour
    window: Colour | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """Traffic at `x`, away from the camera (`sign` 1) or towards it (-1). `rounds`: how often
    a vehicle passes the `length` of the lane in one clip, which is its speed."""

    x: float
    sign: int
    length: float = 300.0
    rounds: int = 1
    vehicles: int = 6
    trucks: float = 0.2
    near: float = 4.0


@dataclass(frozen=True, slots=True)
class Light:
    """How things look: `haze` is the colour that the distance takes on after `sight` metres."""

    shade: float = 1.0
    haze: Colour = (190, 202, 214)
    sight: float = 900.0
    lamps: float = 0.0


@dataclass(frozen=True, slots=True)
class Vehicle:
    start: float
    kind: str
    paint: Colour
    wobble: float


@dataclass
class Traffic:
    view: View
    light: Light
    lanes: Sequence[Lane]
    seed: int
    still: Sequence[Box] = ()
    _fleet: list[tuple[Lane, Vehicle]] = field(default_factory=list)

    def __post_init__(self) -> None:
        random = np.random.default_rng(self.seed)
        for lane in self.lanes:
            gap = lane.length / lane.vehicles
            for number in range(lane.vehicles):
                kind = "truck" if random.random() < lane.trucks else "car"
                if kind == "car" and random.random() < 0.12:
                    kind = "bus"
                paints = BOXES if kind == "truck" else PAINTS
                self._fleet.append(
                    (
                        lane,
                        Vehicle(
                            start=number * gap + random.uniform(0, max(gap - 16, 1)),
                            kind=kind,
                            paint=paints[random.integers(len(paints))],
                            wobble=random.uniform(-0.3, 0.3),
                        ),
                    )
                )

    def draw(self, picture: Floats, seconds: float) -> None:
        """All that stands or moves, the farthest first."""
        things: list[tuple[float, tuple[Lane, Vehicle, float] | Box]] = []
        for lane, vehicle in self._fleet:
            gone = lane.sign * lane.rounds * lane.length * seconds / SECONDS
            z = lane.near + (vehicle.start + gone) % lane.length
            things.append((z, (lane, vehicle, z)))
        things += [((box.z[0] + box.z[1]) / 2, box) for box in self.still]
        for _, thing in sorted(things, key=lambda pair: -pair[0]):
            if isinstance(thing, Box):
                self.box(picture, thing)
            else:
                self._vehicle(picture, *thing)

    def box(self, picture: Floats, box: Box) -> None:
        """The faces that look at the camera: a side, the top, the near end."""
        (x0, x1), (y0, y1), (z0, z1) = box.x, box.y, box.z
        z0 = max(z0, 1.5)
        middle = self.view.x - self.view.curve * z0**2
        if x0 > middle or x1 < middle:
            x = x0 if x0 > middle else x1
            self._face(
                picture, [(x, y0, z0), (x, y0, z1), (x, y1, z1), (x, y1, z0)], box.colour, 0.62
            )
        if y1 < self.view.height:
            top = [(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)]
            self._face(picture, top, box.colour, 1.05)
        elif y0 > self.view.height:
            under = [(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)]
            self._face(picture, under, box.colour, 0.45)
        near = [(x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0)]
        self._face(picture, near, box.colour, 0.85)
        if box.window is not None:
            w, h = (x1 - x0) * 0.08, (y1 - y0) * 0.18
            pane = [
                (x0 + w, y0 + h, z0),
                (x1 - w, y0 + h, z0),
                (x1 - w, y1 - h, z0),
                (x0 + w, y1 - h, z0),
            ]
            self._face(picture, pane, box.window, 1.0)

    def _face(
        self, picture: Floats, corners: list[tuple[float, float, float]], colour: Colour, lit: float
    ) -> None:
        pixels, depth = self.view.project(np.array(corners, dtype=np.float32))
        light = self.light
        clear = exp(-float(depth[0]) / light.sight)
        shown = [
            clear * min(part * lit * light.shade, 255) + (1 - clear) * haze
            for part, haze in zip(colour, light.haze, strict=True)
        ]
        fill(picture, pixels, (shown[0], shown[1], shown[2]))

    def _vehicle(self, picture: Floats, lane: Lane, vehicle: Vehicle, z: float) -> None:
        x = lane.x + vehicle.wobble
        long = {"car": 4.5, "bus": 11.0, "truck": 13.0}[vehicle.kind]
        wide = 0.9 if vehicle.kind == "car" else 1.25
        shadow = [(x - wide - 0.25, 0, z - 0.2), (x + wide + 0.6, 0, z - 0.2)]
        shadow += [(x + wide + 0.6, 0, z + long), (x - wide - 0.25, 0, z + long)]
        ground, depth = self.view.project(np.array(shadow, dtype=np.float32))
        fill(picture, ground, (18, 19, 21), 0.5 * exp(-float(depth[0]) / self.light.sight))
        for box in _boxes(vehicle, x, z, lane.sign):
            if z < FAR_M or box.y[1] - box.y[0] > 0.5:
                self.box(picture, box)
        if self.light.lamps or lane.sign < 0:
            self._lamps(picture, x, z, wide, lane.sign)

    def _lamps(self, picture: Floats, x: float, z: float, wide: float, sign: int) -> None:
        ends = np.array([(x - wide * 0.75, 0.75, z), (x + wide * 0.75, 0.75, z)], dtype=np.float32)
        pixels, depth = self.view.project(ends)
        strength = self.light.lamps * exp(-float(depth[0]) / (self.light.sight * 2))
        if strength < 0.02:
            return
        radius = self.view.focal / float(depth[0])
        head = sign < 0
        colour = (255.0, 244.0, 214.0) if head else (210.0, 24.0, 16.0)
        lit = tuple(part * strength for part in colour)
        for at in pixels:
            glow(picture, at, max(radius * (0.55 if head else 0.28), 1.1), (lit[0], lit[1], lit[2]))
        if head:
            before = np.array([(x, 0.0, max(z - 7, 2.0))], dtype=np.float32)
            on_road, near = self.view.project(before)
            pool = self.view.focal / float(near[0]) * 2.6
            dim = 0.28 * strength
            glow(picture, on_road[0], pool, (255 * dim, 240 * dim, 200 * dim), 0.55)


def _boxes(vehicle: Vehicle, x: float, z: float, sign: int) -> Iterator[Box]:
    """From far to near as the camera sees it."""
    glass, paint = (34.0, 40.0, 48.0), vehicle.paint
    if vehicle.kind == "bus":
        yield Box((x - 1.25, x + 1.25), (0.35, 3.1), (z, z + 11), paint)
        yield Box((x - 1.15, x + 1.15), (1.4, 2.7), (z - 0.02, z), glass)
        yield Box((x - 1.25, x + 1.25), (0.3, 0.75), (z - 0.03, z), (60, 60, 62))
    elif vehicle.kind == "truck":
        cab, load = (
            ((z + 10.5, z + 13), (z, z + 10)) if sign > 0 else ((z, z + 2.4), (z + 3, z + 13))
        )
        parts = [
            Box(
                (x - 1.15, x + 1.15), (0.5, 2.9), cab, (214, 214, 216), glass if sign < 0 else None
            ),
            Box((x - 1.25, x + 1.25), (1.1, 3.7), load, paint),
            Box((x - 1.1, x + 1.1), (0.35, 1.1), load, (46, 46, 48)),
        ]
        yield from parts if sign > 0 else (parts[2], parts[1], parts[0])
    else:
        yield Box((x - 0.88, x + 0.88), (0.25, 0.85), (z, z + 4.5), paint)
        yield Box((x - 0.74, x + 0.74), (0.85, 1.42), (z + 1.0, z + 3.4), paint, glass)
        plate = (40.0, 70.0, 150.0)
        yield Box((x - 0.24, x + 0.24), (0.45, 0.6), (z - 0.03, z), plate)
        yield Box((x - 0.88, x + 0.88), (0.2, 0.38), (z - 0.02, z), (36, 36, 38))
