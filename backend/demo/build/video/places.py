"""Scenes with something beside the road: bridge, tunnel, toll, port, yard, street; and none."""

import numpy as np

from backend.demo.build.video.ground import YELLOW, Land, Line, landscape, trees, tunnel
from backend.demo.build.video.scene import Scene, motorway, paint_still, posts, rails, traffic_lanes
from backend.demo.build.video.traffic import BOXES, Box, Lane, Light, Traffic
from backend.demo.build.video.view import HEIGHT, WIDTH, Colour, Floats, View, fill


def bridge() -> Scene:
    view = View(height=11, x=3, pitch=10, focal=640)
    light = Light(1.0, (196, 210, 220), 1300)
    lines, edge = motorway(2, hard=1.2, middle=0.6)
    land = Land(
        edge=edge + 1.0, lines=lines, water=True, asphalt=(104, 104, 106), land=(92, 120, 128),
        sky=((96, 146, 202), (204, 220, 230)), haze=(196, 210, 220), sight=1300, clouds=40,
    )  # fmt: skip
    background = landscape(view, land, 61)
    for z in (170, 70):
        _pylon(background, view, light, edge, z)
    paint_still(background, view, light, rails(edge + 0.6, 0.6, (206, 208, 206)))
    return Scene(background, Traffic(view, light, traffic_lanes(2, middle=0.6), 63))


def _pylon(background: Floats, view: View, light: Light, edge: float, z: float) -> None:
    stone: Colour = (206, 202, 192)
    boxes = [
        Box((s - 0.9, s + 0.9), (-14, 46), (z, z + 2.5), stone) for s in (-edge - 1.5, edge + 1.5)
    ]
    boxes += [Box((-edge - 1.5, edge + 1.5), (y, y + 2), (z, z + 2.2), stone) for y in (9.0, 40.0)]
    paint_still(background, view, light, boxes)
    for side in (-edge - 1.5, edge + 1.5):
        for step in range(1, 9):
            for way in (-1, 1):
                ends = [(side, 46.0 - step, z), (side, 0.5, z + way * step * 8.0)]
                if ends[1][2] < 4:
                    continue
                pixels, _ = view.project(np.array(ends, dtype=np.float32))
                fill(background, _strip(pixels, 0.9), (150, 154, 156), 0.8)


def _strip(ends: Floats, half: float) -> Floats:
    along = ends[1] - ends[0]
    across = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-3) * half
    return np.asarray([ends[0] - across, ends[0] + across, ends[1] + across, ends[1] - across])


def tube() -> Scene:
    view, light = View(height=4.9, x=1.2, pitch=4, focal=640), Light(0.55, (88, 80, 66), 210, 0.55)
    lines = [Line(-5.4), Line(-1.8, dashed=True), Line(1.8, dashed=True), Line(5.4)]
    background = tunnel(view, 6.6, 6.2, lines, 71)
    lanes = [Lane(x, 1, 380 - 30 * n, 1, 5 - n, 0.15 * n) for n, x in enumerate((-3.6, 0.0, 3.6))]
    return Scene(background, Traffic(view, light, lanes, 73), grain=3.2)


def toll() -> Scene:
    view, light = View(height=13, x=-4, pitch=16, focal=620), Light(1.0, (208, 212, 214), 1000)
    edges = [-16 + 4.6 * n for n in range(8)]
    lines = [Line(x, dashed=True) for x in edges[1:-1]] + [Line(edges[0]), Line(edges[-1])]
    land = Land(
        edge=20, lines=lines, asphalt=(140, 138, 132), land=(120, 122, 96),
        sky=((140, 170, 206), (214, 222, 226)), haze=(208, 212, 214), sight=1000,
    )  # fmt: skip
    background = landscape(view, land, 81)
    trees(background, view, (25, 45), (84, 102, 60), land.haze, 800, 82)
    roof = [
        Box((-19, 19), (6.2, 7.6), (78, 92), (196, 62, 48)),
        Box((-19.5, 19.5), (7.6, 8.0), (77, 93), (230, 230, 226)),
    ]
    booths = [
        Box((x - 0.6, x + 0.6), (0.0, 2.6), (80, 84), (224, 226, 228), (60, 84, 104)) for x in edges
    ]
    islands = [Box((x - 0.8, x + 0.8), (0.0, 0.25), (62, 104), (200, 176, 70)) for x in edges]
    posts = [Box((x - 0.25, x + 0.25), (0.0, 6.2), (84, 84.6), (170, 174, 178)) for x in edges[::2]]
    lanes = [
        Lane(x + 2.3, 1 if n > 3 else -1, 210 + 12 * (n % 3), 1, 3 + n % 2, 0.15 + 0.1 * (n % 2))
        for n, x in enumerate(edges[:-1])
    ]
    return Scene(background, Traffic(view, light, lanes, 83, [*roof, *booths, *islands, *posts]))


