"""What the hover card says about what is under the cursor."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from app.domain.camera import Camera
from app.domain.describe import local_time, number_text, place_text, title_text
from app.domain.incident import Incident, Place
from app.domain.reference import Facility, Sign
from app.domain.rules import Rules
from app.services import Services
from app.text import translate
from maps.layers.area_layer import AreaLayer
from maps.layers.mover_layer import MoverLayer
from maps.network.network import Link
from maps.network.roads import RoadClass, RoadFlag
from maps.picking import PickedPoint
from widgets.map.layers.words import span_words
from widgets.map.points import PLANNED
from widgets.shared.people import user_name
from widgets.shared.severity import level_words, type_sign

_LISTED: Final = 5


@dataclass(frozen=True, slots=True)
class Words:
    """A heading and lines below; `level` and `sign` make the tile of a case."""

    head: str
    lines: tuple[str, ...] = ()
    tile: bool = False
    level: str | None = None
    sign: str = ""
    warning: str = field(default="")


def entity_words(services: Services, kind: str, entity_id: str, language: str) -> Words | None:
    """None when the store knows it no more."""
    entity = services.store.get(kind, entity_id)
    match entity:
        case Incident():
            return _incident(services, entity, language)
        case Camera():
            node = services.rules.label("camera_node", entity.node, language)
            return _thing(entity, services.rules, language, translate("Map", "摄像机"), node)
        case Sign():
            return _thing(
                entity, services.rules, language, translate("Map", "可变情报板"), entity.code
            )
        case Facility():
            category = services.rules.label("facility", entity.category, language)
            return _thing(entity, services.rules, language, category, entity.phone)
    return None


def cluster_words(services: Services, found: PickedPoint, language: str) -> Words:
    """How many there are, and the first of them."""
    kind, ids = found.layer, found.ids
    heads = {
        "incident": translate("Map", "{count} 起事件"),
        "camera": translate("Map", "{count} 个摄像机"),
        "sign": translate("Map", "{count} 块情报板"),
        "facility": translate("Map", "{count} 处设施"),
    }
    head = heads.get(kind, "{count}").format(count=len(ids))
    entities = [services.store.get(kind, entity_id) for entity_id in ids[:_LISTED]]
    lines = [_line(entity, services.rules, language) for entity in entities if entity is not None]
    rest = len(ids) - len(lines)
    more = [translate("Map", "另有 {count} 个").format(count=rest)] if rest > 0 else []
    apart = translate("Map", "单击逐个选中") if found.stacked else translate("Map", "单击放大")
    return Words(head, (*lines, *more, apart))


def road_words(link: Link, place: Place | None, rules: Rules, language: str) -> Words:
    """`place` is that of the cursor, once it is known."""
    names = [part for part in (link.ref, link.name) if part]
    facts = [_road_class(link)]
    if RoadFlag.BRIDGE in link.flags:
        facts.append(translate("Map", "桥梁"))
    if RoadFlag.TUNNEL in link.flags:
        facts.append(translate("Map", "隧道"))
    if RoadFlag.ONEWAY in link.flags:
        facts.append(translate("Map", "单向"))
    staked = place is not None and place.stake_m is not None
    stake = place_text(place, rules, language) if place is not None and staked else ""
    return Words(
        " ".join(names) or translate("Map", "无名道路"),
        tuple(filter(None, (" · ".join(facts), stake))),
    )


def mover_words(layer: MoverLayer, mover_id: int, now: float) -> Words | None:
    """A thing that moves: what it is, what it does, how old its fix is. None: it has gone."""
    rows = np.flatnonzero(layer.movers.ids == mover_id)
    if not len(rows):
        return None
    row, movers = int(rows[0]), layer.movers
    kind, state = layer.kinds[movers.kinds[row]], layer.states[movers.states[row]]
    age = max(now - float(movers.newest_at[row]), 0.0)
    old = layer.stale_s is not None and age >= layer.stale_s
    fix = translate("Map", "定位 {age}").format(age=span_words(age))
    demo = translate("Map", "演示数据") if layer.demo else ""
    return Words(
        f"{kind.label} {mover_id}",
        tuple(filter(None, (" · ".join(filter(None, (state.label, fix))), demo))),
        warning=translate("Map", "位置过时") if old else "",
    )


def area_words(layer: AreaLayer, area_id: str) -> Words:
    """An area: its name, and what kind of area it is."""
    row = layer.ids.index(area_id)
    title = layer.titles[row] if layer.titles else ""
    return Words(title or layer.title, tuple(filter(None, (layer.title if title else "",))))


def age_words(since: datetime, now: datetime) -> str:
    """`28 分钟前`; what lies ahead (a wrong clock elsewhere) counts as just now."""
    age = max(now - since, timedelta())
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return translate("Map", "刚刚")
    if minutes < 60:
        return translate("Map", "{count} 分钟前").format(count=minutes)
    if minutes < 48 * 60:
        return translate("Map", "{hours} 小时 {minutes} 分前").format(
            hours=minutes // 60, minutes=minutes % 60
        )
    return translate("Map", "{count} 天前").format(count=minutes // 1440)


def _incident(services: Services, case: Incident, language: str) -> Words:
    rules = services.rules
    level = case.severity or ("planned" if case.type == PLANNED else None)
    who = user_name(services.store, case.owner_id) or translate("Map", "无责任人")
    state = rules.label("incident_state", case.state, language)
    known = local_time(case.known_at, "%m-%d %H:%M")
    age = age_words(case.known_at, services.clock.now())
    pending = services.store.is_pending("incident", case.id)
    return Words(
        title_text(case, rules, language),
        (
            f"{number_text(case, language)} · {place_text(case.place, rules, language)}",
            f"{level_words(rules, level, language)} · {state} · {who}",
            translate("Map", "接报 {time}({age})").format(time=known, age=age),
        ),
        tile=True,
        level=level,
        sign=type_sign(rules, case.type, language),
        warning=translate("Map", "有改动待发,尚未送达服务器") if pending else "",
    )


def _thing(
    thing: Camera | Sign | Facility, rules: Rules, language: str, kind: str, detail: str
) -> Words:
    place = place_text(thing.place, rules, language)
    facts = " · ".join(filter(None, (kind, detail)))
    demo = translate("Map", "演示数据") if thing.demo else ""
    return Words(
        thing.name or thing.id,
        tuple(filter(None, (facts, place if place != thing.name else "", demo))),
    )


def _line(entity: Any, rules: Rules, language: str) -> str:
    if not isinstance(entity, Incident):
        return str(entity.name)
    level = level_words(rules, entity.severity, language)
    state = rules.label("incident_state", entity.state, language)
    return f"{title_text(entity, rules, language)} · {level} · {state}"


def road_classes() -> dict[RoadClass, str]:
    """Names of the classes, the greatest first."""
    return {
        RoadClass.MOTORWAY: translate("Map", "高速公路"),
        RoadClass.TRUNK: translate("Map", "快速路、干线"),
        RoadClass.PRIMARY: translate("Map", "主干路"),
        RoadClass.SECONDARY: translate("Map", "次干路"),
        RoadClass.TERTIARY: translate("Map", "支路"),
        RoadClass.UNCLASSIFIED: translate("Map", "一般道路"),
        RoadClass.RESIDENTIAL: translate("Map", "居住区道路"),
        RoadClass.SERVICE: translate("Map", "内部道路"),
        RoadClass.UNKNOWN: translate("Map", "等级未知"),
    }


def _road_class(link: Link) -> str:
    name = road_classes()[link.road]
    if RoadFlag.LINK in link.flags:
        return translate("Map", "{road}匝道").format(road=name)
    return name
