"""The last half minute as it came, and a file of it."""

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from app.video.clip import CodecError, EmptyClipError, Provenance, write_clip
from app.video.ring import (
    KEPT_BYTES,
    KEPT_S,
    RECORDED_BYTES,
    RECORDED_S,
    End,
    Recording,
    Ring,
    Track,
)

TRACK = Track("h264", 64, 48, Fraction(1, 90_000), b"")
ORIGIN = Provenance(
    code="12011400001310000002", name="G25 K1103+050 下行", channel="1",
    taken_at=datetime(2026, 7, 15, 22, 16, 3, tzinfo=UTC), author="王伟",
)  # fmt: skip


def packet(number: int, *, key: bool = False, size: int = 1000) -> "av.Packet[Any]":
    made = av.Packet(bytes([number % 251]) * size)
    made.dts = made.pts = number * 3600
    made.is_keyframe = key
    return made


def filled(seconds: int, *, size: int = 1000, key_every: int = 25) -> Ring:
    ring = Ring()
    ring.begin(TRACK)
    for number in range(seconds * 25):
        ring.add(packet(number, key=number % key_every == 0, size=size), number / 25)
    return ring


def stream(
    codec: str = "libx264", form: str = "mpegts", options: dict[str, str] | None = None
) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=form) as file:
        video = file.add_stream(codec, rate=25)
        assert isinstance(video, av.VideoStream)
        video.width, video.height, video.pix_fmt = 128, 96, "yuv420p"
        video.codec_context.gop_size = 12
        video.options = dict(options or {})
        for number in range(60):
            luma = np.full((144, 128), 128, np.uint8)
            luma[:96, : number * 2] = 30 + number
            file.mux(video.encode(av.VideoFrame.from_ndarray(luma, format="yuv420p")))
        file.mux(video.encode())
    return out.getvalue()


def read_into(ring: Ring, data: bytes, start: float = 0.0) -> int:
    count = 0
    with av.open(io.BytesIO(data), "r") as file:
        ring.begin(Track.of(file.streams.video[0]))
        for number, item in enumerate(file.demux(video=0)):
            ring.add(item, start + number / 25)
            count += item.size > 0
    return count


def times(path: Path) -> Iterator[float]:
    with av.open(str(path)) as file:
        for frame in file.decode(video=0):
            assert frame.time is not None
            yield frame.time


def test_half_a_minute_is_kept_from_a_key_frame_on() -> None:
    ring = filled(95)
    kept = ring.record(95.0).samples
    assert kept[0].key
    assert 30.0 <= 95.0 - kept[0].arrived < 31.1
    assert ring.size == sum(len(sample.data) for sample in kept)


def test_a_fat_stream_is_kept_for_less_time_within_its_memory() -> None:
    ring = filled(40, size=20_000)
    assert 5_000_000 < ring.size <= KEPT_BYTES
    assert ring.record(0.0).samples[0].key


def test_key_frames_that_are_far_apart_do_not_break_the_limit() -> None:
    ring = filled(60, size=20_000, key_every=1000)
    assert ring.size <= KEPT_BYTES


def test_what_came_before_a_line_was_lost_for_long_is_forgotten() -> None:
    ring = filled(10)
    assert ring.record(10.0 + KEPT_S).samples == ()
    ring = filled(10)
    ring.add(packet(0, key=True), 600.0)
    assert [sample.arrived for sample in ring.record(600.0).samples] == [600.0]


def test_a_recording_of_a_lost_line_ends_when_its_time_is_over() -> None:
    recording = filled(10).record(10.0)
    recording.watch(10.0 + RECORDED_S)
    before = recording.end
    recording.watch(10.1 + RECORDED_S)
    assert (before, recording.end) == (End.NONE, End.LONG)


def test_packets_before_the_first_key_frame_are_left_out() -> None:
    ring = Ring()
    ring.begin(TRACK)
    ring.add(packet(1), 0.0)
    assert ring.size == 0


def test_a_recording_begins_with_what_is_kept_and_goes_on_until_stopped() -> None:
    ring = filled(10)
    recording = ring.record(10.0)
    ring.add(packet(250, key=True), 10.0)
    recording.stop()
    ring.add(packet(251), 10.04)
    assert len(recording.samples) == 251
    assert recording.end is End.STOPPED


def test_a_recording_ends_by_itself_when_long_or_large() -> None:
    ring = filled(1)
    long, large = ring.record(1.0), filled(1)
    ring.add(packet(26), 1.1 + RECORDED_S)
    assert long.end is End.LONG
    recording = large.record(1.0)
    for number in range(30):
        large.add(packet(number, size=1_000_000), 2.0)
    assert recording.end is End.LARGE
    assert sum(len(sample.data) for sample in recording.samples) <= RECORDED_BYTES


