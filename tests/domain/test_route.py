"""Directions by their words, routes by code and name."""

import pytest

from app.domain.route import Direction, Route, routes_named
from app.domain.stakes import parse

G2 = Route(id="g2", code="G2", name="京沪高速", up_name="北京方向", down_name="上海方向")
G18 = Route(id="g18", code="G18", name="荣乌高速", up_name="荣成方向", down_name="乌海方向")


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("上行", Direction.UP),
        ("UP", Direction.UP),
        ("下行", Direction.DOWN),
        ("down", Direction.DOWN),
        ("北京方向", Direction.UP),
        ("往上海方向", Direction.DOWN),
        ("京沪高速北京方向", Direction.UP),
        ("沈阳方向", None),
        ("", None),
    ],
)
def test_words_name_a_carriageway(words: str, direction: Direction | None) -> None:
    assert G2.direction_of(words) is direction


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("G2 K110+300", (G2,)),
        ("京沪高速 K110+300", (G2,)),
        ("京沪高速北京方向K110+300", (G2,)),
        ("G3 K110+300", ()),
        ("K110+300", ()),
    ],
)
def test_routes_are_found_by_code_or_name(text: str, found: tuple[Route, ...]) -> None:
    assert routes_named(parse(text), (G2, G18)) == found
