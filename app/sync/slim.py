"""Cases on their way to the screen: made small, for a hundred thousand of them stay in memory.

The entities are fresh from the decoder and nobody else has them yet, so that they are changed
where they stand: a copy of each would hold up the screen for half a second.
"""

from collections.abc import Container, Iterable
from sys import intern
from typing import Any

from app.domain.changes import Change
from app.domain.incident import Incident, Place


def _set(cls: type, name: str) -> Any:
    """Writes a slot, also of a frozen entity."""
    return getattr(cls, name).__set__


_detail, _occurred_at, _updated_at, _closed_at, _shared_with = (
    _set(Incident, name)
    for name in ("detail", "occurred_at", "updated_at", "closed_at", "shared_with")
)
_state, _type, _subtype, _severity, _title, _source, _owner_id, _org_id = (
    _set(Incident, name)
    for name in ("state", "type", "subtype", "severity", "title", "source", "owner_id", "org_id")
)
_text, _route_id, _route_code, _direction, _road, _adcode = (
    _set(Place, name) for name in ("text", "route_id", "route_code", "direction", "road", "adcode")
)
_groups: dict[tuple[str, ...], tuple[str, ...]] = {}


def slim(changes: Iterable[Change], kept: Container[str] = ()) -> None:
    """Take the detail off ended cases that are not `kept`, as the store would (it loads when
    somebody opens them), and keep what cases have in common only once: half of the memory."""
    for change in changes:
        entity = change.entity
        if not isinstance(entity, Incident):
            continue
        if not entity.is_open:
            if entity.id not in kept:
                _detail(entity, None)
            _share_times(entity)
        _share_words(entity)
        _share_place(entity.place)


def _share_times(ended: Incident) -> None:
    if ended.occurred_at == ended.known_at:
        _occurred_at(ended, ended.known_at)
    since = ended.state_since
    if ended.updated_at == since:
        _updated_at(ended, since)
    if ended.closed_at == since:
        _closed_at(ended, since)


def _share_words(case: Incident) -> None:
    # one by one and not in a loop: this runs for every case of a first load
    _state(case, intern(case.state))
    _title(case, intern(case.title))
    _source(case, intern(case.source))
    _org_id(case, intern(case.org_id))
    if case.type is not None:
        _type(case, intern(case.type))
    if case.subtype is not None:
        _subtype(case, intern(case.subtype))
    if case.severity is not None:
        _severity(case, intern(case.severity))
    if case.owner_id is not None:
        _owner_id(case, intern(case.owner_id))
    _shared_with(case, _groups.setdefault(case.shared_with, case.shared_with))


def _share_place(place: Place) -> None:
    _text(place, intern(place.text))
    if place.route_id is not None:
        _route_id(place, intern(place.route_id))
    if place.route_code is not None:
        _route_code(place, intern(place.route_code))
    if place.direction is not None:
        _direction(place, intern(place.direction))
    if place.road is not None:
        _road(place, intern(place.road))
    if place.adcode is not None:
        _adcode(place, intern(place.adcode))