def test_another_codec_ends_a_recording_and_empties_the_ring() -> None:
    ring = filled(5)
    recording = ring.record(5.0)
    ring.begin(replace(TRACK, codec="hevc"))
    assert (recording.end, ring.size) == (End.CHANGED, 0)


def test_the_same_stream_opened_anew_goes_on() -> None:
    ring = filled(5)
    recording = ring.record(5.0)
    ring.begin(TRACK)
    ring.add(packet(0, key=True), 9.0)
    assert recording.end is End.NONE
    assert len(recording.samples) == 126


def test_reading_and_recording_side_by_side_lose_nothing() -> None:
    ring = Ring()
    taken: list[Recording] = []
    ring.begin(TRACK)

    def read() -> None:
        for number in range(2000):
            ring.add(packet(number, key=number % 25 == 0, size=10), number / 250)

    thread = threading.Thread(target=read)
    thread.start()
    while thread.is_alive() and len(taken) < 20:
        taken.append(ring.record(0.0))
    thread.join()
    for recording in taken:
        numbers = [sample.dts for sample in recording.samples]
        assert numbers == list(range(numbers[0] or 0, 2000 * 3600, 3600)) if numbers else True


@pytest.mark.parametrize(
    ("codec", "form", "options"),
    [
        ("libx264", "mpegts", {}),
        ("libx264", "mpegts", {"bf": "0"}),
        ("libx264", "matroska", {"bf": "0"}),
        ("libx265", "mpegts", {"x265-params": "log-level=none"}),
    ],
)
def test_a_clip_holds_every_frame_as_it_came(
    tmp_path: Path, codec: str, form: str, options: dict[str, str]
) -> None:
    ring = Ring()
    sent = read_into(ring, stream(codec, form, options))
    recording = ring.record(3.0)
    path = tmp_path / "clip.mp4"
    seconds = write_clip(path, recording.track, recording.samples, ORIGIN)
    shown = list(times(path))
    assert len(shown) == sent == 60
    assert shown == sorted(shown)
    assert seconds == pytest.approx(60 / 25, abs=0.2)


def test_a_source_that_told_its_parameters_only_within_the_stream_is_written(
    tmp_path: Path,
) -> None:
    ring = Ring()
    read_into(ring, stream())
    recording = ring.record(3.0)
    assert recording.track is not None
    bare = replace(recording.track, extradata=b"")
    write_clip(tmp_path / "clip.mp4", bare, recording.samples, ORIGIN)
    assert len(list(times(tmp_path / "clip.mp4"))) == 60


def test_who_what_and_when_stand_in_the_file(tmp_path: Path) -> None:
    ring = Ring()
    read_into(ring, stream())
    recording = ring.record(3.0)
    write_clip(tmp_path / "clip.mp4", recording.track, recording.samples, ORIGIN)
    with av.open(str(tmp_path / "clip.mp4")) as file:
        tags = dict(file.metadata)
    assert tags["title"] == ORIGIN.name
    assert ORIGIN.code in tags["comment"]
    assert "2026-07-15T22:16:03" in tags["comment"]
    assert tags["artist"] == "王伟"


def test_a_stream_that_was_lost_goes_on_after_a_gap(tmp_path: Path) -> None:
    ring, data = Ring(), stream(options={"bf": "0"})
    read_into(ring, data)
    recording = ring.record(3.0)
    read_into(ring, data, start=12.0)
    recording.stop()
    assert recording.track is not None
    write_clip(tmp_path / "clip.mp4", recording.track, recording.samples, ORIGIN)
    shown = list(times(tmp_path / "clip.mp4"))
    steps = [after - before for before, after in pairwise(shown)]
    assert len(shown) == 120
    assert min(steps) > 0
    assert max(steps) == pytest.approx(12.0 - 59 / 25, abs=0.1)


def test_wild_times_of_the_source_become_growing_ones(tmp_path: Path) -> None:
    ring = Ring()
    read_into(ring, stream(options={"bf": "0"}))
    recording = ring.record(3.0)
    wild = [
        replace(sample, dts=None if number % 7 == 3 else (number * 7919) % 99_991, pts=None)
        for number, sample in enumerate(recording.samples)
    ]
    write_clip(tmp_path / "clip.mp4", recording.track, wild, ORIGIN)
    shown = list(times(tmp_path / "clip.mp4"))
    assert len(shown) == 60
    assert shown == sorted(set(shown))


def test_nothing_to_see_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(EmptyClipError):
        write_clip(tmp_path / "clip.mp4", TRACK, (), ORIGIN)
    assert list(tmp_path.iterdir()) == []


def test_a_codec_that_does_not_fit_leaves_no_file(tmp_path: Path) -> None:
    ring = filled(2)
    recording = ring.record(2.0)
    track = replace(TRACK, codec="prores", width=0, height=0)
    with pytest.raises(CodecError):
        write_clip(tmp_path / "clip.mp4", track, recording.samples, ORIGIN)
    assert list(tmp_path.iterdir()) == []
