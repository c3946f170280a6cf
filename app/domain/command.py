"""The one way out for acts: a frozen command."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One event fired at one entity.

    `key` (UUID) makes a repeated send harmless. `base_version` is the version the author
    saw; 0 creates the entity. `fields` holds JSON values, as named in the machine table.
    `expires_at`: never sent after it. `depends_on`: the key that must be accepted first.
    """

    key: str
    kind: str
    entity_id: str
    event: str
    fields: Mapping[str, Any]
    base_version: int
    issued_at: datetime
    author_id: str
    seat: str
    expires_at: datetime | None = None
    depends_on: str | None = None
