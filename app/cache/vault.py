"""Refresh tokens of the seat's authors: in the system's keyring, else in a private file."""

import logging
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.private_file import write_private

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "tocc-desk"


class Vault:
    """Secrets by user id. May block on the system's keyring: call off the GUI thread."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "tokens.json"
        self._service = f"{SERVICE}:{folder.name}"
        self._lock = threading.Lock()
        self._keyring: KeyringBackend | None = None
        self._looked = False

    def load(self, user_id: str) -> str | None:
        with self._lock:
            keyring = self._backend()
            if keyring is not None:
                return keyring.get_password(self._service, user_id)
            return self._read().get(user_id)

    def save(self, user_id: str, secret: str) -> None:
        with self._lock:
            keyring = self._backend()
            if keyring is not None:
                keyring.set_password(self._service, user_id, secret)
            else:
                self._write({**self._read(), user_id: secret})

    def delete(self, user_id: str) -> None:
        with self._lock:
            keyring = self._backend()
            if keyring is not None:
                if keyring.get_password(self._service, user_id) is not None:
                    keyring.delete_password(self._service, user_id)
            elif user_id in (secrets := self._read()):
                del secrets[user_id]
                self._write(secrets)

    def _backend(self) -> "KeyringBackend | None":
        """A keyring that holds what it is given, tried once; a control-room seat often has none."""
        if not self._looked:
            self._looked = True
            self._keyring = _usable_keyring(self._service)
        return self._keyring

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, str])
        except (OSError, msgspec.DecodeError):
            return {}

    def _write(self, secrets: dict[str, str]) -> None:
        write_private(self._file, msgspec.json.encode(secrets))


def _usable_keyring(service: str) -> "KeyringBackend | None":
    if sys.platform == "linux" and "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
        return None  # every keyring of Linux stands behind that bus; the library is large
    import keyring
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
        backend.set_password(service, "probe", "1")
        held = backend.get_password(service, "probe") == "1"
        if held:
            backend.delete_password(service, "probe")
    except (KeyringError, OSError, RuntimeError) as error:
        log.info("no system keyring: %s", type(error).__name__)
        return None
    return backend if held else None
