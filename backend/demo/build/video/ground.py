"""What never moves in a drawn scene: sky, land, road and its lines, water, a tunnel's walls."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.demo.build.video.view import Colour, Floats, View, noise, shrunk

WHITE: Colour = (214, 214, 208)
YELLOW: Colour = (214, 170, 70)


@dataclass(frozen=True, slots=True)
class Line:
    """A painted line at `x`; dashed lines are 6 m long and 9 m apart."""

    x: float
    dashed: bool = False
    colour: Colour = WHITE


@dataclass(frozen=True, slots=True)
class Land:
    """Colours of a scene. `edge`: half the paved width; beyond it land, or water far below."""

    edge: float
    lines: Sequence[Line]
    asphalt: Colour = (92, 94, 97)
    land: Colour = (104, 116, 74)
    sky: tuple[Colour, Colour] = ((120, 160, 206), (206, 218, 226))
    clouds: float = 24.0
    haze: Colour = (198, 208, 216)
    sight: float = 900.0
    water: bool = False
    wet: float = 0.0
    middle: tuple[float, float] = (0.0, 0.0)


def landscape(view: View, land: Land, seed: int) -> Floats:
    rays = view.rays()
    x, z, meets = view.on_plane(rays)
    picture = _sky(rays, land, seed)
    near = meets & (z < 6000)
    ground = _off_road(view, rays, x, z, land, seed)
    paved = np.abs(x) < land.edge
    road = _road(x, z, land, seed, view)
    ground = np.where(paved[..., None], road, ground)
    clear = np.exp(-np.clip(z, 0, 6000) / land.sight)[..., None]
    ground = ground * clear + np.asarray(land.haze, dtype=np.float32) * (1 - clear)
    return shrunk(np.where(near[..., None], ground, picture).astype(np.float32))


def _sky(rays: Floats, land: Land, seed: int) -> Floats:
    high = np.clip(rays[..., 1] / np.maximum(rays[..., 2], 0.05) * 3.2, 0, 1)[..., None]
    top, low = (np.asarray(one, dtype=np.float32) for one in land.sky)
    flat = rays[..., 0] / (np.abs(rays[..., 1]) + 0.05)
    deep = 1.0 / (np.abs(rays[..., 1]) + 0.05)
    clouds = noise(flat, deep, 2.2, seed + 5) + 0.5 * noise(flat, deep, 0.8, seed + 6)
    soft = np.clip(clouds, 0, 1)[..., None] * high * land.clouds
    return np.asarray(low + (top - low) * high + soft, dtype=np.float32)


def _off_road(view: View, rays: Floats, x: Floats, z: Floats, land: Land, seed: int) -> Floats:
    if land.water:
        wx, wz, _ = view.on_plane(rays, -14.0)
        waves = noise(wx, wz, 3.0, seed + 1) + 0.7 * noise(wx * 3, wz, 14.0, seed + 2)
        base = np.asarray((92, 116, 128), dtype=np.float32) * (land.land[1] / 116)
        return np.asarray(base + waves[..., None] * 13, dtype=np.float32)
    calm = np.clip(60 / np.maximum(z, 1), 0.15, 1)
    blades = noise(x, z, 0.7, seed + 1) * calm * 12 + noise(x, z, 7.0, seed + 2) * 11
    fields = noise(x, z, 60.0, seed + 3) * 14
    base = np.asarray(land.land, dtype=np.float32)
    return np.asarray(
        base + (blades + fields)[..., None] * np.asarray((1.0, 1.0, 0.7), dtype=np.float32)
    )


def _road(x: Floats, z: Floats, land: Land, seed: int, view: View) -> Floats:
    calm = np.clip(40 / np.maximum(z, 1), 0.1, 1)
    grain = noise(x, z, 0.18, seed + 7) * calm * 7 + noise(x, z, 2.6, seed + 8) * 4
    worn = noise(x * 3.0, z * 0.05, 2.0, seed + 9) * 5
    road = np.asarray(land.asphalt, dtype=np.float32) + (grain + worn)[..., None]
    if land.wet:
        shine = np.clip(1 - z / 130, 0, 1) * (0.5 + 0.5 * noise(x, z, 1.6, seed + 10))
        glassy = np.asarray(land.sky[1], dtype=np.float32) * 0.75
        road = road + (glassy - road) * (shine * land.wet)[..., None]
    low, high = land.middle
    if high > low:
        strip = ((x > low) & (x < high))[..., None]
        road = np.where(
            strip, np.asarray(land.land, dtype=np.float32) * 1.04 + grain[..., None], road
        )
    blur = np.maximum(z / view.focal / 2, 0.01)
    for line in land.lines:
        cover = np.clip((0.09 - np.abs(x - line.x)) / blur + 0.5, 0, 1)
        cover = cover * np.minimum(0.18 / blur, 1)
        if line.dashed:
            cover = cover * ((z % 15.0) < 6.0)
        worn_off = 0.78 + 0.2 * noise(x, z, 1.1, seed + 11)
        paint = np.asarray(line.colour, dtype=np.float32)
        road = road + (paint - road) * (cover * worn_off)[..., None]
    return np.asarray(road, dtype=np.float32)


def tunnel(view: View, half: float, top: float, lines: Sequence[Line], seed: int) -> Floats:
    """A tube with lamps along both edges of its ceiling."""
    rays = view.rays()
    x, z, on_floor = view.on_plane(rays)
    cx, cz, on_top = view.on_plane(rays, top)
    z = np.where(on_floor, z, np.where(on_top, cz, 5000.0))
    x = np.where(on_floor, x, cx)
    picture = np.zeros((*z.shape, 3), dtype=np.float32)
    land = Land(edge=half, lines=lines, asphalt=(74, 73, 70))
    lit = 0.55 + 0.3 * np.cos(z * 2 * np.pi / 12) * np.exp(-z / 90)
    floor = _road(x, z, land, seed, view) * lit[..., None]
    picture = np.where(on_floor[..., None], floor, np.asarray((40, 38, 35), dtype=np.float32))
    lamp = (np.abs(np.abs(cx) - half * 0.62) < 0.22) & ((cz % 6.0) < 3.4)
    halo = np.exp(-((np.abs(cx) - half * 0.62) ** 2) / 1.6) * 96
    ceiling = np.asarray((1.0, 0.9, 0.66), dtype=np.float32) * (44 + halo)[..., None]
    ceiling = np.where(lamp[..., None], np.asarray((255, 238, 190), dtype=np.float32), ceiling)
    picture = np.where((on_top & ~on_floor)[..., None], ceiling, picture)
    # the walls: where the ray leaves the tube to the side before floor or ceiling
    sideways = np.where(np.abs(rays[..., 0]) < 1e-4, 1e-4, rays[..., 0])
    t = np.where(sideways > 0, half - view.x, -half - view.x) / sideways
    wy, wz = view.height + rays[..., 1] * t, rays[..., 2] * t
    wall = (t > 0) & (wz < z) & (wy > 0) & (wy < top)
    tiles = np.where(wy < 3.0, 186.0, 92.0) * (
        0.62 + 0.3 * np.cos(wz * 2 * np.pi / 6) * np.exp(-wz / 60)
    )
    seams = np.where((np.abs(wz % 3.0) < 0.06) | (np.abs(wy - 3.0) < 0.08), 0.7, 1.0)
    shade = (tiles * seams + noise(wz, wy, 0.6, seed) * 6)[..., None]
    picture = np.where(
        wall[..., None], shade * np.asarray((1.0, 0.93, 0.78), dtype=np.float32), picture
    )
    clear = np.exp(-np.minimum(np.where(wall, wz, z), 2000) / 210)[..., None]
    return shrunk((picture * clear + np.asarray((88, 80, 66)) * (1 - clear)).astype(np.float32))


def trees(
    picture: Floats, view: View, beside: tuple[float, float], colour: Colour, haze: Colour,
    sight: float, seed: int,
) -> None:  # fmt: skip
    """A row of trees or bushes on each side, the far ones first."""
    random = np.random.default_rng(seed)
    rows, columns = picture.shape[:2]
    spots = [
        (side * random.uniform(*beside), z) for z in np.geomspace(420, 26, 70) for side in (-1, 1)
    ]
    for x, z in spots:
        if random.random() < 0.25:
            continue
        high = random.uniform(3.0, 7.0)
        clear = float(np.exp(-z / sight))
        for _ in range(20):
            at = (x + random.normal(0, 1.3), high * random.uniform(0.25, 1.0), z)
            pixel, depth = view.project(np.array([at], dtype=np.float32))
            radius = random.uniform(0.35, 0.95) * view.focal / float(depth[0])
            u, v = int(pixel[0, 0]), int(pixel[0, 1])
            reach = int(radius) + 1
            y0, y1 = max(v - reach, 0), min(v + reach, rows)
            x0, x1 = max(u - reach, 0), min(u + reach, columns)
            if x0 >= x1 or y0 >= y1:
                continue
            ys, xs = np.mgrid[y0:y1, x0:x1]
            cover = np.clip(radius - np.hypot(xs - u, ys - v), 0, 1)[..., None] * 0.9
            lit = random.uniform(0.62, 1.1) * (0.7 + 0.4 * at[1] / high)
            shade = np.asarray(colour) * lit * clear + np.asarray(haze) * (1 - clear)
            part = picture[y0:y1, x0:x1]
            part += (cover * (shade - part)).astype(np.float32)
