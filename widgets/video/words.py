"""What a tile says of its picture: state, age, stream, and why there is nothing live."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.camera import Camera, FaultKind, Health
from app.domain.describe import local_time
from app.domain.rules import Rules
from app.text import language, translate
from app.video.address import Quality
from app.video.slot import Picture
from app.video.states import StreamState
from app.video.status import Fault, Look, Mode, Status
from app.video.wall_rules import load_wall_rules
from widgets.video.camera_words import health_text, where

GOOD: Final = "good"
WARN: Final = "warn"
BAD: Final = "bad"
WAIT: Final = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class TileWords:
    """`tone` is one of good, warn, bad, wait and chooses colour and sign together. `live`: what
    is seen happens now. `head` and `why` stand in the middle while there is no picture."""

    name: str
    state: str
    tone: str = WAIT
    live: bool = False
    stream: str = ""
    time: str = ""
    head: str = ""
    why: str = ""
    demo: bool = False


def tile_words(
    camera: Camera | None,
    status: Status,
    picture: Picture | None,
    now: float,
    today: datetime,
    rules: Rules,
) -> TileWords:
    """`now`: monotonic seconds; `today`: the time that the seat shows."""
    if camera is None:
        gone = translate("Video", "摄像机不存在")
        why = translate("Video", "已撤除,或不在您的权限内")
        return TileWords(name=gone, state=why, head=gone, why=why)
    known = _health(camera, today, rules)
    tone, state, why = _state(camera, status, picture, now, known)
    live = picture is not None and is_live(status, picture, now)
    if picture is not None and not live and status.look is not Look.FROZEN:
        stopped = translate("Video", "画面停于 {time}").format(time=_clock(picture.taken_at))
        state = " · ".join(filter(None, (stopped, state)))  # the time is never cut
    return TileWords(
        name=where(camera, rules, language()),
        state=state,
        tone=tone,
        live=live,
        stream=_stream(status) if live else "",
        time=_clock(picture.taken_at) if picture is not None else "",
        head="" if picture is not None else _head(tone, status),
        why="" if picture is not None else why,
        demo=camera.demo or status.demo,
    )


def is_live(status: Status, picture: Picture, now: float) -> bool:
    """True if what is seen happens now, even if it is a little late or thinned out."""
    return (
        status.state is StreamState.PLAYING
        and status.look is not Look.FROZEN
        and _age(status, picture, now) < load_wall_rules().stale_s[status.mode]
    )


def fault_words(fault: Fault) -> str:
    """Why a stream is not there, in a few words; empty if nothing is known."""
    words = {
        Fault.REFUSED: translate("Video", "网络不通"),
        Fault.TIMEOUT: translate("Video", "连接超时"),
        Fault.UNAUTHORIZED: translate("Video", "登录被拒绝"),
        Fault.NOT_FOUND: translate("Video", "通道不存在"),
        Fault.NO_VIDEO: translate("Video", "码流中没有视频"),
        Fault.WRONG_CAMERA: translate("Video", "返回的设备编号不符,已拒绝"),
        Fault.BAD_STREAM: translate("Video", "码流无法解码"),
        Fault.TOO_LARGE: translate("Video", "画面尺寸过大"),
        Fault.LOST: translate("Video", "码流中断"),
        Fault.NO_ADDRESS: translate("Video", "平台未给出播放地址"),
    }
    return words.get(fault, "")


def seconds_words(seconds: float) -> str:
    """`0.2 s`, from ten seconds on without tenths, from two minutes on in minutes."""
    if seconds >= 120:
        return translate("Video", "{count} 分钟").format(count=int(seconds // 60))
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"


def _state(
    camera: Camera, status: Status, picture: Picture | None, now: float, known: str
) -> tuple[str, str, str]:
    """Tone, words, and why there is no picture. `known`: what the camera itself lacks."""
    match status.state:
        case StreamState.PLAYING if picture is not None:
            return *_playing(camera, status, picture, now), ""
        case StreamState.IDLE | StreamState.CONNECTING | StreamState.PLAYING:
            return WAIT, translate("Video", "正在连接…"), known
        case StreamState.STALLED:
            quiet = now - (picture.arrived if picture is not None else status.since)
            age = seconds_words(max(quiet, 0.0))
            return WARN, translate("Video", "画面中断 {age}").format(age=age), ""
        case StreamState.RECONNECTING:
            again = translate("Video", "重连中 第{count}次").format(count=max(status.attempt, 1))
            if known and picture is None:
                return BAD, known, again
            return WARN, again, fault_words(status.fault)
        case StreamState.PAUSED:
            return WAIT, translate("Video", "已暂停"), ""
    fault = fault_words(status.fault)
    return BAD, known or fault, fault if not known else f"{fault} · {known}"


def _playing(camera: Camera, status: Status, picture: Picture, now: float) -> tuple[str, str]:
    age = _age(status, picture, now)
    if status.look in (Look.FROZEN, Look.BLACK, Look.BLURRED):
        reported = camera.health == Health.FAULT and bool(camera.fault)
        told = translate("Video", " · 已报障") if reported else ""
        return BAD, _look(status.look, now - (status.look_since or now)) + told
    rules = load_wall_rules()
    if age >= rules.stale_s[status.mode]:
        return WARN, ""
    if status.mode is Mode.KEYS:
        return WARN, translate("Video", "关键帧模式 · {age}").format(age=seconds_words(age))
    if status.mode is Mode.STILLS:
        return WARN, translate("Video", "静态画面 · {age} 前").format(age=seconds_words(age))
    if age >= rules.late_s:
        return WARN, translate("Video", "滞后 {age}").format(age=seconds_words(age))
    return GOOD, translate("Video", "实时 {age}").format(age=seconds_words(age))


def _look(look: Look, seconds: float) -> str:
    words = {
        Look.FROZEN: translate("Video", "画面冻结 {age}"),
        Look.BLACK: translate("Video", "黑屏 {age}"),
        Look.BLURRED: translate("Video", "画面模糊 {age}"),
    }
    return words[look].format(age=seconds_words(max(seconds, 0.0)))


def _health(camera: Camera, today: datetime, rules: Rules) -> str:
    """What is known of the camera itself that explains a missing picture."""
    health = camera.health_at(today)
    dead = health == Health.FAULT and camera.fault == FaultKind.NO_PICTURE
    if dead or health in (Health.OFFLINE, Health.MAINTENANCE):
        return health_text(camera, rules, language(), today)
    return ""


def _head(tone: str, status: Status) -> str:
    if tone is WAIT and status.state is not StreamState.PAUSED:
        return translate("Video", "正在连接")
    return translate("Video", "无画面")


def _stream(status: Status) -> str:
    if status.quality is None:
        return ""
    if status.quality is Quality.MAIN:
        return translate("Video", "主码流")
    return translate("Video", "子码流")


def _age(status: Status, picture: Picture, now: float) -> float:
    """Seconds since the road looked like that."""
    return max(now - picture.arrived, 0.0) + status.lag_s


def _clock(at: datetime) -> str:
    return local_time(at, "%H:%M:%S")
