"""The demo city's streams: endless, in order, named like their camera, and failing on purpose."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

import av
import httpx
import msgspec
import pytest

from app.api.client import Api
from app.api.errors import InvalidError
from app.domain.camera import Camera, Health
from backend.bodies import Quality
from backend.context import Context, open_context
from backend.demo.media import FOLDER, TICKS, Broadcast, Clip, Shown, TsWriter, read_clip
from backend.demo.people import FOLDER as CITY
from backend.services.demo_city import seed_once
from backend.services.media import Media
from backend.settings import Settings
from tests.backend.conftest import client_of, serving

LIMIT_BYTES = 25_000_000


@dataclass
class Ticks:
    now: float = 5000.0

    def __call__(self) -> float:
        return self.now


def rows() -> list[Shown]:
    return msgspec.json.decode((FOLDER / "cameras.json").read_bytes(), type=list[Shown])


def cameras() -> list[Camera]:
    return msgspec.json.decode((CITY / "cameras.json").read_bytes(), type=list[Camera])


CODE = cameras()[1].code


def clips() -> list[Path]:
    return sorted(FOLDER.glob("*.mp4"))


def test_every_camera_has_a_scene_and_every_scene_its_clips() -> None:
    assert [row.code for row in rows()] == [camera.code for camera in cameras()]
    wanted = {row.scene for row in rows()} | {f"{r.scene}-frozen" for r in rows() if r.frozen_s}
    there = {path.stem for path in clips()}
    assert {f"{scene}-{quality}" for scene in wanted for quality in Quality} == there
    assert sum(path.stat().st_size for path in clips()) < LIMIT_BYTES


def test_cameras_of_one_scene_are_at_different_moments() -> None:
    roads = [row for row in rows() if row.scene == "day"]
    assert len({row.offset_s for row in roads}) > 5


def test_a_camera_that_is_marked_black_shows_black() -> None:
    broken = {camera.code for camera in cameras() if camera.health == Health.FAULT}
    assert broken
    assert broken <= {row.code for row in rows() if row.scene == "black"}


@pytest.mark.parametrize("path", clips(), ids=lambda path: path.stem)
def test_a_clip_is_as_a_camera_sends_it(path: Path) -> None:
    main = path.stem.endswith("-main")
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert not stream.codec_context.has_b_frames
        size = (stream.width, stream.height)
    assert size == ((704, 576) if main else (352, 288))
    clip = read_clip(path)
    keys = [frame.at for frame in clip.frames if frame.key]
    assert keys[0] == 0
    assert all(after - before <= TICKS for before, after in pairwise([*keys, clip.length]))
    seconds = (0.9, 1.1) if "frozen" in path.stem else (20, 31)
    assert seconds[0] * TICKS <= clip.length <= seconds[1] * TICKS


def test_time_never_goes_back_when_the_clip_begins_anew() -> None:
    timed, writer = Broadcast().open(CODE, Quality.SUB)
    taken = list(islice(timed, 900))
    writer.close()
    assert taken[0][1].key
    assert taken[0][2] == 0
    steps = {after[2] - before[2] for before, after in pairwise(taken)}
    assert steps == {TICKS * 2 // 25}
    assert taken[-1][0] == pytest.approx(899 * 0.08)


def decoded(chunks: Iterator[bytes]) -> list[av.VideoFrame]:
    with av.open(io.BytesIO(b"".join(chunks)), "r", format="mpegts") as container:
        return list(container.decode(video=0))


def written(clip: Clip, code: str, frames: int) -> bytes:
    writer = TsWriter(clip, code)
    data = b"".join(writer.write(frame, frame.at) for frame in clip.frames[:frames])
    writer.close()
    return data


def test_each_frame_leaves_at_once_and_the_service_is_called_like_the_camera() -> None:
    clip = read_clip(FOLDER / "street-sub.mp4")
    writer = TsWriter(clip, CODE)
    sizes = [len(writer.write(frame, frame.at)) for frame in clip.frames[:30]]
    writer.close()
    assert all(sizes)
    assert CODE.encode() in written(clip, CODE, 5)


def frozen() -> Shown:
    return next(row for row in rows() if row.frozen_s)


def luminance(frame: av.VideoFrame) -> bytes:
    return frame.to_ndarray(format="gray").tobytes()


def test_the_camera_that_freezes_is_live_before_and_lives_again() -> None:
    row, ticks = frozen(), Ticks()
    sky = Broadcast(now=ticks)
    seen = []
    for seconds in (0.0, row.live_s, row.live_s + row.frozen_s):
        ticks.now = 5000.0 + seconds
        timed, writer = sky.open(row.code, Quality.SUB)
        chunks = [writer.write(frame, pts) for _, frame, pts in islice(timed, 40)]
        writer.close()
        seen.append(len({luminance(frame) for frame in decoded(iter(chunks))[5:]}) > 10)
    assert seen == [True, False, True]


def test_the_freeze_comes_into_a_running_stream_without_a_broken_picture() -> None:
    row, ticks = frozen(), Ticks()
    timed, writer = Broadcast(now=ticks).open(row.code, Quality.SUB)
    chunks = []
    for seconds, frame, pts in islice(timed, 600):
        ticks.now = 5000.0 + seconds + row.live_s - 16
        chunks.append(writer.write(frame, pts))
    writer.close()
    pictures = decoded(iter(chunks))
    assert len(pictures) == 600
    assert len({luminance(picture) for picture in pictures[-100:]}) < 20
    assert len({luminance(picture) for picture in pictures[:200]}) > 150


def test_an_unknown_code_has_no_picture() -> None:
    with pytest.raises(KeyError):
        Broadcast().open("0" * 20, Quality.SUB)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Context]:
    settings = Settings(data_dir=tmp_path / "data", demo=True, timers=False)
    made = open_context(settings, lambda: datetime.now(UTC))
    seed_once(made)
    yield made
    made.close()


@pytest.fixture
def seat(city: Context) -> Iterator[httpx.Client]:
    with serving(city) as port, client_of(port) as client:
        login = {"username": "video_op", "password": "tocc-demo", "seat": "席位1"}
        token = client.post("/v1/sessions", json=login).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        yield client


def test_a_seat_asks_for_the_address_and_gets_the_picture(seat: httpx.Client) -> None:
    camera = cameras()[1]
    asked = seat.post(f"/v1/cameras/{camera.id}/stream", json={"quality": "sub"})
    answer = asked.json()
    assert (answer["device_id"], answer["quality"], answer["demo"]) == (camera.code, "sub", True)
    assert asked.headers["cache-control"] == "no-store"
    got = bytearray()
    with seat.stream("GET", answer["url"], headers={"Authorization": ""}) as stream:
        assert stream.headers["content-type"] == "video/mp2t"
        for chunk in stream.iter_bytes():
            got += chunk
            if len(got) > 60_000:
                break
    frames = decoded(iter([bytes(got)]))
    assert (frames[0].width, frames[0].height) == (352, 288)
    assert frames[0].key_frame


def test_an_offline_camera_and_a_wrong_token_give_nothing(seat: httpx.Client) -> None:
    off = next(camera for camera in cameras() if camera.health == Health.OFFLINE)
    answer = seat.post(f"/v1/cameras/{off.id}/stream", json={"quality": "sub"})
    assert (answer.status_code, answer.json()["code"]) == (404, "NO_STREAM")
    wrong = seat.get(f"/media/{CODE}/sub.ts", params={"token": "x"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "NOT_SIGNED_IN")


def test_several_seats_watch_one_camera_while_the_api_answers(seat: httpx.Client) -> None:
    camera = cameras()[1]
    url = seat.post(f"/v1/cameras/{camera.id}/stream", json={"quality": "sub"}).json()["url"]
    streams = [seat.stream("GET", url) for _ in range(4)]
    opened = [stream.__enter__() for stream in streams]
    try:
        firsts = [next(stream.iter_raw()) for stream in opened]
        assert all(first[:1] == b"\x47" for first in firsts)
        assert seat.get("/health").status_code == 200
    finally:
        for stream in streams:
            stream.__exit__(None, None, None)


def test_a_reader_that_falls_behind_gets_the_next_key_frame(city: Context) -> None:
    import asyncio

    async def read() -> list[int]:
        media = Media(city)
        stream = await media.stream(CODE, Quality.SUB)
        sizes = [len(await anext(stream))]
        await asyncio.wait([asyncio.create_task(asyncio.Event().wait())], timeout=2.3)
        sizes += [len(await anext(stream)) for _ in range(3)]
        await stream.aclose()  # type: ignore[attr-defined]  # it is a generator
        return sizes

    sizes = asyncio.run(read())
    assert sizes[1] > sizes[2] * 2


def test_the_stream_ends_with_the_backend(city: Context) -> None:
    with serving(city) as port, client_of(port) as client:
        login = {"username": "video_op", "password": "tocc-demo", "seat": "席位1"}
        token = client.post("/v1/sessions", json=login).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        asked = client.post(f"/v1/cameras/{cameras()[1].id}/stream", json={}, headers=headers)
        with client.stream("GET", asked.json()["url"]) as stream:
            chunks = stream.iter_raw()
            next(chunks)
            city.hub.close()
            assert sum(len(chunk) for chunk in chunks) >= 0


def test_the_desk_asks_with_its_own_client(city: Context) -> None:
    camera = cameras()[1]
    off = next(one for one in cameras() if one.health == Health.OFFLINE)
    with serving(city) as port:
        api = Api(f"http://127.0.0.1:{port}")
        token = api.sign_in("video_op", "tocc-demo", "席位1").access_token
        found = api.stream_address(token, camera.id, "main")
        with pytest.raises(InvalidError, match="NO_STREAM"):
            api.stream_address(token, off.id, "main")
        with pytest.raises(InvalidError, match="LOCKED"):
            api.ptz(token, camera.id, {"issued_at": datetime.now(UTC), "stop": True})
        api.close()
    assert (found.device_id, found.channel, found.demo) == (camera.code, camera.code, True)
    assert "token" not in repr(found)
