"""A clash field by field: what the author saw, wrote, and what the server has now. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.case import known_value
from app.domain.command import Command
from app.domain.fields import FieldError, read_field
from app.domain.machine import FACT_FIELDS, Field, transition
from app.domain.outbox import OutboxItem
from app.domain.rules import Rules

FACTS = "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of the command. `mine` is as the command carries it, the others are typed.

    `of_case` is False for words that belong to the act alone, such as its reason: nobody else
    can have written them. `contested`: the other side changed it meanwhile, to something else.
    """

    field: Field
    of_case: bool
    base: Any
    mine: Any
    theirs: Any
    contested: bool


def differences(item: OutboxItem, rules: Rules) -> list[Difference]:
    """Every field of the command, in the order of the machine table."""
    return [_difference(item, field, mine, rules) for field, mine in command_fields(item.command)]


def command_fields(command: Command) -> Iterator[tuple[Field, Any]]:
    """The fields that a command carries, facts one by one."""
    row = transition(command.kind, command.event)
    known = {field.name: field for field in (row.fields if row else ())}
    facts = {field.name: field for field in FACT_FIELDS}
    for name, value in command.fields.items():
        if name == FACTS and isinstance(value, Mapping):
            for fact, wanted in value.items():
                yield facts.get(fact, Field(fact, "text")), wanted
        else:
            yield known.get(name, Field(name, "text")), value


def merged_fields(
    command: Command, differences: Collection[Difference], theirs: Collection[str]
) -> dict[str, Any]:
    """The command's fields with the other side's value for those named in `theirs`.

    A fact that stays theirs needs no change, so it leaves the command.
    """
    given = {d.field.name: d.theirs for d in differences if d.field.name in theirs}
    fields: dict[str, Any] = {}
    for name, value in command.fields.items():
        if name == FACTS and isinstance(value, Mapping):
            fields[name] = {fact: v for fact, v in value.items() if fact not in given}
        else:
            fields[name] = given.get(name, value)
    return fields


def changed_meanwhile(item: OutboxItem) -> list[tuple[str, Any, Any]]:
    """What the other side changed besides the command's own fields: name, then, now."""
    own = {field.name for field, _ in command_fields(item.command)}
    found = []
    for name in ("state", "severity", "owner_id", *(field.name for field in FACT_FIELDS)):
        before, now = known_value(item.base, name), known_value(item.theirs, name)
        if name not in own and before != now and item.base is not None:
            found.append((name, before, now))
    return found


def _difference(item: OutboxItem, field: Field, mine: Any, rules: Rules) -> Difference:
    of_case = any(_has(side, field.name) for side in (item.base, item.theirs))
    base, theirs = known_value(item.base, field.name), known_value(item.theirs, field.name)
    contested = of_case and theirs != base and theirs != _typed(field, mine, rules)
    return Difference(
        field=field, of_case=of_case, base=base, mine=mine, theirs=theirs, contested=contested
    )


def _has(entity: Any, name: str) -> bool:
    return hasattr(entity, name) or hasattr(getattr(entity, "detail", None), name)


def _typed(field: Field, raw: Any, rules: Rules) -> Any:
    try:
        return read_field(field, raw, rules)
    except (FieldError, KeyError):
        return raw
