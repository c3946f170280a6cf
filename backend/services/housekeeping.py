"""What the server need not know any more: answers to commands that nobody can still repeat."""

import asyncio
import logging
from datetime import datetime

from sqlalchemy import Connection, delete, select

from backend.adapters.tables import command
from backend.context import Context

log = logging.getLogger(__name__)
PERIOD_S = 3600.0
_BATCH = 500


async def keep_house(context: Context) -> None:
    """Once an hour, until cancelled."""
    while True:
        try:
            await asyncio.to_thread(forget_answers, context)
        except Exception:
            log.exception("old answers could not be forgotten")
        await asyncio.sleep(PERIOD_S)


def forget_answers(context: Context) -> int:
    """Forget in small steps, so that no command waits long; returns how many there were."""
    before = context.now() - context.rules.answers_kept
    total = 0
    while count := context.database.transact(lambda connection: _forget_some(connection, before)):
        total += count
    return total


def _forget_some(connection: Connection, before: datetime) -> int:
    old = select(command.c.key).where(command.c.at < before).limit(_BATCH)
    keys = list(connection.scalars(old))
    connection.execute(delete(command).where(command.c.key.in_(keys)))
    return len(keys)
