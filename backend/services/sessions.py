"""Sign-in, refresh, sign-out, and who is behind a token."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from app.domain.people import User
from backend.adapters.codec import decode
from backend.adapters.tables import entity as rows
from backend.adapters.tables import session as sessions
from backend.adapters.tables import user_secret as secrets_of
from backend.adapters.unit import Unit
from backend.context import Context
from backend.problems import Problem
from backend.services import auditing
from backend.services.sight import epoch

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_ALGORITHM = "HS256"


class Session(msgspec.Struct, frozen=True, kw_only=True):
    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime
    user: User
    epoch: str
    server_time: datetime
    demo: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who makes a request, and from which session."""

    user: User
    session_id: str
    seat: str


@cache
def hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


def hash_password(password: str) -> str:
    return hasher().hash(password)


@cache
def _nobodys_hash() -> str:
    return hash_password(secrets.token_hex())


def sign_in(context: Context, username: str, password: str, seat: str) -> Session:
    """Raises Problem BAD_LOGIN, LOCKED (with until) or DEMO_ACCOUNT."""
    with context.database.read() as connection:
        query = select(secrets_of).where(secrets_of.c.username == username)
        secret = connection.execute(query).one_or_none()
        user = _user(connection, secret.user_id) if secret else None
    now = context.now()
    if secret is None or user is None:
        _matches(_nobodys_hash(), password)  # takes as long as for a user that exists
        _audit(context, username[:64], seat, "SIGN_IN", ["BAD_LOGIN"])
        raise Problem("BAD_LOGIN")
    if user.demo and not context.settings.demo:
        _audit(context, user.id, seat, "SIGN_IN", ["DEMO_ACCOUNT"])
        raise Problem("DEMO_ACCOUNT")
    if secret.locked_until is not None and secret.locked_until > now:
        _audit(context, user.id, seat, "SIGN_IN", ["LOCKED"])
        raise Problem("LOCKED", until=secret.locked_until)
    if not _matches(secret.password_hash, password) or not user.active:
        _count_failure(context, user.id, seat)
        raise Problem("BAD_LOGIN")
    return _open(context, user, seat)


def _matches(password_hash: str, password: str) -> bool:
    from argon2.exceptions import VerifyMismatchError

    try:
        return hasher().verify(password_hash, password)
    except VerifyMismatchError:
        return False


def _count_failure(context: Context, user_id: str, seat: str) -> None:
    settings, now = context.settings, context.now()

    def work(unit: Unit) -> None:
        mine = secrets_of.c.user_id == user_id
        query = select(secrets_of.c.failures).where(mine).with_for_update()
        failures = (unit.connection.scalar(query) or 0) + 1
        locked = failures >= settings.login_failures
        unit.connection.execute(
            update(secrets_of)
            .where(mine)
            .values(
                failures=0 if locked else failures,
                locked_until=now + timedelta(minutes=settings.lock_minutes) if locked else None,
            )
        )
        codes = ["BAD_LOGIN", "LOCKED"] if locked else ["BAD_LOGIN"]
        _record(unit, now, user_id, seat, "SIGN_IN", codes)

    context.change(work)


def _open(context: Context, user: User, seat: str) -> Session:
    now, refresh, session_id = context.now(), secrets.token_urlsafe(32), str(uuid.uuid4())
    expires = now + timedelta(days=context.settings.refresh_days)

    def work(unit: Unit) -> None:
        mine = secrets_of.c.user_id == user.id
        done = update(secrets_of).where(mine).values(failures=0, locked_until=None)
        unit.connection.execute(done)
        old = sessions.c.expires_at < now
        unit.connection.execute(delete(sessions).where(old))
        unit.connection.execute(
            insert(sessions).values(
                id=session_id,
                user_id=user.id,
                seat=seat,
                refresh_hash=_hash(refresh),
                created_at=now,
                expires_at=expires,
            )
        )
        _record(unit, now, user.id, seat, "SIGN_IN", [])

    context.change(work)
    return _session(context, SignedIn(user, session_id, seat), refresh, expires)


