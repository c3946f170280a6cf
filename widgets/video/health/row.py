"""A camera on the health board: what each column says and how it is ordered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.cache.search_text import normal
from app.domain.camera import Camera, Health
from app.domain.describe import local_time, place_text
from app.domain.rules import Rules
from app.text import translate
from widgets.video.camera_words import short_time
from widgets.video.cameras.row import Key, natural
from widgets.video.health.seen import Seen

STATE, NAME, PLACE, SINCE, SEEN, LOSS, OWNER, CODE = range(8)
UNKNOWN: Final = "—"
_WORST_FIRST: Final = tuple(
    map(str, (Health.OFFLINE, Health.FAULT, Health.MAINTENANCE, Health.UNKNOWN, Health.ONLINE))
)
_TIME: Final = "%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class HealthRow:
    """`cells` by column; `keys` order the rows by a column, None where nothing is known."""

    id: str
    health: str
    cells: tuple[str, ...]
    keys: tuple[Key | None, ...]
    search: str

    def __str__(self) -> str:
        """For screen readers."""
        said = zip(heads(), self.cells, strict=True)
        return ", ".join(f"{head} {cell}" for head, cell in said if cell != UNKNOWN)


def heads() -> tuple[str, ...]:
    """The columns, translated."""
    return (
        translate("Health", "状态"),
        translate("Health", "摄像机"),
        translate("Health", "位置"),
        translate("Health", "自"),
        translate("Health", "最后画面(本席)"),
        translate("Health", "丢包(本席 5 分钟)"),
        translate("Health", "单位"),
        translate("Health", "编号"),
    )


def health_row(
    camera: Camera, seen: Seen, owner: str, rules: Rules, language: str, now: datetime
) -> HealthRow:
    health = camera.health_at(now)
    since = camera.health_since if health == camera.health else camera.maintained_until
    place = camera.place
    place_words = place_text(place, rules, language)
    state = _state(camera, health, rules, language, now)
    name = camera.name or camera.code
    worst = _WORST_FIRST.index(health) if health in _WORST_FIRST else len(_WORST_FIRST)
    since_key = (since.timestamp(),) if since else None
    along = (*natural(place.route_code or ""), place.stake_m or 0.0, place_words)
    return HealthRow(
        id=camera.id,
        health=health,
        cells=(
            state,
            name,
            place_words,
            local_time(since, _TIME) if since else UNKNOWN,
            local_time(seen.at, "%H:%M:%S") if seen.at else UNKNOWN,
            UNKNOWN if seen.loss is None else f"{seen.loss * 100:.1f} %",
            owner or UNKNOWN,
            camera.code or UNKNOWN,
        ),
        keys=(
            (worst, -(since_key or (0.0,))[0]),
            natural(name),
            along if place.route_code or place_words else None,
            since_key,
            (seen.at.timestamp(),) if seen.at else None,
            None if seen.loss is None else (seen.loss,),
            natural(owner) if owner else None,
            natural(camera.code) if camera.code else None,
        ),
        search=normal("\n".join((name, place_words, place.road or "", camera.code, owner, state))),
    )


def _state(camera: Camera, health: str, rules: Rules, language: str, now: datetime) -> str:
    """`故障 黑屏`, `维护中 至 14:00`, `离线`."""
    words = rules.label("camera_health", health, language)
    if health == Health.FAULT and camera.fault:
        return f"{words} {rules.label('camera_fault', camera.fault, language)}"
    if health == Health.MAINTENANCE and camera.maintained_until:
        until = translate("Camera", "至 {time}")
        return f"{words} {until.format(time=short_time(camera.maintained_until, now))}"
    return words
