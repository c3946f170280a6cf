"""Outbox items for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.command import Command
from app.domain.incident import IncidentDetail
from app.domain.outbox import OutboxItem
from tests.support.fake_services import NOW, incident

AUTHOR = "user-shift_chief"


def item(
    number: int = 1,
    state: str = "QUEUED",
    event: str = "CONTROL",
    fields: Mapping[str, Any] | None = None,
    minutes: float = 5,
    author: str = AUTHOR,
    **values: Any,
) -> OutboxItem:
    """An act on case-1, made `minutes` ago."""
    made = NOW - timedelta(minutes=minutes)
    command = Command(
        key=f"key-{number}",
        kind="incident",
        entity_id="case-1",
        event=event,
        fields=fields or {},
        base_version=1,
        issued_at=made,
        author_id=author,
        seat="A-03",
        expires_at=values.pop("expires_at", None),
    )
    return OutboxItem(id=f"key-{number}", command=command, state=state, created_at=made, **values)


def clash(**facts: Any) -> OutboxItem:
    """An AMEND that clashed: meanwhile somebody changed the title, the lanes and the state."""
    base = incident(
        1, state="CONFIRMED", owner_id=AUTHOR, detail=IncidentDetail(text="三车", lanes=("1",))
    )
    detail = IncidentDetail(text="三车", lanes=("1", "2"), updated_by="user-dispatcher")
    theirs = replace(base, version=4, title="四车追尾", state="RESPONDING", detail=detail)
    mine = facts or {"title": "三车追尾 一人伤", "lanes": ["1", "2", "3"], "queue_m": 800}
    fields = {"facts": mine, "reason": "现场核实"}
    return item(1, "CONFLICT", "AMEND", fields, base=base, theirs=theirs, last_error="CONFLICT")
