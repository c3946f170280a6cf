"""Labelled clips for the judge of pictures: what lies before the camera, what becomes of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import av

from app.video.status import Look
from app.video.truth import Judge, luma_of
from tests.support.roads import RATE, Encoder, Scene, coded, frames, pictures

AT_S = 30.3
WITHIN_S = 10.0
LOOKS_S = 0.48

SCENES = (
    Scene(name="day"),
    Scene(name="rain, clock", rain=0.01, clock=True),
    Scene(name="night", light="night", noise=3, vehicles=6, clock=True),
    Scene(name="quiet night", light="night", noise=3, vehicles=0.3),
    Scene(name="quiet night, hardly noise", light="night", noise=0.4, vehicles=0.3),
    Scene(name="quiet night, noise filter", light="night", denoise=0.05, noise=3, vehicles=0.3),
)
UNLIT = Scene(name="unlit road", light="unlit", noise=1.0, vehicles=0.2)
WEATHER = (
    Scene(name="fog within four minutes", fog_s=240),
    Scene(name="fog at night", light="night", noise=2, vehicles=3, fog_s=600),
    Scene(name="lamps go out", light="night", noise=2, vehicles=3, lamps_off_s=60),
    Scene(name="to infrared", light="night", noise=2, vehicles=3, ir_s=60),
    Scene(name="truck before the lens", truck_s=(60, 110)),
    Scene(name="wind", shake=1.2),
    Scene(name="headlights", light="night", noise=2, vehicles=60),
    Scene(name="heavy rain", rain=0.03),
)
ENCODERS = (
    Encoder(name="quality 32", options=(("crf", "32"),), key_s=2),
    Encoder(name="quality 38", options=(("crf", "38"),)),
    Encoder(name="64 kbit/s", options=(), rate=64_000, key_s=2),
    Encoder(name="300 kbit/s", options=(("maxrate", "300k"), ("bufsize", "600k")), rate=300_000),
    Encoder(
        name="128 kbit/s, filled",
        options=(
            ("nal-hrd", "cbr"), ("maxrate", "128k"), ("minrate", "128k"), ("bufsize", "128k"),
        ),
        rate=128_000,
    ),
)  # fmt: skip
FAULTS = ("freeze", "repeat", "black", "covered", "defocus")
"""freeze: the sensor stands still, its encoder goes on; repeat: the last group is sent again."""
EXPECTED = {
    "freeze": (Look.FROZEN,),
    "repeat": (Look.FROZEN,),
    "black": (Look.BLACK, Look.FROZEN),
    "covered": (Look.BLURRED, Look.BLACK, Look.FROZEN),
    "defocus": (Look.BLURRED,),
}


@dataclass(frozen=True, slots=True)
class Clip:
    scene: Scene
    encoder: Encoder
    fault: str = ""
    seed: int = 0

    @property
    def name(self) -> str:
        return f"{self.fault or 'alive'}: {self.scene.name}, {self.encoder.name}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`caught_s`: after the fault; `false`: what was called before it, with its time."""

    caught_s: float | None
    false: tuple[tuple[float, Look], ...]

    @property
    def in_time(self) -> bool:
        return self.caught_s is not None and self.caught_s <= WITHIN_S


def faulty(faults: tuple[str, ...] = FAULTS) -> list[Clip]:
    clips = product(faults, SCENES, ENCODERS)
    return [Clip(scene, encoder, fault) for fault, scene, encoder in clips]


def tried(clip: Clip, rules: dict[str, Any]) -> Verdict:
    changes = list(looks(_played(clip), rules))
    false = tuple((at, look) for at, look in changes if at < AT_S and look is not Look.GOOD)
    caught = [at for at, look in changes if at >= AT_S and look in EXPECTED[clip.fault]]
    return Verdict(caught[0] - AT_S if caught else None, false)


def false_alarms(
    scene: Scene, encoder: Encoder, seconds: float, seed: int, rules: Any, rate: Fraction = RATE
) -> list[tuple[float, Look]]:
    """What is called a fault where there is none."""
    file = coded(pictures(scene, seconds, seed, rate=rate), encoder, rate)
    return [(at, look) for at, look in looks(timed(file, rate), rules) if look is not Look.GOOD]


def looks(
    played: Iterator[tuple[float, av.VideoFrame]], rules: dict[str, Any]
) -> Iterator[tuple[float, Look]]:
    """Each change of what the judge holds true, with its time; shown to it as a player does."""
    judge, last, before = Judge(rules), -1.0, Look.GOOD
    for now, frame in played:
        if not (frame.key_frame or now - last >= LOOKS_S):
            continue
        last = now
        look = judge.look_at(luma_of(frame), now, key=frame.key_frame)
        if look is not before:
            yield now, look
        before = look


def _played(clip: Clip) -> Iterator[tuple[float, av.VideoFrame]]:
    seconds = AT_S + WITHIN_S + 3
    drawn = clip.fault if clip.fault != "repeat" else ""
    file = coded(pictures(clip.scene, seconds, clip.seed, fault=drawn, at_s=AT_S), clip.encoder)
    if clip.fault != "repeat":
        yield from timed(file)
        return
    group: list[av.VideoFrame] = []
    for now, frame in timed(file):
        if now >= AT_S and frame.key_frame:
            break
        group = [frame] if frame.key_frame else [*group, frame]
        yield now, frame
    start = now
    for number in range(int((seconds - start) * RATE)):
        yield start + float(number / RATE), group[number % len(group)]


def timed(file: bytes, rate: Fraction = RATE) -> Iterator[tuple[float, av.VideoFrame]]:
    for number, frame in enumerate(frames(file)):
        yield float(number / rate), frame


def quick() -> list[Clip]:
    """Each fault by day and in a quiet night."""
    chosen = [(0, 0), (3, 3)]
    return [Clip(SCENES[s], ENCODERS[e], fault) for fault in FAULTS for s, e in chosen]
