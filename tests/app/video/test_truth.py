"""The judge of pictures on labelled clips; all of them, and hours of roads: bench video-truth."""

import numpy as np
import pytest

from app.video.status import Look
from app.video.truth import Judge, luma_of, read_rules
from tests.support import labelled
from tests.support.roads import HEIGHT, WIDTH, Encoder, Scene, coded, frames, pictures

RULES = read_rules()


@pytest.mark.parametrize("clip", labelled.quick(), ids=lambda clip: clip.name)
def test_a_fault_is_caught_within_ten_seconds_and_not_before(clip: labelled.Clip) -> None:
    verdict = labelled.tried(clip, RULES)
    assert verdict.in_time
    assert verdict.false == ()


@pytest.mark.parametrize(
    ("scene", "encoder"),
    [
        (labelled.SCENES[3], labelled.ENCODERS[1]),  # all is copied between key frames
        (labelled.SCENES[5], labelled.ENCODERS[3]),
        (labelled.UNLIT, labelled.ENCODERS[2]),
    ],
    ids=lambda item: item.name,
)
def test_a_quiet_night_is_no_fault(scene: Scene, encoder: Encoder) -> None:
    assert labelled.false_alarms(scene, encoder, 60, 5, RULES) == []


@pytest.mark.parametrize(
    "scene",
    [
        Scene(name="lamps go out", light="night", vehicles=3, lamps_off_s=30),
        Scene(name="to infrared", light="night", vehicles=3, ir_s=30),
        Scene(name="truck before the lens", truck_s=(25, 50)),
        Scene(name="fog", fog_s=120),
    ],
    ids=lambda scene: scene.name,
)
def test_weather_light_and_traffic_are_no_fault(scene: Scene) -> None:
    assert labelled.false_alarms(scene, labelled.ENCODERS[1], 60, 1, RULES) == []


def test_a_camera_that_was_frozen_before_anybody_looked_is_caught() -> None:
    scene = labelled.SCENES[3]
    still = list(pictures(scene, 1))[-1]
    file = coded(iter([still] * 300), Encoder(name="", options=(("crf", "32"),)))
    assert [look for _, look in labelled.looks(labelled.timed(file), RULES)][-1:] == [Look.FROZEN]


def test_a_thawed_camera_is_good_again() -> None:
    file = coded(pictures(labelled.SCENES[2], 80), labelled.ENCODERS[3])
    played = list(labelled.timed(file))
    group = [frame for _, frame in played[325:338]]
    thawing = [
        (now, group[number % 13] if 338 <= number < 600 else frame)
        for number, (now, frame) in enumerate(played)
    ]
    assert [look for _, look in labelled.looks(iter(thawing), RULES)] == [Look.FROZEN, Look.GOOD]


def test_another_size_or_view_starts_afresh() -> None:
    judge = Judge(RULES)
    dark = np.full((HEIGHT, WIDTH), 16, np.uint8)
    looks = [judge.look_at(dark, second, key=False) for second in range(8)]
    assert looks[-1] is Look.BLACK
    assert judge.look_at(dark[:144, :176], 8.0, key=False) is not Look.BLACK
    judge.forget()
    assert judge.look_at(dark[:144, :176], 20.0, key=False) is not Look.BLACK


@pytest.mark.parametrize("size", [(2, 2), (64, 64), (97, 65), (120, 160), (1080, 1920)])
def test_pictures_of_any_size_are_judged(size: tuple[int, int]) -> None:
    judge, random = Judge(RULES), np.random.default_rng(1)
    for second in range(20):
        luma = random.integers(0, 255, size, dtype=np.uint8)
        assert judge.look_at(luma, float(second), key=True) in (Look.GOOD, Look.UNKNOWN)


def test_brightness_is_read_from_the_frame_without_its_padding() -> None:
    file = coded(pictures(Scene(name="day"), 1), labelled.ENCODERS[0])
    frame = next(frames(file))
    assert luma_of(frame).shape == (HEIGHT, WIDTH)
    gray = frame.reformat(format="gray").to_ndarray()
    assert np.abs(luma_of(frame).astype(int) - gray).max() <= 20  # limited range
