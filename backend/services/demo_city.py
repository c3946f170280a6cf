"""The demo city goes into an empty database, once."""

import logging

from sqlalchemy import exists, select

from backend.adapters.tables import entity as rows
from backend.context import Context
from backend.services.seeding import load
from backend.services.users import add_users

log = logging.getLogger(__name__)


def seed_once(context: Context) -> None:
    with context.database.read() as connection:
        if connection.scalar(select(exists().where(rows.c.kind == "user"))):
            return
    from backend.demo.seed import entities, users

    count = load(context, entities(context.now(), context.rules))
    add_users(context, users())  # last: an interrupted seed is not taken for a whole one
    log.info("demo city: %d entities", count)