def port() -> Scene:
    view, light = View(height=15, x=2, pitch=17, focal=600), Light(0.98, (190, 200, 206), 900)
    lines = [Line(-4.2, colour=YELLOW), Line(0.0, dashed=True), Line(4.2, colour=YELLOW)]
    land = Land(
        edge=60, lines=lines, asphalt=(126, 126, 122), land=(126, 126, 122),
        sky=((128, 158, 190), (206, 214, 218)), haze=(190, 200, 206), sight=900, clouds=34,
    )  # fmt: skip
    background = landscape(view, land, 91)
    random = np.random.default_rng(92)
    stacks = []
    for z in range(16, 240, 14):
        for side in (-1, 1):
            for row in range(4):
                x = side * (8.5 + row * 3.0)
                for level in range(int(random.integers(1, 5))):
                    paint = BOXES[int(random.integers(len(BOXES)))]
                    low = level * 2.6
                    stacks.append(Box((x - 1.2, x + 1.2), (low, low + 2.5), (z, z + 12.2), paint))
    paint_still(
        background, view, light, sorted(stacks, key=lambda b: (-b.z[0], -abs(b.x[0]), b.y[0]))
    )
    crane: Colour = (46, 104, 168)
    frame = [Box((s - 0.7, s + 0.7), (0, 21), (118, 120), crane) for s in (-21, 21)]
    frame += [
        Box((-23, 23), (21, 23.5), (117, 121), crane),
        Box((-4, 1), (18.5, 21), (117, 120), (230, 190, 60)),
    ]
    lanes = [
        Lane(-2.1, -1, 260, 1, 4, 0.9), Lane(2.1, 1, 240, 1, 4, 0.9), Lane(-5.6, -1, 200, 1, 1, 1.0),
    ]  # fmt: skip
    return Scene(background, Traffic(view, light, lanes, 93, frame))


def yard() -> Scene:
    """A bus yard and coach station: rows of parked buses, slow traffic between them."""
    view, light = View(height=10, x=-3, pitch=18, focal=560), Light(1.0, (206, 210, 208), 700)
    lines = [Line(x) for x in (-20, -16.4, -12.8, -9.2, 9.2, 12.8, 16.4, 20)]
    land = Land(
        edge=24, lines=lines, asphalt=(118, 117, 114), land=(120, 120, 104),
        sky=((150, 176, 206), (222, 226, 226)), haze=(206, 210, 208), sight=700,
    )  # fmt: skip
    background = landscape(view, land, 101)
    house = [
        Box((-40, 40), (0, 9), (120, 140), (206, 198, 182)),
        Box((-40, 40), (3, 6), (119.8, 120), (84, 104, 122)),
    ]
    paint_still(background, view, light, house)
    random = np.random.default_rng(102)
    buses = []
    for z in (96, 78, 60, 42, 25):
        for x in (-18.2, -14.6, -11.0, 11.0, 14.6, 18.2):
            if random.random() < 0.78:
                paint: Colour = ((210, 60, 50), (236, 236, 232), (60, 130, 90))[
                    int(random.integers(3))
                ]
                buses.append(
                    Box((x - 1.25, x + 1.25), (0.3, 3.1), (z, z + 11), paint, (40, 48, 58))
                )
    lanes = [Lane(-3.0, -1, 150, 1, 2, 0.0), Lane(2.0, 1, 130, 1, 2, 0.0)]
    return Scene(background, Traffic(view, light, lanes, 103, buses))


def avenue() -> Scene:
    """A city street with a crossing for people in front."""
    view, light = View(height=8.5, x=5.5, pitch=13, focal=640), Light(0.95, (200, 206, 212), 520)
    lines = [Line(-0.12, colour=YELLOW), Line(0.12, colour=YELLOW), Line(-7.6), Line(7.6)]
    lines += [Line(x, dashed=True) for x in (-3.8, 3.8)]
    land = Land(
        edge=8.2, lines=lines, asphalt=(98, 99, 102), land=(158, 154, 146),
        sky=((132, 166, 206), (214, 222, 228)), haze=(200, 206, 212), sight=520,
    )  # fmt: skip
    background = landscape(view, land, 111)
    paint_still(background, view, light, _houses(112))
    trees(background, view, (10.5, 12), (76, 100, 56), land.haze, 400, 113)
    stripes = [
        Box((x, x + 0.5), (0.0, 0.02), (17, 21), (216, 216, 210)) for x in np.arange(-7.8, 7.8, 1.0)
    ]
    paint_still(background, view, light, [*stripes, *posts(9.6, 40, 8)])
    lanes = [
        Lane(side * x, side, 230.0 - 20 * n, 1, 4, 0.06)
        for side in (-1, 1)
        for n, x in enumerate((1.9, 5.6))
    ]
    return Scene(background, Traffic(view, light, lanes, 114), grain=1.8)


def _houses(seed: int) -> list[Box]:
    """Both sides of a street, with a dark band of windows for each floor."""
    random, found = np.random.default_rng(seed), []
    paints: tuple[Colour, ...] = (
        (196, 178, 152), (172, 174, 178), (204, 200, 190), (150, 128, 112), (128, 146, 160),
    )  # fmt: skip
    for side in (-1, 1):
        z = 6.0
        while z < 330:
            long, high = random.uniform(18, 40), random.uniform(9, 42)
            x = side * random.uniform(15, 19)
            ends = (x, x + side * 18)
            paint = paints[int(random.integers(len(paints)))]
            found.append(Box((min(ends), max(ends)), (0, high), (z, z + long), paint))
            for floor in np.arange(2.0, high - 2.2, 3.4):
                wall = (x - side * 0.06, x)
                for bay in np.arange(z + 1.2, z + long - 2.6, 3.6):
                    pane: Colour = (66, 78, 92) if random.random() < 0.85 else (150, 160, 166)
                    band = (float(floor), float(floor) + 1.7)
                    found.append(Box((min(wall), max(wall)), band, (bay, bay + 2.4), pane))
            z += long + random.uniform(2, 9)
    return sorted(found, key=lambda box: -(box.z[0] + box.z[1]))


def black() -> Scene:
    """A camera whose sensor died."""
    empty = np.full((HEIGHT, WIDTH, 3), 6, dtype=np.float32)
    return Scene(empty, Traffic(View(), Light(), (), 0), grain=0.6)
