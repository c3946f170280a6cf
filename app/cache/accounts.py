"""Who signed in at this seat lately and may do so again without the network."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from app.domain.people import User

OFFLINE_FOR = timedelta(days=7)


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """`password_hash` is argon2; `seen_at` the last time that the server let the user in."""

    user: User
    password_hash: str
    seen_at: datetime


class Accounts:
    """A small file that only its owner can read. A damaged one counts as empty.

    Hashing takes a tenth of a second on purpose: call off the GUI thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def record(self, user: User, password: str, at: datetime) -> None:
        """Remember that the server accepted this password. Raises OSError."""
        from argon2 import PasswordHasher

        account = Account(user=user, password_hash=PasswordHasher().hash(password), seen_at=at)
        self._write({**self._read(), user.username: account})

    def renew(self, account: Account, user: User, at: datetime) -> None:
        """The server let the user in again with the same password. Raises OSError."""
        seen = msgspec.structs.replace(account, user=user, seen_at=at)
        self._write({**self._read(), user.username: seen})

    def check(self, username: str, password: str) -> Account | None:
        """The account if the password is the one that the server accepted last."""
        from argon2 import PasswordHasher
        from argon2.exceptions import Argon2Error, InvalidHashError

        account = self._read().get(username)
        if account is None:
            return None
        try:
            PasswordHasher().verify(account.password_hash, password)
        except (Argon2Error, InvalidHashError):
            return None
        return account

    def is_known(self, username: str) -> bool:
        return username in self._read()

    def forget(self, username: str) -> None:
        accounts = self._read()
        if accounts.pop(username, None) is not None:
            self._write(accounts)

    def _read(self) -> dict[str, Account]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, Account])
        except (OSError, msgspec.DecodeError):
            return {}

    def _write(self, accounts: dict[str, Account]) -> None:
        write_private(self._path, msgspec.json.encode(accounts))


def write_private(path: Path, content: bytes) -> None:
    """Replace a file at one stroke; only its owner can read it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
