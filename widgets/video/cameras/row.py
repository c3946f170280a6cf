"""What the list shows of a camera, worked out once when the camera changes."""

import re
from dataclasses import dataclass
from datetime import datetime

from app.cache.search_text import normal
from app.domain.camera import Camera, Health
from app.domain.rules import Rules
from app.text import translate
from widgets.video.camera_words import health_text, stake_text

type Key = tuple[object, ...]

FAULTY = frozenset({Health.OFFLINE, Health.FAULT})
_PARTS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraRow:
    """`road` and `node` are the groups that it stands in, with what orders them; `search` is
    all that finds it, in one spelling."""

    id: str
    name: str
    short: str
    stake: str
    road: str
    road_title: str
    road_key: Key
    node: str
    node_title: str
    node_key: Key
    along: Key
    health: str
    health_words: str
    since: float
    has_ptz: bool
    favourite: bool
    search: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraLine:
    """A camera as it stands under its head, or without one."""

    camera: CameraRow
    title: str
    beside: str
    inset: bool

    def __str__(self) -> str:
        """For screen readers and as tooltip."""
        camera = self.camera
        star = translate("CameraList", "已收藏") if camera.favourite else ""
        ptz = translate("CameraList", "云台") if camera.has_ptz else ""
        place = "" if self.beside in camera.name else self.beside
        parts = (camera.name, place, camera.health_words, ptz, star)
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """The head of a road or a kind of node."""

    id: str
    title: str
    count: int
    faulty: int
    opened: bool

    def __str__(self) -> str:
        faulty = translate("CameraList", "故障 {count}").format(count=self.faulty)
        return ", ".join(filter(None, (self.title, str(self.count), faulty if self.faulty else "")))


def camera_row(
    camera: Camera, rules: Rules, language: str, now: datetime, *, favourite: bool
) -> CameraRow:
    place = camera.place
    stake = stake_text(camera, rules, language)
    nodes = rules.codes["camera_node"]
    node_title = rules.label("camera_node", camera.node or None, language)
    node_key = (list(nodes).index(camera.node) if camera.node in nodes else len(nodes), camera.node)
    road, road_title, road_key = _road(camera)
    words = health_text(camera, rules, language, now)
    return CameraRow(
        id=camera.id,
        name=camera.name or camera.code,
        short=_short(camera),
        stake=stake,
        road=road,
        road_title=road_title,
        road_key=road_key,
        node=camera.node,
        node_title=node_title,
        node_key=node_key,
        along=(*road_key, place.stake_m is None, place.stake_m or 0.0, place.direction != "up",
               natural(camera.name), camera.id),
        health=camera.health_at(now),
        health_words=words,
        since=camera.health_since.timestamp() if camera.health_since else 0.0,
        has_ptz=bool(camera.ptz),
        favourite=favourite,
        search=_search(camera, stake, node_title, words),
    )  # fmt: skip


def natural(text: str) -> Key:
    """An order in which 2 comes before 10."""
    parts = _PARTS.split(text)
    return tuple(part if at % 2 == 0 else int(part) for at, part in enumerate(parts))


def _road(camera: Camera) -> tuple[str, str, Key]:
    """Id, title and order of the road: those with a code first, places beside any road last."""
    place = camera.place
    if place.route_code:
        title = f"{place.route_code} {place.road or ''}".rstrip()
        return place.route_code, title, (0, natural(place.route_code))
    if place.road and place.road != camera.name:
        return place.road, place.road, (1, natural(place.road))
    return "", translate("CameraList", "其他地点"), (2, ())


def _short(camera: Camera) -> str:
    """The name without what the head of its road says already."""
    name, place = camera.name, camera.place
    for said in (place.route_code, place.road):
        if said and name.startswith(f"{said} "):
            return name.removeprefix(said).strip()
    return name or camera.code


def _search(camera: Camera, stake: str, node_title: str, health: str) -> str:
    place = camera.place
    parts = (
        camera.name, place.route_code, place.road, place.text, stake, stake.replace("+", ""),
        camera.code, node_title, health,
    )  # fmt: skip
    return normal("\n".join(filter(None, parts)))
