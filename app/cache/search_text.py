"""Words for the full-text index: every two neighbouring characters are one token.

SQLite's own tokenizers do not cut Chinese into words, and its trigram index finds nothing
shorter than three characters. Here `追尾` is one token and a longer text a phrase of them.
Tokens are the characters' code points in hexadecimal, five digits each, so that the plain
ASCII tokenizer takes them whole, whatever the script.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from app.domain.describe import kind_words
from app.domain.rules import Rules

_SPACES = re.compile(r"\s+")
_DIGITS = 8  # of one character in hexadecimal UTF-32
_END = "00000"


def normal(text: str) -> str:
    """One form for all spellings: full width, case and spaces do not matter."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def tokens(text: str) -> str:
    """Overlapping pairs of a normal text; the last character stands alone."""
    codes = _codes(text)
    return " ".join(map("".join, pairwise([*codes, _END])))


def query(text: str, rules: Rules) -> str:
    """An FTS5 expression that finds texts with all words of `text`; empty for no word."""
    return " AND ".join(f"({_anywhere(word, rules)})" for word in normal(text).split())


def _anywhere(word: str, rules: Rules) -> str:
    """As a phrase, or as a kind of case that is called so in one language or the other."""
    codes = [*rules.codes["incident_type"], *rules.codes["incident_subtype"]]
    called = (code for code in codes if word in normal(kind_words(code, rules)))
    return " OR ".join([_phrase(word), *map(_kind_token, called)])


def _kind_token(code: str) -> str:
    """One token for a type or sub-kind; no pair of characters begins with k."""
    return f"k{code.encode().hex()}"


def _phrase(word: str) -> str:
    codes = _codes(word)
    if len(codes) == 1:
        return f'"{codes[0]}"*'
    return '"' + " ".join(map("".join, pairwise(codes))) + '"'


def _codes(text: str) -> list[str]:
    digits = text.encode("utf-32-be", "replace").hex()
    return [digits[at + 3 : at + _DIGITS] for at in range(0, len(digits), _DIGITS)]


def kinds_of(kind: str, entity: dict[str, Any]) -> list[str]:
    """Codes of a case's type and sub-kind."""
    codes = (entity.get("type"), entity.get("subtype")) if kind == "incident" else ()
    return [code for code in codes if isinstance(code, str) and code]


def row_tokens(kind: str, entity: dict[str, Any]) -> str:
    """What stands in the index for a row; empty for one that nobody searches."""
    return " ".join([tokens(words_of(kind, entity)), *map(_kind_token, kinds_of(kind, entity))])


def row_text(kind: str, entity: dict[str, Any], rules: Rules) -> str:
    """The same as plain text."""
    called = (normal(kind_words(code, rules)) for code in kinds_of(kind, entity))
    return "\n".join([words_of(kind, entity), *called])


def words_of(kind: str, entity: dict[str, Any]) -> str:
    """What the search looks through in a case or in a row of its timeline."""
    place = entity.get("place") or {}
    detail = entity.get("detail") or {}
    if kind == "incident":
        parts: Iterable[Any] = (
            entity.get("number"), entity.get("title"), place.get("text"), place.get("road"),
            place.get("route_code"), detail.get("text"),
        )  # fmt: skip
    elif kind == "entry":
        parts = (entity.get("text"), entity.get("reason"), entity.get("author_name"))
    else:
        parts = ()
    return normal("\n".join(part for part in parts if isinstance(part, str) and part))
