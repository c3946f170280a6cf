"""Which plate a route number is drawn on. The rule is data: resources/rules/route_plates.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

RULES: Final = Path(__file__).resolve().parents[2] / "resources" / "rules" / "route_plates.toml"


@dataclass(frozen=True, slots=True)
class Plate:
    """A coloured plate; colours as 0xRRGGBB."""

    id: str
    pattern: re.Pattern[str]
    fill: int
    text: int
    band: int | None  # strip along the upper edge


@cache
def plates() -> tuple[Plate, ...]:
    """The plates in the order of the rule file."""
    with RULES.open("rb") as file:
        rows = tomllib.load(file)["plate"]
    return tuple(
        Plate(
            id=row["id"],
            pattern=re.compile(row["pattern"]),
            fill=_colour(row["fill"]),
            text=_colour(row["text"]),
            band=_colour(row["band"]) if "band" in row else None,
        )
        for row in rows
    )


@cache
def plate_of(number: str) -> Plate | None:
    """The plate of one route number such as "G2" or "S11"; None when no rule fits."""
    return next((plate for plate in plates() if plate.pattern.fullmatch(number)), None)


def route_numbers(ref: str) -> list[str]:
    """The numbers in a ``ref`` as tagged, "G2;S11" -> ["G2", "S11"], that have a plate."""
    numbers = (part.strip().upper() for part in re.split(r"[;,/、;]", ref))
    return [number for number in numbers if plate_of(number)]


def _colour(text: str) -> int:
    return int(text.removeprefix("#"), 16)
