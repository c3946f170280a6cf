"""Answers to commands are found by their age, so that old ones can be forgotten."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index("command_by_age", "command", ["at"])
