"""Domain entities to JSON and back."""

from functools import cache
from typing import Any

import msgspec

from app.domain.kinds import KINDS


@cache
def _decoder(kind: str) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(KINDS[kind])


def decode(kind: str, body: str | bytes) -> Any:
    return _decoder(kind).decode(body)


def encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()
