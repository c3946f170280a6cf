from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cache.entities import Cache, Stored
from app.cache.search_text import normal, query, tokens
from app.domain.rules import load_rules

RULES = load_rules()


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "cache.sqlite3")
    yield cache
    cache.close()


def put(cache: Cache, key: str, rev: int = 1, case: str | None = None, **entity: object) -> None:
    kind = "entry" if case else "incident"
    row = Stored(
        kind=kind,
        id=key,
        version=rev,
        rev=rev,
        incident_id=case,
        is_open=True,
        body=msgspec.json.encode(entity),
    )
    cache.write([row], (), 1)


def index_all(cache: Cache) -> None:
    while cache.index_some(2):
        pass


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("追尾", ["b", "a"]),
        ("追", ["b", "a"]),
        ("尾", ["b", "a"]),
        ("三车追尾", ["a"]),
        ("海滨高速", ["a"]),
        ("g2 k110", ["b"]),
        ("K110+300", ["b"]),
        ("INC-2026", ["b", "a"]),
        ("追尾 清障", ["a"]),
        ("已通知清障", ["a"]),
        ("Ｓ１１", ["a"]),
        ("Ｋ１１０＋３００", ["b"]),
        ("🚧", ["b"]),
        ("HAZ", ["b"]),
        ("ｈａｚ", ["b"]),
        ("dangerous goods", ["b"]),
        ("Rear-end", ["a"]),
        ("collision", ["a"]),
        ("碰撞", ["a"]),
        ("交通事故 王芳", []),
        ("accident S11", ["a"]),
        ("尾追", []),
        ("", []),
        ("   ", []),
        ('"追尾" OR *', []),
        ("'; DROP TABLE entity; --", []),
    ],
)
def test_any_part_of_a_word_finds_its_case_the_newest_first(
    cache: Cache, words: str, found: list[str], *, indexed: bool
) -> None:
    put(cache, "a", 1, number="INC-20260715-0001", title="三车追尾", place={"road": "海滨高速 S11"},
        type="ACC", subtype="ACC.追尾", detail={"text": "追尾后需清障"})  # fmt: skip
    put(cache, "b", 2, number="INC-20260716-0002", title="两车追尾", place={"text": "G2 K110+300"},
        type="HAZ", detail={"text": "已设路锥 🚧"})  # fmt: skip
    put(cache, "n", 3, case="a", text="已通知清障车", author_name="王芳")
    if indexed:
        index_all(cache)
    hits = cache.search(words)
    assert sorted(hits) == sorted(found)
    if words == "INC-2026":
        assert hits == found


def test_changed_words_are_found_and_the_old_ones_are_not(cache: Cache) -> None:
    put(cache, "a", 1, title="追尾")
    index_all(cache)
    put(cache, "a", 2, title="抛锚")
    index_all(cache)
    assert (cache.search("追尾"), cache.search("抛锚")) == ([], ["a"])


def test_an_index_made_before_kinds_were_searched_is_made_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "old.sqlite3")
    put(cache, "a", 1, title="无题", type="HAZ")
    index_all(cache)
    with cache.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE words SET tokens = 'old'")
        connection.exec_driver_sql("PRAGMA user_version=1")
    cache.close()
    opened = Cache(tmp_path / "old.sqlite3")
    index_all(opened)
    assert opened.search("HAZ") == ["a"]
    opened.close()


def test_a_case_out_of_sight_is_not_found(cache: Cache) -> None:
    put(cache, "a", 1, title="追尾")
    index_all(cache)
    cache.write((), [("incident", "a")], 1)
    put(cache, "b", 2, title="别的")
    index_all(cache)
    assert cache.search("追尾") == []


@given(text=st.text(max_size=60), start=st.integers(0, 59), length=st.integers(2, 10))
def test_every_part_of_a_text_is_a_phrase_of_its_tokens(text: str, start: int, length: int) -> None:
    plain = normal(text)
    part = plain[start : start + length]
    if len(part) > 1 and " " not in part:
        assert query(part, RULES).strip("()").split(" OR ")[0].strip('"') in tokens(plain)
