"""Settings of a backend process: defaults, then environment, then the command line."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

PREFIX = "TOCC_BACKEND_"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsError(ValueError):
    """A setting that would be wrong or unsafe; the text is for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`data_dir` holds secrets, files, logs and, without `database_url`, the database.

    Durations are named by their unit; limits are bytes. `onvif_devices`: a TOML file with address
    and login of cameras whose heads the seats move themselves (docs/backend.md).
    """

    data_dir: Path
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    demo: bool = False
    login_failures: int = 5
    lock_minutes: float = 5.0
    access_minutes: float = 10.0
    refresh_days: float = 7.0
    lease_s: float = 15.0
    body_limit: int = 1_000_000
    file_limit: int = 25_000_000
    timers: bool = True
    log_limit: int = 5_000_000
    live_vehicles: int = 50_000
    demo_vehicles: int = 1_000
    media_gateway: str = ""
    media_token_s: float = 60.0
    ptz_gateway: str = ""
    onvif_devices: str = ""

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'backend.sqlite3'}"

    def checked(self) -> "Settings":
        """These settings, or a SettingsError.

        Demo accounts have published passwords, so they only ever listen on this machine.
        """
        if self.demo and self.host not in LOOPBACK:
            raise SettingsError(
                f"--demo opens accounts with published passwords: refused on {self.host}, "
                "only 127.0.0.1 is allowed"
            )
        try:
            self.media_gateway.format(code="", quality="")
        except (LookupError, ValueError):
            raise SettingsError(
                "media_gateway is an address with {code} and {quality} and no other brace"
            ) from None
        if self.ptz_gateway and not self.ptz_gateway.startswith(("http://", "https://")):
            raise SettingsError("ptz_gateway is an address of HTTP")
        return self


def from_environment(data_dir: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Every field can be set as TOCC_BACKEND_<FIELD>. Raises SettingsError for a bad value."""
    settings = Settings(data_dir=data_dir)
    for field in fields(Settings):
        raw = environment.get(PREFIX + field.name.upper())
        if raw is None:
            continue
        try:
            value = _typed(getattr(settings, field.name), raw)
        except ValueError:
            raise SettingsError(f"{PREFIX}{field.name.upper()}={raw} is not valid") from None
        changes: dict[str, Any] = {field.name: value}
        settings = replace(settings, **changes)
    return settings


def _typed(default: object, raw: str) -> object:
    """The text as the type of the default value. Raises ValueError."""
    match default:
        case bool():
            return raw.lower() in ("1", "true", "yes")
        case int():
            return int(raw)
        case float():
            return float(raw)
        case Path():
            return Path(raw)
    return raw


def signing_key(data_dir: Path) -> bytes:
    """The key that signs access tokens, made at the first start, readable by its owner only."""
    path = data_dir / "signing.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(64))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()
