"""Filling a database with entities that no command made: demo city, imports, benchmarks."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import batched
from typing import Any

from sqlalchemy import insert, select

from app.domain.incident import Incident
from app.domain.kinds import KIND_OF
from app.domain.privacy import caller_of, masked
from backend.adapters.tables import caller, counter
from backend.adapters.unit import Unit
from backend.context import Context
from backend.services.commands import new_number

_BATCH = 5000


def load(context: Context, entities: Iterable[Any]) -> int:
    """Store new entities in order, with the version they bring, or 1; returns how many.

    Numbers of cases that they bring along are never given again.
    """
    total = 0
    for batch in batched(entities, _BATCH):
        context.change(lambda unit: _store(context, unit, batch))  # noqa: B023 - runs at once
        total += len(batch)
    return total


def _store(context: Context, unit: Unit, entities: Iterable[Any]) -> None:
    last: dict[str, int] = {}
    callers: list[dict[str, str]] = []
    for entity in entities:
        known = caller_of(entity)
        if known is not None:
            row = {"kind": KIND_OF[type(entity)], "id": entity.id}
            callers.append({**row, "caller": known[0], "caller_number": known[1]})
        entity = masked(entity)
        if isinstance(entity, Incident):
            number = entity.number or new_number(unit, context.now())
            day, _, serial = number.rpartition("-")
            if serial.isdigit():
                last[day] = max(last.get(day, 0), int(serial))
            if number != entity.number:
                entity = replace(entity, number=number)
        unit.add(entity)
    if callers:
        unit.connection.execute(insert(caller), callers)
    for day, highest in sorted(last.items()):
        _reserve(unit, day, highest)


def _reserve(unit: Unit, day: str, serial: int) -> None:
    query = select(counter.c.value).where(counter.c.name == day)
    given = unit.connection.scalar(query) or 0
    if serial > given:
        unit.count_up(day, serial - given)
