"""Roads as a camera sees them, drawn; through a real encoder, so that its artefacts are real.

A scene is what lies before the lens, a fault what becomes of the camera, an encoder what
the line carries. Pictures are brightness alone, 352 x 288 at 12.5 a second.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 352, 288
RATE = Fraction(25, 2)

type Field = npt.NDArray[np.float32]
type Luma = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`noise`: of the sensor, in steps of brightness (sigma); `denoise`: what of a new frame
    the camera's own noise filter lets in, 1 = off; `vehicles`: a minute; `fog_s`: from clear to
    dense; `rain`: share of the picture in streaks; `shake`: pixels; `lamps_off_s`, `ir_s`: when
    the street lamps go out, when the camera changes to infrared; `truck_s`: from when to when a
    truck stands before the lens; `clock`: time burnt into the picture."""

    name: str
    light: str = "day"
    noise: float = 2.0
    denoise: float = 1.0
    vehicles: float = 20.0
    fog_s: float = 0.0
    rain: float = 0.0
    shake: float = 0.0
    lamps_off_s: float = 1e9
    ir_s: float = 1e9
    truck_s: tuple[float, float] = (1e9, 1e9)
    clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """`options` of libx264; `key_s`: seconds from key frame to key frame."""

    name: str
    options: tuple[tuple[str, str], ...] = (("crf", "30"),)
    rate: int = 0
    key_s: float = 1.0


def pictures(
    scene: Scene,
    seconds: float,
    seed: int = 0,
    *,
    fault: str = "",
    at_s: float = 1e9,
    rate: Fraction = RATE,
) -> Iterator[Luma]:
    """What the camera hands to its encoder, frame by frame."""
    camera = _Camera(scene, seed)
    held: Field | None = None
    for number in range(int(seconds * rate)):
        now = float(number / rate)
        if now < at_s or fault != "freeze":
            held = camera.frame(now)
        assert held is not None
        seen = FAULTS[fault](held, camera, now - at_s) if now >= at_s and fault else held
        luma = np.clip(np.rint(seen), 0, 255).astype(np.uint8)
        if scene.clock:
            _burn_clock(luma, int(now), seed)
        yield luma


