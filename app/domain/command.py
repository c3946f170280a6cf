"""The one way out for acts: a frozen command."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_ANY_FILE = "application/octet-stream"


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

    @property
    def file(self) -> tuple[str, str]:
        """SHA-256 and media type of the file that the server must have first; empty if none."""
        if self.event == "ADD_ATTACHMENT" and isinstance(self.fields.get("attachment"), dict):
            attachment = self.fields["attachment"]
            return attachment["sha256"], attachment.get("media_type") or _ANY_FILE
        if self.event == "SET_PRESET":
            return self.fields.get("picture") or "", _ANY_FILE
        return "", ""
