"""The city of a benchmark: the demo city and as many cases more as wanted, made quickly.

Cases vary the demo's own: ended ones alone, open ones with their duties and their timeline.
"""

from __future__ import annotations

import uuid
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, cast

from app.domain.entry import Entry
from app.domain.incident import Incident
from app.domain.obligation import Obligation
from backend.context import Context, open_context
from backend.demo.seed import entities
from backend.services.demo_city import seed_once
from backend.services.seeding import load
from backend.settings import Settings

OPEN_HOURS, ENDED_DAYS = 2.0, 90.0
SPREAD_DEG = 0.02


def open_city(data_dir: Path, cases: int, open_cases: int) -> Context:
    """A backend's context over a database with so many cases, the demo's own among them."""
    settings = Settings(data_dir=data_dir, demo=True, timers=False)
    context = open_context(settings)
    seed_once(context)
    with context.database.read() as connection:
        known = connection.exec_driver_sql("SELECT is_open FROM entity WHERE kind = 'incident'")
        flags = [bool(flag) for (flag,) in known]
    more_open = max(0, open_cases - sum(flags))
    if load(context, _more(context, max(0, cases - len(flags) - more_open), more_open)):
        context.close()  # the log goes into the file, as it does in the course of days
        context = open_context(settings)
    return context


def _more(context: Context, ended: int, opened: int) -> Iterator[Any]:
    now, chance = context.now(), Random(7)
    known = list(entities(now, context.rules))
    cases = [entity for entity in known if isinstance(entity, Incident)]
    belongings: dict[str, list[Any]] = {}
    for entity in known:
        if isinstance(entity, Entry | Obligation):
            belongings.setdefault(entity.incident_id, []).append(entity)
    over = [case for case in cases if not case.is_open]
    for number in range(ended):
        at = now - timedelta(days=chance.uniform(0.5, ENDED_DAYS))
        yield _varied(chance, chance.choice(over), at, number)
    alive = [case for case in cases if case.is_open]
    for number in range(ended, ended + opened):
        template = chance.choice(alive)
        at = now - timedelta(hours=chance.uniform(0, OPEN_HOURS))
        case = _varied(chance, template, at, number)
        yield case
        moved = case.known_at - template.known_at
        for entity in belongings.get(template.id, ()):
            yield replace(_moved(entity, moved), id=_id(chance), incident_id=case.id, version=1)


def _varied(chance: Random, case: Incident, known_at: datetime, number: int) -> Incident:
    """Another case of the same sort: its own id, number, time, point and words."""
    place = case.place
    if place.lon is not None and place.lat is not None:
        place = replace(
            place,
            lon=round(place.lon + chance.gauss(0, SPREAD_DEG), 6),
            lat=round(place.lat + chance.gauss(0, SPREAD_DEG), 6),
        )
    moved: Incident = _moved(case, known_at - case.known_at)
    detail = moved.detail
    return replace(
        moved,
        id=_id(chance),
        version=1,
        number=f"INC-20200101-{number:06d}",
        title=f"{case.title} {number:06d}",
        place=place,
        detail=_moved(detail, known_at - case.known_at) if detail is not None else None,
    )


def _moved(entity: Any, by: timedelta) -> Any:
    """The entity with all its times shifted."""
    times = {name: getattr(entity, name) for name in _time_fields(cast(Hashable, type(entity)))}
    return replace(entity, **{name: at + by for name, at in times.items() if at is not None})


@cache
def _time_fields(kind: Hashable) -> Sequence[str]:
    assert isinstance(kind, type)
    return [field.name for field in fields(kind) if "datetime" in str(field.type)]


def _id(chance: Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def versions(context: Context) -> Mapping[str, int]:
    """Id and version of every case in the backend's database."""
    with context.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT id, version FROM entity WHERE kind = 'incident'")
        return {row.id: row.version for row in rows}
