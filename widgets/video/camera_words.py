"""A camera in words: its health with since when, its place, the head of its road."""

from datetime import datetime

from app.domain.camera import Camera, Health
from app.domain.describe import SHANGHAI, local_time, place_text
from app.domain.rules import Rules
from app.domain.stakes import format_stake
from app.text import translate


def health_text(camera: Camera, rules: Rules, language: str, now: datetime) -> str:
    """`离线 自 11:20`, `故障 黑屏 自 11-21 08:00`, `维护中 至 14:00`, `在线`."""
    health = camera.health_at(now)
    parts = [rules.label("camera_health", health, language)]
    if health == Health.FAULT and camera.fault:
        parts.append(rules.label("camera_fault", camera.fault, language))
    if health == Health.MAINTENANCE and camera.maintained_until:
        until = translate("Camera", "至 {time}")
        parts.append(until.format(time=short_time(camera.maintained_until, now)))
    elif health not in (Health.ONLINE, Health.UNKNOWN) and camera.health_since:
        since = translate("Camera", "自 {time}")
        parts.append(since.format(time=short_time(camera.health_since, now)))
    return " ".join(parts)


def short_time(time: datetime, now: datetime) -> str:
    """Hours and minutes; with the day unless it is today's in Asia/Shanghai."""
    today = time.astimezone(SHANGHAI).date() == now.astimezone(SHANGHAI).date()
    return local_time(time, "%H:%M" if today else "%m-%d %H:%M")


def where(camera: Camera, rules: Rules, language: str) -> str:
    """`S11 K23+050 下行 · 塘沽收费站`-like: the stake first, then what else the name tells."""
    place = place_text(camera.place, rules, language)
    if not camera.name:
        return place
    return camera.name if place in camera.name else f"{camera.name} · {place}"


def stake_text(camera: Camera, rules: Rules, language: str) -> str:
    """`K23+050 下行`, "" where no stake is known."""
    place = camera.place
    if place.stake_m is None:
        return ""
    parts = [format_stake(place.stake_m)]
    if place.direction:
        parts.append(rules.label("direction", place.direction, language))
    return " ".join(parts)