def coded(lumas: Iterator[Luma], encoder: Encoder, rate: Fraction = RATE) -> bytes:
    """A Matroska file of them."""
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as file:
        stream = file.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.gop_size = round(encoder.key_s * rate)
        stream.codec_context.thread_count = 1
        stream.options = {"preset": "veryfast", "tune": "zerolatency", "sc_threshold": "0"}
        stream.options |= dict(encoder.options)
        if encoder.rate:
            stream.bit_rate = encoder.rate
        planes = np.full((HEIGHT * 3 // 2, WIDTH), 128, np.uint8)
        for luma in lumas:
            planes[:HEIGHT] = luma
            file.mux(stream.encode(av.VideoFrame.from_ndarray(planes, format="yuv420p")))
        file.mux(stream.encode())
    return out.getvalue()


def frames(file: bytes | Path) -> Iterator[av.VideoFrame]:
    with av.open(io.BytesIO(file) if isinstance(file, bytes) else str(file), "r") as container:
        yield from container.decode(video=0)


class _Camera:
    def __init__(self, scene: Scene, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.scene = scene
        self._still = _road(scene.light, seed)
        self._dark = _road("unlit", seed)
        self._filtered: Field | None = None
        self._noise = _noise_bank()
        self._offset = 0.0

    def noise(self, sigma: float) -> Field:
        top, left = self.random.integers(0, HEIGHT), self.random.integers(0, WIDTH)
        return self._noise[top : top + HEIGHT, left : left + WIDTH] * np.float32(sigma)

    def frame(self, now: float) -> Field:
        scene = self.scene
        view = (self._dark if now >= scene.lamps_off_s else self._still).copy()
        view *= np.float32(1 + 0.04 * np.sin(now / 17))  # clouds, voltage
        self._vehicles(view, now)
        if scene.truck_s[0] <= now < scene.truck_s[1]:
            view[60:260, 40:230] = 120 if scene.light == "day" else 45
            view[60:260:40, 40:230] += 25
        if scene.fog_s:
            clear = np.float32(np.exp(-3.5 * min(now / scene.fog_s, 1)))
            view = view * clear + np.float32(150 if scene.light == "day" else 40) * (1 - clear)
        if now >= scene.ir_s:
            view = 35 + view * np.float32(0.5)
        if scene.rain:
            self._rain(view)
        if scene.shake:
            view = np.roll(view, self._shaken(), (0, 1))
        view += self.noise(scene.noise)
        if scene.denoise < 1:
            last = view if self._filtered is None else self._filtered
            moves = np.abs(view - last) > 12
            view = np.where(moves, view, last + (view - last) * np.float32(scene.denoise))
            self._filtered = view
        return view

    def _vehicles(self, view: Field, now: float) -> None:
        for lane, centre in enumerate((0.42, 0.58)):
            gap = 120 / max(self.scene.vehicles, 1e-3)
            number = int(now / gap)
            late = (number * 7919 + lane * 104729) % 97 / 97 * gap * 0.5
            near = (now - number * gap - late) / 5.0  # five seconds from far to near
            if 0 <= near <= 1:
                _draw_vehicle(view, centre, near, night=self.scene.light != "day")

    def _rain(self, view: Field) -> None:
        count = int(self.scene.rain * WIDTH * HEIGHT / 12)
        tops = self.random.integers(0, HEIGHT - 12, count)
        lefts = self.random.integers(0, WIDTH, count)
        for step in range(12):
            view[tops + step, (lefts + step // 4) % WIDTH] += 28

    def _shaken(self) -> tuple[int, int]:
        shift = np.rint(self.random.normal(0, self.scene.shake, 2)).astype(int)
        return int(shift[0]), int(shift[1])


def _draw_vehicle(view: Field, centre: float, near: float, *, night: bool) -> None:
    size = int(6 + 50 * near * near)
    y = int(100 + 150 * near * near)
    x = int(WIDTH * (0.5 + (centre - 0.5) * (0.3 + 2.2 * near)))
    box = view[max(y - size, 0) : y, max(x - size // 2, 0) : x + size // 2]
    if not night:
        box[:] = 70
        box[: size // 3] = 150
        box[-size // 5 :: 3] = 20
        return
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    for side in (-1, 1):
        away = (rows - y + size // 4) ** 2 + (columns - x - side * size // 3) ** 2
        view += np.float32(220) * np.exp(-away / np.float32(2 + size * size / 40))
        view += np.float32(40) * np.exp(-away / np.float32(60 + size * size * 4))


@cache
def _road(light: str, seed: int) -> Field:
    random = np.random.default_rng(seed + 1000)
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    texture = random.normal(0, 1, (HEIGHT // 2, WIDTH // 2)).repeat(2, 0).repeat(2, 1)
    ground, sky, contrast, lamps = {
        "day": (95, 190, 14, 0), "night": (38, 19, 4, 150), "unlit": (20, 17, 1.5, 12),
    }[light]  # fmt: skip
    view = np.where(rows < 90, np.float32(sky), np.float32(ground)) + texture * contrast * 0.6
    view[:90] -= texture[:90] * np.float32(contrast * 0.5)
    on_road = np.abs(columns - WIDTH / 2) < 10 + (rows - 90).clip(0) * 0.9
    view[on_road & (rows > 90)] -= ground * 0.25
    marks = random.normal(0, 1, (9, 4))
    for row in range(96, HEIGHT, 24):
        width = 1 + (row - 90) // 50
        view[row : row + 10, WIDTH // 2 - width : WIDTH // 2 + width] += contrast * 7
    for number, x in enumerate(range(20, WIDTH, 44)):
        height = int(20 + abs(marks[number % 9, 0]) * 20)
        view[90 - height : 94, x : x + 3 + number % 4 * 6] -= sky * 0.4 if light == "day" else 5
        away = (rows - 60) ** 2 + (columns - x) ** 2
        view += np.float32(lamps) * np.exp(-away / 12)
        view += np.float32(lamps / 6) * np.exp(-((rows - 110) ** 2 + (columns - x) ** 2) / 900)
    return view.astype(np.float32)


@cache
def _noise_bank() -> Field:
    bank = np.random.default_rng(7).normal(0, 1, (2 * HEIGHT, 2 * WIDTH))
    return bank.astype(np.float32)


def _burn_clock(luma: Luma, second: int, seed: int) -> None:
    digits = np.random.default_rng((second, seed)).integers(0, 2, (4, 2))
    date = np.random.default_rng(seed).integers(0, 2, (4, 26))
    text = np.concatenate([date, digits], 1).repeat(3, 0).repeat(4, 1)
    luma[6:22, 6:126] = 16
    luma[8:20, 10:122] = text * 215 + 16


def _black(view: Field, camera: _Camera, since: float) -> Field:
    return np.full_like(view, 16) + camera.noise(0.7)


def _covered(view: Field, camera: _Camera, since: float) -> Field:
    """A bag over the lens: what light there is, without anything to see."""
    return np.full_like(view, view.mean() * 0.6) + camera.noise(1.5)


def _defocused(view: Field, camera: _Camera, since: float) -> Field:
    """Within two seconds the lens runs out of focus; the noise stays sharp."""
    radius = int(min(since / 2, 1) * 5)
    soft = view
    for _ in range(4):  # twice along the rows, twice along the columns
        soft = _smoothed(soft, radius).T
    return soft + camera.noise(camera.scene.noise * 0.7)


def _smoothed(view: Field, radius: int) -> Field:
    wide = np.pad(view, [(0, 0), (radius + 1, radius)], "edge")
    total = np.cumsum(wide, 1, dtype=np.float32)
    size = 2 * radius + 1
    return np.asarray((total[:, size:] - total[:, :-size]) / size, np.float32)


FAULTS: dict[str, Callable[[Field, _Camera, float], Field]] = {
    "freeze": lambda view, camera, since: view,
    "black": _black,
    "covered": _covered,
    "defocus": _defocused,
}
