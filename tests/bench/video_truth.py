"""Frozen, black, covered and blurred pictures caught on labelled clips; false alarms by the hour.

The clips are drawn roads through libx264 (tests/support/labelled.py). For the hours two frames
a second are coded, as the judge sees hardly more than that.
`python -m tests.bench.video_truth HOURS` looks at quiet nights for longer.
"""

import math
import multiprocessing
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from fractions import Fraction
from typing import Any

from app.video.truth import Judge, luma_of, read_rules
from tests.support import labelled
from tests.support.roads import RATE, Encoder, Scene, coded, frames, pictures

HOURS = 6.0
STRETCH_S = 1800.0
SLOW = Fraction(2)

NIGHTS = (*labelled.SCENES[2:], labelled.UNLIT)


def run(hours: float = HOURS) -> dict[str, Any]:
    clips = labelled.faulty()
    missed, early, caught = Counter[str](), 0, []
    for clip, verdict in zip(clips, _all(_try, clips), strict=True):
        early += len(verdict.false)
        caught.append(verdict.caught_s)
        if not verdict.in_time:
            missed[clip.fault] += 1
            print(f"missed  {clip.name}: {verdict.caught_s}")
    for fault, count in sorted(Counter(clip.fault for clip in clips).items()):
        print(f"{fault:<8} {count - missed[fault]} of {count} within {labelled.WITHIN_S:.0f} s")
    times = sorted(s for s in caught if s is not None)
    p95 = times[math.ceil(0.95 * len(times)) - 1]
    weather = sum(_all(_weather, [(s, e) for s in labelled.WEATHER for e in labelled.ENCODERS]))
    nights = list(_nights(hours))
    alarms = sum(_all(_night, nights))
    seen_h = len(nights) * STRETCH_S / 3600
    print(f"false alarms: {early} before a fault, {weather} in changing weather and light,")
    print(f"  {alarms} in {seen_h:.1f} hours of night, with and without traffic")
    return {
        "clips": len(clips),
        "caught_share": round(1 - missed.total() / len(clips), 4),
        "caught_p95_s": round(p95, 1),
        "false_weather": weather + early,
        "night_hours": seen_h,
        "false_per_day": round(alarms / seen_h * 24, 2),
        "look_ms": round(_cost_ms(), 2),
    }


def _all[T, R](work: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context) as pool:
        yield from pool.map(work, items)


def _try(clip: labelled.Clip) -> labelled.Verdict:
    return labelled.tried(clip, read_rules())


def _weather(given: tuple[Scene, Encoder]) -> int:
    found = labelled.false_alarms(*given, 150, 3, read_rules())
    if found:
        print("false  ", given[0].name, given[1].name, found, flush=True)
    return len(found)


def _nights(hours: float) -> Iterator[tuple[Scene, Encoder, int]]:
    every = [(scene, encoder) for scene in NIGHTS for encoder in labelled.ENCODERS]
    for number in range(math.ceil(hours * 3600 / STRETCH_S)):
        yield *every[number * 7 % len(every)], number


def _night(given: tuple[Scene, Encoder, int]) -> int:
    scene, encoder, seed = given
    share = SLOW / RATE
    options = tuple((key, _slower(value, share)) for key, value in encoder.options)
    slow = replace(encoder, rate=int(encoder.rate * share), options=options)
    found = labelled.false_alarms(scene, slow, STRETCH_S, seed, read_rules(), SLOW)
    if found:
        print("false  ", scene.name, encoder.name, seed, found, flush=True)
    return len(found)


def _slower(value: str, share: Fraction) -> str:
    """As many bits a frame."""
    return f"{int(int(value[:-1]) * share)}k" if value.endswith("k") else value


def _cost_ms() -> float:
    """Of one look at a key frame of 704 x 576."""
    frame = next(frames(coded(pictures(labelled.SCENES[0], 1), labelled.ENCODERS[0])))
    frame = frame.reformat(width=704, height=576)
    judge = Judge(read_rules())
    for second in range(20):
        judge.look_at(luma_of(frame), float(second), key=True)
    began = time.process_time()
    for second in range(20, 120):
        judge.look_at(luma_of(frame), float(second), key=True)
    return (time.process_time() - began) * 10


if __name__ == "__main__":
    print(run(float(sys.argv[1]) if len(sys.argv) > 1 else HOURS))
