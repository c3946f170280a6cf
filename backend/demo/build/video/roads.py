"""Open roads by day and night, in rain and fog."""

from dataclasses import replace
from functools import partial

import numpy as np

from backend.demo.build.video.ground import YELLOW, Land, Line, landscape, trees
from backend.demo.build.video.scene import (
    Scene,
    Weather,
    motorway,
    paint_still,
    posts,
    rails,
    traffic_lanes,
)
from backend.demo.build.video.traffic import Lane, Light, Traffic
from backend.demo.build.video.view import HEIGHT, WIDTH, Floats, View, glow


def day() -> Scene:
    view, light = View(height=9.5, x=2.0, pitch=13, focal=820), Light(sight=1100)
    lines, edge = motorway(3)
    land = Land(edge=edge, lines=lines, middle=(-1.0, 1.0), sight=1100)
    background = landscape(view, land, 1)
    trees(background, view, (edge + 6, edge + 16), (74, 96, 52), land.haze, 700, 2)
    paint_still(background, view, light, [*rails(edge, 1.4), *posts(edge + 1.5, 45, 10)])
    return Scene(background, Traffic(view, light, traffic_lanes(3), 3))


def curve() -> Scene:
    view = View(height=12, x=-9, pitch=15, focal=760, curve=0.00075, turn=-40)
    light = Light(shade=1.05, haze=(226, 208, 178), sight=620)
    lines, edge = motorway(2, hard=2.8)
    land = Land(
        edge=edge, lines=lines, middle=(-1.0, 1.0), land=(140, 128, 80), asphalt=(112, 108, 104),
        sky=((150, 166, 190), (240, 214, 174)), haze=(232, 212, 180), sight=620, clouds=36,
    )  # fmt: skip
    background = landscape(view, land, 11)
    trees(background, view, (edge + 4, edge + 22), (112, 104, 52), land.haze, 420, 12)
    paint_still(background, view, light, rails(edge, 1.4, (160, 156, 150)))
    return Scene(background, Traffic(view, light, traffic_lanes(2, vehicles=8), 13))


def night() -> Scene:
    view = View(height=9, x=-1.5, pitch=12, focal=780)
    light = Light(shade=0.2, haze=(16, 17, 24), sight=240, lamps=1.0)
    lines, edge = motorway(3)
    land = Land(
        edge=edge, lines=lines, middle=(-1.0, 1.0), asphalt=(52, 50, 50), land=(24, 27, 22),
        sky=((6, 8, 16), (26, 24, 28)), haze=(18, 18, 24), sight=240, clouds=4,
    )  # fmt: skip
    background = landscape(view, land, 21)
    rays_x, z, meets = view.on_plane(view.rays(1))
    for post in range(30, 320, 45):
        pool = np.exp(-((rays_x - edge * 0.7) ** 2 / 90 + (z - post) ** 2 / 160)) * meets
        background += pool[..., None].astype(np.float32) * np.asarray((92, 72, 40), np.float32)
    paint_still(background, view, light, [*rails(edge, 1.4), *posts(edge + 1.5, 45, 10)])
    for post in range(30, 320, 45):
        at, depth = view.project(np.array([((edge + 1.5) * 0.74, 9.9, post)], np.float32))
        glow(background, at[0], max(view.focal / float(depth[0]) * 0.8, 1.5), (255, 214, 140))
    return Scene(background, Traffic(view, light, traffic_lanes(3, vehicles=5), 23), grain=5.0)


def quiet_night() -> Scene:
    """A road where minutes pass without a vehicle: quiet, not frozen."""
    view = View(height=7.5, x=4.5, pitch=11, focal=700, curve=-0.0005, turn=30)
    light = Light(shade=0.2, haze=(18, 19, 26), sight=170, lamps=1.0)
    lines = [Line(-3.9), Line(0.0, dashed=True, colour=YELLOW), Line(3.9)]
    land = Land(
        edge=5.0, lines=lines, asphalt=(58, 60, 64), land=(28, 34, 26),
        sky=((4, 6, 14), (20, 20, 26)), haze=(14, 15, 20), sight=170, clouds=3,
    )  # fmt: skip
    background = landscape(view, land, 31)
    trees(background, view, (8, 18), (34, 42, 26), land.haze, 150, 32)
    lanes = [Lane(-2.0, -1, 420, 1, 1), Lane(2.0, 1, 420, 1, 1)]
    return Scene(background, Traffic(view, light, lanes, 33), grain=5.5)


def rain() -> Scene:
    view, light = View(height=10, x=0, pitch=14, focal=760), Light(0.72, (150, 156, 162), 230, 0.5)
    lines, edge = motorway(2)
    land = Land(
        edge=edge, lines=lines, middle=(-1.0, 1.0), asphalt=(66, 69, 73), land=(78, 88, 66),
        sky=((142, 148, 156), (164, 168, 174)), haze=(154, 160, 166), sight=230, wet=0.5, clouds=10,
    )  # fmt: skip
    background = landscape(view, land, 41)
    trees(background, view, (edge + 5, edge + 15), (56, 70, 46), land.haze, 200, 42)
    paint_still(background, view, light, [*rails(edge, 1.4), *posts(-edge - 1.5, 50, 10)])
    return Scene(
        background, Traffic(view, light, traffic_lanes(2), 43), grain=2.5, weather=_falling(44)
    )


def _falling(seed: int) -> Weather:
    random, sheets = np.random.default_rng(seed), []
    for _ in range(10):
        drops = (random.random((HEIGHT, WIDTH)) < 0.0011).astype(np.float32)
        streaks = sum(np.roll(drops, (n, -(n // 4)), axis=(0, 1)) for n in range(15))
        sheets.append(np.asarray(streaks, dtype=np.float32) * 30)
    return partial(_rain_on, sheets)


def _rain_on(sheets: list[Floats], picture: Floats, number: int) -> None:
    picture += np.roll(sheets[number % 10], number * 37 % WIDTH, axis=1)[..., None]


def fog() -> Scene:
    view, light = View(height=8.5, x=-2, pitch=11, focal=740), Light(0.9, (198, 201, 203), 62, 0.6)
    lines, edge = motorway(3)
    land = Land(
        edge=edge, lines=lines, middle=(-1.0, 1.0), asphalt=(96, 98, 100), land=(120, 124, 104),
        sky=((198, 201, 203), (198, 201, 203)), haze=(198, 201, 203), sight=62, clouds=0,
    )  # fmt: skip
    background = landscape(view, land, 51)
    trees(background, view, (edge + 4, edge + 9), (84, 96, 70), land.haze, 62, 52)
    paint_still(background, view, light, rails(edge, 1.4))
    lanes = [replace(lane, length=lane.length * 0.55, vehicles=3) for lane in traffic_lanes(3)]
    return Scene(background, Traffic(view, light, lanes, 53), grain=2.2)
