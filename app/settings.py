"""Settings of the installation: a TOML file, overridden by the environment."""

import os
import socket
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs


class SettingsError(ValueError):
    """A setting that cannot be used; the text says which one and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`backend_url` None: the embedded backend. `ca_file`: PEM of a private authority.
    `auto_sign_in`: user name of a demo account that the tour signs in as."""

    data_dir: Path
    backend_url: str | None = None
    proxy: str | None = None
    ca_file: Path | None = None
    language: str = "zh"
    theme: str = "dark"
    seat: str = ""
    demo: bool = True
    auto_sign_in: str | None = None


_PATHS = ("data_dir", "ca_file")
_CHOICES = {"language": ("zh", "en"), "theme": ("dark", "light")}


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read settings.toml of the user's config folder (or `TOCC_SETTINGS`), then `TOCC_<NAME>`.

    Raises SettingsError with a sentence.
    """
    environ = os.environ if environ is None else environ
    default = platformdirs.user_config_path("tocc-desk", False) / "settings.toml"
    named = environ.get("TOCC_SETTINGS")
    values = _read(Path(named) if named else default, must_exist=named is not None)
    for field in fields(Settings):
        given = environ.get(f"TOCC_{field.name.upper()}")
        if given is not None:
            values[field.name] = given
    return _checked(values)


def _read(file: Path, must_exist: bool) -> dict[str, Any]:
    if not must_exist and not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file}: {error}") from error


def _checked(values: dict[str, Any]) -> Settings:
    unknown = values.keys() - {field.name for field in fields(Settings)}
    if unknown:
        raise SettingsError(f"unknown setting: {', '.join(sorted(unknown))}")
    for name, choices in _CHOICES.items():
        if values.get(name, choices[0]) not in choices:
            raise SettingsError(f"{name}: {values[name]!r} is none of {', '.join(choices)}")
    for name in _PATHS:
        if values.get(name):
            values[name] = Path(values[name]).expanduser()
    url = values["backend_url"] = (values.get("backend_url") or "").rstrip("/") or None
    if url and not url.startswith(("http://", "https://")):
        raise SettingsError(f"backend_url: {url!r} does not begin with http:// or https://")
    if values.get("ca_file") and not values["ca_file"].is_file():
        raise SettingsError(f"ca_file: {values['ca_file']} is no file")
    values["demo"] = _flag(values.get("demo", url is None))
    values.setdefault("data_dir", platformdirs.user_data_path("tocc-desk", False))
    values["seat"] = str(values.get("seat") or socket.gethostname())[:64]
    return Settings(**values)


def _flag(value: object) -> bool:
    text = str(value).lower()
    if text not in ("1", "0", "true", "false", "yes", "no"):
        raise SettingsError(f"demo: {value!r} is neither true nor false")
    return text in ("1", "true", "yes")
