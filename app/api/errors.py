"""What may come back instead of an answer. Each error says what to do next."""

from collections.abc import Mapping
from typing import Any

import msgspec


class ApiError(Exception):
    """`code` of the server's list (or our own), its words in both languages, the rest in `more`."""

    def __init__(
        self, code: str, zh: str = "", en: str = "", more: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(f"{code} {en}".strip())
        self.code = code
        self.zh = zh
        self.en = en
        self.more: Mapping[str, Any] = more or {}

    def sentence(self, language: str) -> str:
        return (self.en if language == "en" else self.zh) or self.code


class OfflineError(ApiError):
    """No answer came: nobody knows whether the request arrived. Try again later."""


class ServerError(ApiError):
    """The server (or something before it) could not serve. Try again later."""


class SignedOutError(ApiError):
    """Not signed in, or no longer, or the login was refused."""


class DeniedError(ApiError):
    """This user may not."""


class ConflictError(ApiError):
    """Somebody else changed it; `more` holds kind and entity as they are now."""


class InvalidError(ApiError):
    """The request itself is wrong; sending it again changes nothing."""


class EpochError(ApiError):
    """The change log starts anew, or the user's rights changed: synchronise from 0."""


class IncompatibleError(ApiError):
    """Client and server do not speak the same version; `more` holds min and max."""


_BY_STATUS: dict[int, type[ApiError]] = {
    401: SignedOutError,
    403: DeniedError,
    408: ServerError,
    409: ConflictError,
    410: EpochError,
    412: ConflictError,
    426: IncompatibleError,
    429: ServerError,
}


def error_of(status: int, body: bytes) -> ApiError:
    """The error that an HTTP answer means.

    A refusal counts only in our server's own words: a proxy's page says nothing about the
    command, so it is a ServerError and the command is tried again.
    """
    try:
        told = msgspec.json.decode(body, type=dict[str, Any])
        code = str(told.pop("code"))
    except (msgspec.DecodeError, KeyError):
        return ServerError(f"HTTP_{status}")
    zh, en = (str(told.pop(name, "")) for name in ("message_zh", "message_en"))
    fallback = ServerError if status >= 500 else InvalidError
    return _BY_STATUS.get(status, fallback)(code, zh, en, told)
