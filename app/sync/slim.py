"""Ended cases go to the screen as rows: their detail loads when somebody opens them."""

from collections.abc import Container, Iterable

from app.domain.changes import Change
from app.domain.incident import Incident


def slim(changes: Iterable[Change], kept: Container[str] = ()) -> None:
    """Take the detail off ended cases, as the store would: a hundred thousand of them at start.

    The entities are fresh from the decoder and nobody else has them yet, so that they are
    changed where they stand: a copy of each would hold up the screen for half a second.
    """
    for change in changes:
        entity = change.entity
        if isinstance(entity, Incident) and not entity.is_open and entity.id not in kept:
            object.__setattr__(entity, "detail", None)
