"""The first account of a shared backend, made at its console."""

import getpass
import sys
import uuid

from app.domain.people import User
from app.domain.roles import Role
from backend.context import open_context
from backend.services.users import add_users
from backend.settings import Settings

_SHORTEST = 10


def add_user(settings: Settings, username: str, role: str) -> int:
    """Ask for a password (or read it from a pipe) and add the user, who sees every case."""
    if role not in frozenset(Role):
        return _refuse(f"no such role: {role}")
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(password) < _SHORTEST:
        return _refuse(f"the password needs at least {_SHORTEST} characters")
    user = User(id=str(uuid.uuid4()), username=username, name=username, role=role, all_orgs=True)
    context = open_context(settings)
    try:
        add_users(context, [(user, password)])
    finally:
        context.close()
    return 0


def _refuse(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2
