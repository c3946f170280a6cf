"""Outbox item 待发项: a command on its way, and what may become of it (handbook 5.6)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain.command import Command


class OutboxState(StrEnum):
    QUEUED = "QUEUED"
    SENDING = "SENDING"
    ACKED = "ACKED"
    RETRY_WAIT = "RETRY_WAIT"
    CONFLICT = "CONFLICT"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"


O = OutboxState  # noqa: E741 - only for the table below
ENDED = frozenset({O.ACKED, O.EXPIRED, O.CANCELLED, O.FAILED})
PENDING = frozenset(OutboxState) - ENDED
"""States in which the command is still shown as a wish over the server's entity."""

TRANSITIONS: dict[tuple[str, str], str] = {
    (O.QUEUED, "SEND"): O.SENDING,
    (O.RETRY_WAIT, "SEND"): O.SENDING,
    (O.SENDING, "ACCEPTED"): O.ACKED,
    (O.SENDING, "LOST"): O.RETRY_WAIT,
    (O.SENDING, "CLASHED"): O.CONFLICT,
    (O.SENDING, "REFUSED"): O.FAILED,
    (O.SENDING, "CRASHED"): O.RETRY_WAIT,
    (O.RETRY_WAIT, "RETRY"): O.QUEUED,
    (O.QUEUED, "EXPIRE"): O.EXPIRED,
    (O.RETRY_WAIT, "EXPIRE"): O.EXPIRED,
    (O.SENDING, "EXPIRE"): O.EXPIRED,
    (O.CONFLICT, "EXPIRE"): O.EXPIRED,
    # it was on its way and arrived in time, but the answer came late
    (O.EXPIRED, "ACCEPTED"): O.ACKED,
    (O.QUEUED, "CANCEL"): O.CANCELLED,
    (O.RETRY_WAIT, "CANCEL"): O.CANCELLED,
    (O.CONFLICT, "CANCEL"): O.CANCELLED,
    (O.FAILED, "CANCEL"): O.CANCELLED,
}
BACKOFF_S = (1, 2, 5, 15, 30, 60)
"""Seconds before the next try after 1, 2, … lost ones; the last one repeats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxItem:
    """`id` is the command's key. `base` is the entity as its author saw it, `theirs` the
    server's version at a conflict, both decoded; `last_error` a code with its words. `made`:
    kind, id and version of what the server made of it; `turn` its place in the queue."""

    id: str
    version: int = 0
    command: Command
    state: str = OutboxState.QUEUED
    attempts: int = 0
    created_at: datetime
    next_at: datetime | None = None
    last_error: str = ""
    error_params: tuple[tuple[str, Any], ...] = ()
    base: Any = None
    theirs: Any = None
    cancel_reason: str = ""
    made: tuple[tuple[str, str, int], ...] = ()
    turn: int = 0


def after(state: str, event: str) -> str | None:
    """The next state, None if the event does not fit the state."""
    return TRANSITIONS.get((state, event))


def backoff_s(attempts: int) -> int:
    return BACKOFF_S[min(max(attempts, 1), len(BACKOFF_S)) - 1]
