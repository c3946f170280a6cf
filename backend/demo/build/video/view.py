"""A pinhole camera over a road, and painting flat faces with soft edges."""

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

import numpy as np
import numpy.typing as npt

type Floats = npt.NDArray[np.floating[Any]]
type Colour = tuple[float, float, float]
WIDTH, HEIGHT = 704, 576
_COLUMNS = np.arange(WIDTH, dtype=np.float32) + 0.5
_ROWS = (np.arange(HEIGHT, dtype=np.float32) + 0.5)[:, None]


@dataclass(frozen=True, slots=True)
class View:
    """Metres: x to the right, y up, z along the road. The camera stands at (x, height, 0),
    looks along z and down by `pitch`; `turn` pixels to the side. `curve`: the road's middle
    lies at curve · z²."""

    height: float = 9.0
    x: float = 0.0
    pitch: float = 12.0
    focal: float = 700.0
    turn: float = 0.0
    curve: float = 0.0

    def project(self, points: Floats) -> tuple[Floats, Floats]:
        """(n, 3) metres to (n, 2) pixels, and the depths in metres."""
        s, c = sin(radians(self.pitch)), cos(radians(self.pitch))
        x = points[:, 0] - self.x + self.curve * points[:, 2] ** 2
        y = points[:, 1] - self.height
        depth = np.maximum(points[:, 2] * c - y * s, 0.5)
        up = y * c + points[:, 2] * s
        u = WIDTH / 2 + self.turn + self.focal * x / depth
        return np.stack([u, HEIGHT / 2 - self.focal * up / depth], axis=1), depth

    def rays(self, scale: int = 2) -> Floats:
        """Directions through every pixel, `scale`² to a pixel: (rows, columns, 3)."""
        s, c = sin(radians(self.pitch)), cos(radians(self.pitch))
        across = (np.arange(WIDTH * scale) + 0.5) / scale - WIDTH / 2 - self.turn
        down = (np.arange(HEIGHT * scale) + 0.5) / scale - HEIGHT / 2
        u, v = np.meshgrid(across / self.focal, down / self.focal)
        return np.stack([u, -s - v * c, c - v * s], axis=2).astype(np.float32)

    def on_plane(self, rays: Floats, y: float = 0.0) -> tuple[Floats, Floats, npt.NDArray[np.bool]]:
        """x from the road's middle, z and where the rays meet the plane at all."""
        meets = rays[..., 1] < -1e-4 if y < self.height else rays[..., 1] > 1e-4
        t = np.where(meets, (y - self.height) / np.where(meets, rays[..., 1], 1), 0)
        z = rays[..., 2] * t
        return self.x + rays[..., 0] * t - self.curve * z**2, z, meets & (z > 0)


def shrunk(picture: Floats, scale: int = 2) -> Floats:
    rows, columns = picture.shape[0] // scale, picture.shape[1] // scale
    blocks = picture.reshape(rows, scale, columns, scale, 3)
    return np.ascontiguousarray(blocks.mean(axis=(1, 3)), dtype=np.float32)


def fill(picture: Floats, corners: Floats, colour: Colour, alpha: float = 1.0) -> None:
    """Paint a convex polygon of (n, 2) pixels; its edge is one pixel soft."""
    points: list[tuple[float, float]] = corners.tolist()
    ends = [*points[1:], points[0]]
    area = sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, ends, strict=True))
    if abs(area) < 0.5:
        return
    x0 = max(int(min(x for x, _ in points)) - 1, 0)
    y0 = max(int(min(y for _, y in points)) - 1, 0)
    x1 = min(int(max(x for x, _ in points)) + 2, WIDTH)
    y1 = min(int(max(y for _, y in points)) + 2, HEIGHT)
    if x0 >= x1 or y0 >= y1:
        return
    side = 1.0 if area > 0 else -1.0
    xs, ys = _COLUMNS[x0:x1], _ROWS[y0:y1]
    cover: Floats | None = None
    for (ax, ay), (bx, by) in zip(points, ends, strict=True):
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        if length < 1e-3:
            continue
        u, v = side * (bx - ax) / length, side * (by - ay) / length
        inside = (ys * u - (ay * u - ax * v - 0.5)) - xs * v
        cover = inside if cover is None else np.minimum(cover, inside)
    if cover is None:
        return
    np.minimum(cover, 1, out=cover)
    np.maximum(cover, 0, out=cover)
    if alpha < 1:
        cover *= alpha
    part = picture[y0:y1, x0:x1]
    part += cover[..., None] * (np.array(colour, dtype=np.float32) - part)


def glow(picture: Floats, at: Floats, radius: float, colour: Colour, flat: float = 1.0) -> None:
    """Add a soft light of a radius in pixels; `flat` presses it down to an ellipse."""
    reach_x, reach_y = int(radius * 2.2) + 2, int(radius * 2.2 * flat) + 2
    x0, y0 = max(int(at[0]) - reach_x, 0), max(int(at[1]) - reach_y, 0)
    x1, y1 = min(int(at[0]) + reach_x, WIDTH), min(int(at[1]) + reach_y, HEIGHT)
    if x0 >= x1 or y0 >= y1:
        return
    xs = (np.arange(x0, x1, dtype=np.float32) - at[0]) / radius
    ys = ((np.arange(y0, y1, dtype=np.float32) - at[1]) / (radius * flat))[:, None]
    light = np.exp(-1.5 * (xs**2 + ys**2))
    picture[y0:y1, x0:x1] += light[..., None] * np.asarray(colour, dtype=np.float32)


def noise(x: Floats, z: Floats, size: float, seed: int) -> Floats:
    """Smooth noise of -1 to 1 over the ground, `size` metres a wave."""
    table = np.random.default_rng(seed).uniform(-1, 1, (256, 256)).astype(np.float32)
    u, v = x / size, z / size
    iu, iv = np.floor(u).astype(int), np.floor(v).astype(int)
    fu, fv = u - iu, v - iv
    fu, fv = fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)
    low = table[iu % 256, iv % 256] * (1 - fu) + table[(iu + 1) % 256, iv % 256] * fu
    high = table[iu % 256, (iv + 1) % 256] * (1 - fu) + table[(iu + 1) % 256, (iv + 1) % 256] * fu
    return np.asarray(low * (1 - fv) + high * fv, dtype=np.float32)
