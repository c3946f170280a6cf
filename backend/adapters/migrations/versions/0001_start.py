"""Entities as documents, commands, audit, users' secrets, sessions, counters, files."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.String(64)


def upgrade() -> None:
    _entities()
    _people()
    _files()
    op.create_table(
        "command",
        sa.Column("key", _ID, primary_key=True),
        sa.Column("payload_hash", sa.String(64), nullable=False),
        sa.Column("author_id", _ID, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
    )
    for table, key in (("counter", sa.BigInteger()), ("meta", sa.Text())):
        op.create_table(
            table,
            sa.Column("name", _ID, primary_key=True),
            sa.Column("value", key, nullable=False),
        )
    _audit()


def _entities() -> None:
    op.create_table(
        "entity",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", _ID, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("rev", sa.BigInteger, nullable=False, unique=True),
        sa.Column("sight_rev", sa.BigInteger, nullable=False),
        sa.Column("incident_id", _ID),
        sa.Column("org_id", _ID, nullable=False),
        sa.Column("shared_with", sa.Text, nullable=False),
        sa.Column("adcode", _ID),
        sa.Column("route_code", sa.String(200)),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("entity_of_incident", "entity", ["incident_id", "kind"])
    op.create_index(
        "entity_open",
        "entity",
        ["kind"],
        postgresql_where=sa.text("is_open"),
        sqlite_where=sa.text("is_open = 1"),  # as the statements have it there
    )
    op.create_table(
        "caller",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", _ID, primary_key=True),
        sa.Column("caller", sa.String(200), nullable=False),
        sa.Column("caller_number", sa.String(200), nullable=False),
    )


def _people() -> None:
    op.create_table(
        "user_secret",
        sa.Column("user_id", _ID, primary_key=True),
        sa.Column("username", sa.String(200), nullable=False, unique=True),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime),
    )
    op.create_table(
        "session",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("seat", sa.String(200), nullable=False),
        sa.Column("refresh_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("revoked_at", sa.DateTime),
    )
    op.create_index("ix_session_user_id", "session", ["user_id"])
    op.create_table(
        "presence",
        sa.Column("incident_id", _ID, primary_key=True),
        sa.Column("session_id", _ID, primary_key=True),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("seat", sa.String(200), nullable=False),
        sa.Column("until", sa.DateTime, nullable=False),
    )


def _files() -> None:
    op.create_table(
        "file",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("media_type", sa.String(200), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("by_user", _ID, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "file_use",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("entry_id", _ID, primary_key=True),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("user_id", _ID, nullable=False),
        sa.Column("seat", sa.String(200), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("entity_id", _ID, nullable=False),
        sa.Column("from_state", sa.String(64)),
        sa.Column("to_state", sa.String(64)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("codes", sa.Text, nullable=False),
        sa.Column("key", _ID, nullable=False),
    )
    for statement in _APPEND_ONLY[op.get_context().dialect.name]:
        op.execute(statement)


_APPEND_ONLY = {
    "sqlite": tuple(
        f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit"
        " BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        """CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$""",
        """CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()""",
    ),
}
