"""The cases that lie on the desk when the demo starts, as incidents.toml tells them."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from app.domain.incident import Casualties, Place
from backend.demo.atlas import Atlas
from backend.demo.cases import Case
from backend.demo.ids import demo_id

PATH = ("ACCEPT", "CONFIRM", "START_RESPONSE", "CONTROL", "CLEAR")
CLASSIFY_AFTER = 2
FACTS = (
    "type", "subtype", "source", "text", "lanes", "hazmat", "queue_m", "weather", "caller",
)  # fmt: skip
COUNTS = ("dead", "serious", "light", "missing", "trapped")


def open_cases(now: datetime, atlas: Atlas, told: Mapping[str, Any]) -> Iterator[Case]:
    for number, row in enumerate(told["open"]):
        known_at = now - timedelta(minutes=row["age"])
        times = _times(row)
        last = max(times.values(), default=0)
        yield Case(
            id=demo_id("incident", f"open/{number}"),
            known_at=known_at,
            owner=row.get("owner", "dispatcher"),
            place=_place(row, atlas),
            facts=_facts(row, known_at),
            times=times,
            words={
                "before_report": 3,
                "verify_method": "VIDEO",
                "basis": row.get("basis", ""),
                "scene": row.get("note", ""),
            },
            severity=row.get("severity"),
            shared=tuple(row.get("shared", ())),
            notes=(((last + row["age"]) / 2, row["note"]),) if "note" in row else (),
        )


def _times(row: Mapping[str, Any]) -> dict[str, float]:
    times: dict[str, float] = dict(zip(PATH, row.get("steps", ()), strict=False))
    if "severity" in row:
        times["CLASSIFY"] = times["CONFIRM"] + CLASSIFY_AFTER
    return times


def _place(row: Mapping[str, Any], atlas: Atlas) -> Place:
    if "crossing" in row:
        return atlas.crossing(row["crossing"])
    return atlas.stake(row["route"], row["km"], row["way"])


def _facts(row: Mapping[str, Any], known_at: datetime) -> dict[str, Any]:
    facts = {name: row[name] for name in FACTS if name in row}
    facts["casualties"] = Casualties(**{name: row[name] for name in COUNTS if name in row})
    if "number" in row:
        facts["caller_number"] = row["number"]
    if "clear_in" in row:
        facts["expected_clear_at"] = known_at + timedelta(minutes=row["clear_in"])
    return facts