def refresh_session(context: Context, refresh_token: str) -> Session:
    """A fresh access token; the refresh token stays. Raises Problem NOT_SIGNED_IN."""
    with context.database.read() as connection:
        query = select(sessions).where(sessions.c.refresh_hash == _hash(refresh_token))
        row = connection.execute(query).one_or_none()
        user = _user(connection, row.user_id) if row else None
    if row is None or user is None or row.revoked_at or row.expires_at <= context.now():
        raise Problem("NOT_SIGNED_IN")
    _check_active(context, user)
    signed_in = SignedIn(user, row.id, row.seat)
    return _session(context, signed_in, refresh_token, row.expires_at)


def sign_out(context: Context, signed_in: SignedIn) -> None:
    now = context.now()

    def work(unit: Unit) -> None:
        mine = sessions.c.id == signed_in.session_id
        unit.connection.execute(update(sessions).where(mine).values(revoked_at=now))
        _record(unit, now, signed_in.user.id, signed_in.seat, "SIGN_OUT", [])

    context.change(work)


def signed_in_by(context: Context, access_token: str) -> SignedIn:
    """Who holds the token, as the database knows them now. Raises Problem NOT_SIGNED_IN."""
    import jwt

    try:
        claims: dict[str, Any] = jwt.decode(
            access_token,
            context.signing_key,
            [_ALGORITHM],
            options={"verify_exp": False, "verify_iat": False, "require": ["exp", "sid"]},
        )
    except jwt.PyJWTError:
        raise Problem("NOT_SIGNED_IN") from None
    if claims["exp"] <= context.now().timestamp():
        raise Problem("NOT_SIGNED_IN")
    return _alive(context, claims["sid"])


def still_signed_in(context: Context, session_id: str) -> bool:
    return resumed(context, session_id) is not None


def resumed(context: Context, session_id: str) -> SignedIn | None:
    """The session as the database knows it now; None when it has ended."""
    try:
        return _alive(context, session_id)
    except Problem:
        return None


def _alive(context: Context, session_id: str) -> SignedIn:
    query = (
        select(sessions.c.seat, sessions.c.revoked_at, sessions.c.expires_at, rows.c.body)
        .join(rows, (rows.c.kind == "user") & (rows.c.id == sessions.c.user_id))
        .where(sessions.c.id == session_id)
    )
    with context.database.read() as connection:
        row = connection.execute(query).one_or_none()
    if row is None or row.revoked_at or row.expires_at <= context.now():
        raise Problem("NOT_SIGNED_IN")
    user: User = decode("user", row.body)
    _check_active(context, user)
    return SignedIn(user, session_id, row.seat)


def _check_active(context: Context, user: User) -> None:
    if user.demo and not context.settings.demo:
        raise Problem("DEMO_ACCOUNT")
    if not user.active:
        raise Problem("NOT_SIGNED_IN")


def _session(
    context: Context, signed_in: SignedIn, refresh: str, refresh_expires: datetime
) -> Session:
    import jwt

    now = context.now()
    expires = now + timedelta(minutes=context.settings.access_minutes)
    claims = {"sub": signed_in.user.id, "sid": signed_in.session_id, "exp": expires, "iat": now}
    return Session(
        access_token=jwt.encode(claims, context.signing_key, _ALGORITHM),
        access_expires_at=expires,
        refresh_token=refresh,
        refresh_expires_at=refresh_expires,
        user=signed_in.user,
        epoch=epoch(context.server_id, signed_in.user),
        server_time=now,
        demo=context.settings.demo,
    )


def _user(connection: Connection, user_id: str) -> User | None:
    user: User | None = Unit(connection).get("user", user_id)
    return user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _audit(context: Context, user_id: str, seat: str, event: str, codes: list[str]) -> None:
    context.change(lambda unit: _record(unit, context.now(), user_id, seat, event, codes))


def _record(
    unit: Unit, at: datetime, user_id: str, seat: str, event: str, codes: list[str]
) -> None:
    auditing.record(
        unit,
        at=at,
        user_id=user_id,
        seat=seat,
        event=event,
        kind="session",
        entity_id="",
        codes=codes,
    )
