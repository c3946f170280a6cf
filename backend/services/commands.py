"""One command, one unit of work: key, version, decision, rows, audit, revisions.

`execute` is the way in for every writer of the process, routes and feeds alike.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, insert, select

from app.domain.case import Refusal
from app.domain.command import Command
from app.domain.decide import decide
from app.domain.describe import local_time
from app.domain.incident import Incident
from app.domain.kinds import KIND_OF, OF_INCIDENT
from app.domain.machine import state_of, transition
from app.domain.people import User
from app.domain.privacy import caller_of, masked
from app.domain.roles import may_read
from backend.adapters.codec import encode
from backend.adapters.tables import caller, file_use
from backend.adapters.tables import command as commands
from backend.adapters.unit import Unit
from backend.context import Context
from backend.problems import Problem
from backend.services import auditing
from backend.services.alarms import raised_for
from backend.services.districts import located

VERSIONED = frozenset({"incident", "obligation"})
_FORBIDDEN = frozenset({"NOT_YOUR_ROLE", "READ_ONLY_ROLE", "NOT_YOUR_AREA"})
_KNOWN = select(commands.c.payload_hash, commands.c.author_id, commands.c.answer).where(
    commands.c.key == bindparam("k")
)
_REMEMBER = insert(commands)
_KEEP_CALLER = insert(caller)


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not a defect
    def __init__(self, refusals: tuple[Refusal, ...], state: str | None) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals
        self.state = state


def execute(context: Context, command: Command, actor: User) -> bytes:
    """Decide and store the command; the answer as JSON, the same one for the same key.

    Raises Problem: NOT_THE_AUTHOR, KEY_REUSED, CONFLICT, or the refusals of the domain.
    """
    if command.author_id != actor.id:
        _audit_refusal(context, command, actor, ["NOT_THE_AUTHOR"], None)
        raise Problem("NOT_THE_AUTHOR")
    try:
        return context.change(lambda unit: _work(context, unit, command, actor))
    except Refused as refused:
        known = context.change(lambda unit: _answer_before(unit, command, _payload_hash(command)))
        if known is not None:  # the same command was accepted at the same moment
            return known
        codes = [refusal.code for refusal in refused.refusals]
        _audit_refusal(context, command, actor, codes, refused.state)
        raise _problem(context, refused.refusals) from None


def _work(context: Context, unit: Unit, command: Command, actor: User) -> bytes:
    unit.lock_cases(_cases(unit, command))
    if command.kind == "camera":
        unit.lock(command.kind, command.entity_id)
    payload = _payload_hash(command)
    known = _answer_before(unit, command, payload)
    if known is not None:
        return known
    now = context.now()
    command = located(unit, raised_for(context, unit, command, now), context.districts)
    _check_version(unit, command, actor)
    before = unit.get(command.kind, command.entity_id)
    outcome = decide(command, unit, actor, context.rules, now)
    refusals = outcome.refusals or _missing_file(context, command)
    if refusals:
        raise Refused(refusals, state_of(before))
    stored = [_store(unit, entity, now) for entity in outcome.entities]
    _use_file(unit, command)
    _audit(unit, command, before, stored[0], now)
    rev = unit.flush()
    answer = _answer(command, rev, stored)
    row = {
        "key": command.key,
        "payload_hash": payload,
        "author_id": command.author_id,
        "at": now,
        "answer": answer,
    }
    unit.connection.execute(_REMEMBER, row)
    return answer.encode()


def _cases(unit: Unit, command: Command) -> Iterator[str]:
    """The cases that the command may look at or change."""
    if command.kind == "incident":
        yield command.entity_id
        target = command.fields.get("target_id")
        if isinstance(target, str):
            yield target
        return
    named = command.fields.get("incident_id")
    if isinstance(named, str):
        yield named
    if command.kind in OF_INCIDENT:
        owner = unit.incident_id(command.kind, command.entity_id)
        if owner:
            yield owner


def _payload_hash(command: Command) -> str:
    return hashlib.sha256(msgspec.json.encode(command, order="sorted")).hexdigest()


def _answer_before(unit: Unit, command: Command, payload: str) -> bytes | None:
    row = unit.connection.execute(_KNOWN, {"k": command.key}).one_or_none()
    if row is None:
        return None
    if row.payload_hash != payload or row.author_id != command.author_id:
        raise Problem("KEY_REUSED")
    return bytes(row.answer.encode())


def _check_version(unit: Unit, command: Command, actor: User) -> None:
    row = transition(command.kind, command.event)
    if command.kind not in VERSIONED or (row is not None and not row.sources):
        return
    entity = unit.get(command.kind, command.entity_id)
    if entity is None or entity.version == command.base_version:
        return
    incident_id = entity.id if isinstance(entity, Incident) else entity.incident_id
    incident = unit.get("incident", incident_id)
    if incident is not None and may_read(actor, incident):
        raise Problem("CONFLICT", kind=command.kind, entity=entity)


def _missing_file(context: Context, command: Command) -> tuple[Refusal, ...]:
    sha256, _ = command.file
    if not sha256 or context.files.has(sha256):
        return ()
    field = "attachment" if command.event == "ADD_ATTACHMENT" else "picture"
    return (Refusal("FILE_MISSING", {"field": field}),)


def _use_file(unit: Unit, command: Command) -> None:
    """Who sees the entity may read the file. A camera may use the same picture again."""
    sha256, _ = command.file
    row = {"sha256": sha256, "entry_id": command.entity_id}
    known = select(file_use.c.sha256).filter_by(**row)
    if sha256 and unit.connection.scalar(known) is None:
        unit.connection.execute(insert(file_use), row)


def _store(unit: Unit, entity: Any, now: datetime) -> Any:
    if entity.version == 0:
        _keep_caller(unit, entity)
        if isinstance(entity, Incident):
            entity = replace(entity, number=new_number(unit, now))
    return unit.put(masked(entity))


def _keep_caller(unit: Unit, entity: Any) -> None:
    known = caller_of(entity)
    if known is not None:
        row = {
            "kind": KIND_OF[type(entity)],
            "id": entity.id,
            "caller": known[0],
            "caller_number": known[1],
        }
        unit.connection.execute(_KEEP_CALLER, row)


def new_number(unit: Unit, now: datetime) -> str:
    """The next number of the local day: INC-20260716-0003."""
    day = local_time(now, "%Y%m%d")
    return f"INC-{day}-{unit.count_up(f'INC-{day}'):04d}"


def _answer(command: Command, rev: int, stored: list[Any]) -> str:
    entities = [{"kind": KIND_OF[type(entity)], "entity": entity} for entity in stored]
    return encode({"key": command.key, "rev": rev, "entities": entities})


def _audit(unit: Unit, command: Command, before: Any, after: Any, now: datetime) -> None:
    auditing.record(
        unit,
        at=now,
        user_id=command.author_id,
        seat=command.seat,
        event=command.event,
        kind=command.kind,
        entity_id=command.entity_id,
        from_state=state_of(before) if before is not None else None,
        to_state=state_of(after),
        reason=_reason(command),
        key=command.key,
    )


def _audit_refusal(
    context: Context, command: Command, actor: User, codes: list[str], state: str | None
) -> None:
    context.change(
        lambda unit: auditing.record(
            unit,
            at=context.now(),
            user_id=actor.id,
            seat=command.seat,
            event=command.event,
            kind=command.kind,
            entity_id=command.entity_id,
            from_state=state,
            reason=_reason(command),
            codes=codes,
            key=command.key,
        )
    )


def _reason(command: Command) -> str:
    reason = command.fields.get("reason") or command.fields.get("basis")
    return reason[:1000] if isinstance(reason, str) else ""


def _problem(context: Context, refusals: tuple[Refusal, ...]) -> Problem:
    first = refusals[0]
    status = 403 if first.code in _FORBIDDEN else 404 if first.code == "NOT_FOUND" else 422
    words = (_sentence(context, first, "zh"), _sentence(context, first, "en"))
    return Problem(first.code, status=status, words=words, refusals=list(refusals))


def _sentence(context: Context, refusal: Refusal, language: str) -> str:
    """The refusal's words with its parameters by their names."""
    rules = context.rules
    event_group = rules.event_group(refusal.params.get("event"))
    groups = {"field": "field", "roles": "role", "event": event_group}
    given: dict[str, str] = {}
    for name, value in refusal.params.items():
        codes = value if isinstance(value, list) else [value]
        group = groups.get(name)
        texts = [rules.label(group, code, language) if group else str(code) for code in codes]
        given[name] = ", ".join(texts)
    return rules.label("refusal", refusal.code, language).format(**given)
