"""Users: made, given rights, taken out of service. Changed rights end streams by themselves."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import insert, update

from app.domain.people import User
from app.domain.roles import Role
from backend.adapters.tables import session as sessions
from backend.adapters.tables import user_secret
from backend.adapters.unit import Unit
from backend.bodies import UserPatch
from backend.context import Context
from backend.problems import Problem
from backend.services import auditing
from backend.services.sessions import SignedIn, hash_password


def change_rights(context: Context, asking: SignedIn, user_id: str, patch: UserPatch) -> User:
    """Raises Problem NOT_ALLOWED, NOT_FOUND or BAD_REQUEST."""
    if asking.user.role != Role.ADMIN:
        auditing.note(context, asking, "CHANGE_RIGHTS", "user", user_id, ["NOT_ALLOWED"])
        raise Problem("NOT_ALLOWED")
    if patch.role is not None and patch.role not in frozenset(Role):
        raise Problem("BAD_REQUEST", detail="role")
    wishes = {
        "areas": None if patch.areas is None else tuple(patch.areas),
        "role": patch.role,
        "active": patch.active,
    }

    def work(unit: Unit) -> User:
        unit.lock("user", user_id)
        before: User | None = unit.get("user", user_id)
        if before is None:
            raise Problem("NOT_FOUND")
        given = {name: value for name, value in wishes.items() if value is not None}
        after: User = unit.put(replace(before, **given))  # type: ignore[arg-type]  # by field name
        if not after.active:
            theirs = (sessions.c.user_id == user_id) & sessions.c.revoked_at.is_(None)
            ended = update(sessions).where(theirs).values(revoked_at=context.now())
            unit.connection.execute(ended)
        words = "; ".join(f"{name}: {getattr(before, name)} → {given[name]}" for name in given)
        auditing.record(
            unit,
            at=context.now(),
            user_id=asking.user.id,
            seat=asking.seat,
            event="CHANGE_RIGHTS",
            kind="user",
            entity_id=user_id,
            reason=words,
        )
        return after

    return context.change(work)


def add_users(context: Context, users: Iterable[tuple[User, str]]) -> None:
    """Users with their passwords; a password that comes twice is hashed once."""
    hashes: dict[str, str] = {}

    def work(unit: Unit) -> None:
        for user, password in users:
            if password not in hashes:
                hashes[password] = hash_password(password)
            unit.add(user)
            secret = {
                "user_id": user.id,
                "username": user.username,
                "password_hash": hashes[password],
                "failures": 0,
            }
            unit.connection.execute(insert(user_secret), secret)

    context.change(work)
