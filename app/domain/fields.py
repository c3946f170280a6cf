"""Reading the fields of a command: JSON values in, typed values out, or a reason why not."""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.domain.entry import Attachment
from app.domain.incident import Casualties, Hazmat, Place
from app.domain.machine import FACT_FIELDS, Field
from app.domain.rules import Rules

TEXT_LIMIT = 200
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""A time outside is a typing error, and no clock could run from it."""
STAKE_LIMIT_M = 6_000_000
"""Longer than any route of the country: a stake beyond it is a typing error."""


class FieldError(ValueError):
    """`code` is a code of the refusal list, `params` fill its sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_field(field: Field, raw: object, rules: Rules) -> Any:
    """The typed value, None if it was left empty. Raises FieldError."""
    if raw is None or raw == "" or raw == [] or (field.type == "statement" and raw is False):
        return None
    return _READERS[field.type](field, raw, rules)


def _text(limit: int | None) -> Callable[[Field, Any, Rules], str | None]:
    def read(field: Field, raw: Any, rules: Rules) -> str | None:
        if not isinstance(raw, str) or "\0" in raw:
            raise FieldError("BAD_FIELD")
        most = limit or rules.text_limit
        if len(raw) > most:
            raise FieldError("TOO_LONG", limit=most)
        return raw.strip() or None

    return read


def _choice(field: Field, raw: Any, rules: Rules) -> str:
    if not isinstance(raw, str) or raw not in rules.codes[field.choices]:
        raise FieldError("BAD_FIELD")
    return raw


def _time(field: Field, raw: Any, rules: Rules) -> datetime:
    try:
        time = raw if isinstance(raw, datetime) else datetime.fromisoformat(raw)
    except (TypeError, ValueError):
        raise FieldError("BAD_FIELD") from None
    if time.tzinfo is None or not FIRST_YEAR <= time.year <= LAST_YEAR:
        raise FieldError("BAD_FIELD")
    return time.astimezone(UTC)


def _number(field: Field, raw: Any, rules: Rules) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise FieldError("BAD_FIELD")
    if not math.isfinite(raw) or raw < 0 or raw > 1e13:
        raise FieldError("BAD_FIELD")
    return float(raw)


def _statement(field: Field, raw: Any, rules: Rules) -> bool:
    if raw is not True:
        raise FieldError("BAD_FIELD")
    return True


def _id(field: Field, raw: Any, rules: Rules) -> str:
    if not isinstance(raw, str) or len(raw) > 64:
        raise FieldError("BAD_FIELD")
    return raw


def _severity(field: Field, raw: Any, rules: Rules) -> str:
    return _choice(Field(field.name, "choice", "severity"), raw, rules)


def _place(field: Field, raw: Any, rules: Rules) -> Place:
    place = _record(Place, raw)
    _check_texts(place.text, place.road, place.route_id, place.route_code, place.adcode)
    lon, lat = place.lon, place.lat
    if (lon is None) != (lat is None):
        raise FieldError("BAD_FIELD")
    if lon is not None and lat is not None:
        _check_number(lon, -180, 180)
        _check_number(lat, -90, 90)
    if place.stake_m is not None:
        _check_number(place.stake_m, 0, STAKE_LIMIT_M)
    if place.direction not in (None, "up", "down"):
        raise FieldError("BAD_FIELD")
    return place


def _casualties(field: Field, raw: Any, rules: Rules) -> Casualties:
    counts = _record(Casualties, raw)
    for item in dataclass_fields(counts):
        value = getattr(counts, item.name)
        if value is not None:
            _check_whole(value, 1_000_000)
    return counts


def _hazmat(field: Field, raw: Any, rules: Rules) -> Hazmat:
    goods = _record(Hazmat, raw)
    _check_texts(goods.un)
    if goods.amount_t is not None:
        _check_number(goods.amount_t, 0, 1_000_000)
    if not all(flag is None or isinstance(flag, bool) for flag in (goods.leak, goods.fire)):
        raise FieldError("BAD_FIELD")
    return goods


def _attachment(field: Field, raw: Any, rules: Rules) -> Attachment:
    file = _record(Attachment, raw)
    _check_texts(file.name, file.media_type, file.sha256, file.camera_id)
    for length in (file.size, file.width, file.height):
        if length is not None:
            _check_whole(length, 10**12)
    hexadecimal = set("0123456789abcdef")
    if len(file.sha256) != 64 or set(file.sha256) - hexadecimal:
        raise FieldError("BAD_FIELD")
    if file.taken_at is None:
        return file
    return replace(file, taken_at=_time(field, file.taken_at, rules))


def _lanes(field: Field, raw: Any, rules: Rules) -> tuple[str, ...]:
    if not isinstance(raw, list | tuple) or len(raw) > 20 or None in raw:
        raise FieldError("BAD_FIELD")
    _check_texts(*raw)
    return tuple(raw)


def _facts(field: Field, raw: Any, rules: Rules) -> dict[str, Any]:
    """Each fact read as its own field; None clears it to unknown."""
    known = {fact.name: fact for fact in FACT_FIELDS}
    if not isinstance(raw, Mapping) or set(raw) - set(known):
        raise FieldError("BAD_FIELD")
    return {name: read_field(known[name], value, rules) for name, value in raw.items()}


def _record[T](cls: type[T], raw: Any) -> T:
    """Build a dataclass from a JSON object; fields that we do not know are not ours to refuse."""
    if isinstance(raw, cls):
        return raw
    if not isinstance(raw, Mapping):
        raise FieldError("BAD_FIELD")
    names = {item.name for item in dataclass_fields(cls)}  # type: ignore[arg-type]  # T is one
    try:
        given = {name: value for name, value in raw.items() if name in names}
        return cls(**{name: value for name, value in given.items() if value is not None})
    except TypeError:
        raise FieldError("BAD_FIELD") from None


def _check_texts(*values: object) -> None:
    for value in values:
        if value is None:
            continue
        if not isinstance(value, str) or "\0" in value:
            raise FieldError("BAD_FIELD")
        if len(value) > TEXT_LIMIT:
            raise FieldError("TOO_LONG", limit=TEXT_LIMIT)


def _check_number(value: object, low: float, high: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FieldError("BAD_FIELD")
    if not low <= value <= high:
        raise FieldError("BAD_FIELD")


def _check_whole(value: object, high: int) -> None:
    _check_number(value, 0, high)
    if not isinstance(value, int):
        raise FieldError("BAD_FIELD")


_READERS: dict[str, Callable[[Field, Any, Rules], Any]] = {
    "text": _text(TEXT_LIMIT),
    "note": _text(None),
    "choice": _choice,
    "time": _time,
    "number": _number,
    "statement": _statement,
    "user": _id,
    "incident": _id,
    "severity": _severity,
    "place": _place,
    "casualties": _casualties,
    "hazmat": _hazmat,
    "attachment": _attachment,
    "lanes": _lanes,
    "facts": _facts,
}
