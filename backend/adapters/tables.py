"""The tables. Entities are documents: a JSON body with a few columns beside it."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)


class Utc(TypeDecorator[datetime]):
    """A UTC time, kept without its zone in both databases."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


metadata = MetaData()
_Id = String(64)

entity = Table(
    "entity",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("id", _Id, primary_key=True),
    Column("version", Integer, nullable=False),
    # place in the change log; a newer version of the row takes a new one
    Column("rev", BigInteger, nullable=False, unique=True),
    # revision at which who may see the row last changed, 0 if it never did
    Column("sight_rev", BigInteger, nullable=False),
    # the case that the row belongs to; a case belongs to itself
    Column("incident_id", _Id),
    Column("org_id", _Id, nullable=False),
    Column("shared_with", Text, nullable=False),
    Column("adcode", _Id),
    Column("route_code", String(200)),
    Column("is_open", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("body", Text, nullable=False),
)
Index("entity_of_incident", entity.c.incident_id, entity.c.kind)
Index(
    "entity_open",
    entity.c.kind,
    postgresql_where=text("is_open"),
    sqlite_where=text("is_open = 1"),
)

command = Table(
    "command",
    metadata,
    Column("key", _Id, primary_key=True),
    Column("payload_hash", String(64), nullable=False),
    Column("author_id", _Id, nullable=False),
    Column("at", Utc, nullable=False),
    Column("answer", Text, nullable=False),
)
Index("command_by_age", command.c.at)

audit = Table(
    "audit",
    metadata,
    # counted like the revisions, so that a reader of the audit misses nothing either
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Column("user_id", _Id, nullable=False),
    Column("seat", String(200), nullable=False),
    Column("event", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("entity_id", _Id, nullable=False),
    Column("from_state", String(64)),
    Column("to_state", String(64)),
    Column("reason", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("codes", Text, nullable=False),
    Column("key", _Id, nullable=False),
)

user_secret = Table(
    "user_secret",
    metadata,
    Column("user_id", _Id, primary_key=True),
    Column("username", String(200), nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Utc),
)

session = Table(
    "session",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("user_id", _Id, nullable=False, index=True),
    Column("seat", String(200), nullable=False),
    Column("refresh_hash", String(64), nullable=False, unique=True),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

caller = Table(
    "caller",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("id", _Id, primary_key=True),
    Column("caller", String(200), nullable=False),
    Column("caller_number", String(200), nullable=False),
)

file = Table(
    "file",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", String(200), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("by_user", _Id, nullable=False),
    Column("at", Utc, nullable=False),
)

file_use = Table(
    "file_use",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("entry_id", _Id, primary_key=True),
)

presence = Table(
    "presence",
    metadata,
    Column("incident_id", _Id, primary_key=True),
    Column("session_id", _Id, primary_key=True),
    Column("user_id", _Id, nullable=False),
    Column("seat", String(200), nullable=False),
    Column("until", Utc, nullable=False),
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
