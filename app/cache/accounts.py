"""Who signed in at this seat lately and may do so again without the network."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from app.domain.people import User
from app.private_file import write_private

log = logging.getLogger(__name__)

OFFLINE_FOR = timedelta(days=7)

_PUBLISHED = (1, 8, 1)
"""Cost (time, memory, threads) for demo accounts: there is nothing to guess, so no effort."""


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

        hasher = PasswordHasher(*_PUBLISHED) if user.demo else PasswordHasher()
        account = Account(user=user, password_hash=hasher.hash(password), seen_at=at)
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
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError) as error:
            log.warning("nobody can sign in without the server: %s", error)
            return {}

    def _write(self, accounts: dict[str, Account]) -> None:
        write_private(self._path, msgspec.json.encode(accounts))
