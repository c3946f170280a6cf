"""One waiting or ended act as a row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.outbox import ENDED, OutboxItem, OutboxState
from app.services import Services
from widgets.outbox.words import case_words, error_words, event_words, person, state_words

TROUBLED: Final = frozenset({OutboxState.CONFLICT, OutboxState.FAILED})
"""Nothing more happens until a person decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    id: str
    state: str
    words: str
    event: str
    case: str
    author: str
    error: str
    attempts: int
    created_at: datetime
    next_at: datetime | None
    expires_at: datetime | None

    @property
    def ended(self) -> bool:
        return self.state in ENDED and self.state not in TROUBLED

    @property
    def troubled(self) -> bool:
        return self.state in TROUBLED

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.words, self.event, self.case, self.author, self.error)))


def outbox_row(item: OutboxItem, services: Services) -> OutboxRow:
    command = item.command
    return OutboxRow(
        id=item.id,
        state=item.state,
        words=state_words(item.state, services.rules),
        event=event_words(command, services.rules),
        case=case_words(command, services.store, services.rules),
        author=person(command.author_id, services.store),
        error=error_words(item, services.rules),
        attempts=item.attempts,
        created_at=item.created_at,
        next_at=item.next_at,
        expires_at=command.expires_at,
    )


def sort_key(item: OutboxItem) -> tuple[float, ...]:
    """What needs a person, then what waits in its turn, then what ended, the newest first."""
    created = item.created_at.timestamp()
    if item.state in TROUBLED:
        return (0, created)
    return (2, -created) if item.state in ENDED else (1, created)
