"""Cases on their way to the screen: made small, for a hundred thousand of them stay in memory.

The entities are fresh from the decoder and nobody else has them yet, so that they are changed
where they stand: a copy of each would hold up the screen for half a second.
"""

from collections.abc import Container, Iterable
from sys import intern
from typing import Any

from app.domain.changes import Change
from app.domain.incident import Incident, Place


def _slots(cls: type, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(cls, name) for name in names)


_WORDS = _slots(
    Incident, "state", "type", "subtype", "severity", "source", "owner_id", "org_id"
)  # fmt: skip
_PLACE_WORDS = _slots(
    Place, "text", "route_id", "route_code", "direction", "road", "adcode"
)  # fmt: skip
_TIMES = _slots(Incident, "updated_at", "closed_at", "occurred_at", "known_at")
_STATE_SINCE, _SHARED_WITH, _DETAIL = _slots(Incident, "state_since", "shared_with", "detail")
_groups: dict[tuple[str, ...], tuple[str, ...]] = {}


def slim(changes: Iterable[Change], kept: Container[str] = ()) -> None:
    """Take the detail off ended cases that are not `kept`, as the store would (it loads when
    somebody opens them), and let all cases share the words that they have in common."""
    for change in changes:
        entity = change.entity
        if isinstance(entity, Incident):
            if not entity.is_open and entity.id not in kept:
                _DETAIL.__set__(entity, None)
            _share(entity)


def _share(incident: Incident) -> None:
    """A third of the memory: the same words and times are kept once."""
    for slot in _WORDS:
        word = slot.__get__(incident)
        if word is not None:
            slot.__set__(incident, intern(word))
    place = incident.place
    for slot in _PLACE_WORDS:
        word = slot.__get__(place)
        if word is not None:
            slot.__set__(place, intern(word))
    since, group = incident.state_since, incident.shared_with
    for slot in _TIMES:
        if slot.__get__(incident) == since:
            slot.__set__(incident, since)
    _SHARED_WITH.__set__(incident, _groups.setdefault(group, group))
