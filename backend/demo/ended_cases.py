"""The 300 cases that came and went before the demo starts: closed, rejected, merged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.domain.incident import Casualties, Place
from backend.demo.atlas import Atlas
from backend.demo.cases import Case
from backend.demo.ids import demo_id

SEED = 120116
COUNT = 300
REJECTED_EVERY = 17
TWIN_EVERY = 32
SPAN_DAYS = 45
NEWEST_MINUTES = 300
LONG_MINUTES = 1000
"""A case that may take hours is old enough to have ended."""


@dataclass(frozen=True, slots=True)
class Past:
    """Draws cases; the same seed draws the same ones, at the same distance from `now`."""

    now: datetime
    atlas: Atlas
    told: Mapping[str, Any]
    pick: Random

    def case(self, number: int) -> Case:
        pick, words = self.pick, self.told["words"]
        kinds = self.told["closed"]
        kind = pick.choices(kinds, [kind["weight"] for kind in kinds])[0]
        times = _times(pick, pick.uniform(*kind["minutes"]))
        return Case(
            id=demo_id("incident", f"ended/{number}"),
            known_at=self.now - timedelta(minutes=self._age(number, kind)),
            owner=pick.choice(("dispatcher", "dispatcher2")),
            place=self._place(kind.get("where", "route")),
            facts=self._facts(kind),
            times=times,
            words={
                "before_report": pick.randint(1, 6),
                "verify_method": pick.choice(("VIDEO", "PHONE", "PATROL", "POLICE")),
                "basis": pick.choice(words["bases"]),
                "scene": pick.choice(words["scenes"]),
                "cause": pick.choice(kind["causes"]),
                "loss_cny": float(pick.choice((0, 500, 1200, 3000, 8000, 20000, 65000))),
                "reason": pick.choice(words["false_reasons"]),
            },
            severity=kind.get("severity", "IV"),
            shared=tuple(kind["shared"]),
            notes=_notes(pick, times, words["notes"]),
            report_share=pick.choice((0.4, 0.5, 0.6, 0.6, 0.9)),
        )

    def _age(self, number: int, kind: Mapping[str, Any]) -> float:
        """Minutes before now, spread over the days with a little disorder."""
        newest = LONG_MINUTES if kind["minutes"][1] > 120 else NEWEST_MINUTES
        age = SPAN_DAYS * 1440 * (number + self.pick.random()) / COUNT
        return round(newest + age, 1)

    def _place(self, where: str) -> Place:
        words = self.told["words"]
        if where == "toll":
            return self.atlas.toll(self.pick)
        if where in ("crossing", "port"):
            return self.atlas.crossing(self.pick.choice(words[f"{where}s"]))
        return self.atlas.along(self.pick, words["routes"])

    def _facts(self, kind: Mapping[str, Any]) -> dict[str, Any]:
        pick = self.pick
        number = pick.randint(*kind["n"])
        facts = {
            "type": kind["type"],
            "subtype": kind["subtype"],
            "source": pick.choice(kind["sources"]),
            "text": pick.choice(kind["texts"]).format(n=number),
            "lanes": kind["lanes"][: pick.randint(1, 2)],
            "caller": pick.choice(self.told["words"]["callers"]),
            "caller_number": f"1390000{pick.randint(1000, 9999)}",
        }
        if kind["type"] in ("ACC", "HAZ"):
            serious = pick.randint(1, 3) if "severity" in kind else 0
            facts["casualties"] = Casualties(dead=0, serious=serious, light=pick.randint(0, 2))
        if "hazmat" in kind:
            facts["hazmat"] = kind["hazmat"] | {"amount_t": float(number)}
        return facts


def ended_cases(now: datetime, atlas: Atlas, told: Mapping[str, Any]) -> Iterator[Case]:
    past = Past(now, atlas, told, Random(SEED))
    made = 0
    while made < COUNT:
        case = past.case(made)
        made += 1
        if made % REJECTED_EVERY == 0:
            yield _rejected(case)
            continue
        yield case
        if made % TWIN_EVERY == 0:
            made += 1
            yield _twin(case)


def _times(pick: Random, cleared: float) -> dict[str, float]:
    accept = pick.choice((0.4, 0.7, 1.1, 1.6, 2.6))
    confirm = accept + pick.uniform(2, 8)
    return {
        "ACCEPT": accept,
        "CONFIRM": confirm,
        "CLASSIFY": confirm + 2,
        "START_RESPONSE": confirm + 3,
        "CONTROL": max(confirm + 4, cleared * 0.7),
        "CLEAR": max(confirm + 6, cleared),
        "CLOSE": max(confirm + 6, cleared) + pick.uniform(75, 180),
    }


def _notes(
    pick: Random, times: Mapping[str, float], texts: list[str]
) -> tuple[tuple[float, str], ...]:
    chosen = pick.sample(texts, pick.randint(1, 3))
    start, end = times["START_RESPONSE"], times["CLEAR"]
    step = (end - start) / (len(chosen) + 1)
    return tuple((start + step * (i + 1), text) for i, text in enumerate(chosen))


def _rejected(case: Case) -> Case:
    """A false report ends where it would have been confirmed."""
    times = {"ACCEPT": case.times["ACCEPT"], "REJECT": case.times["CONFIRM"]}
    facts = {**case.facts, "source": "12328", "casualties": Casualties()}
    return replace(case, times=times, facts=facts, notes=())


def _twin(case: Case) -> Case:
    """A second case of the same event, merged into the first soon after."""
    return replace(
        case,
        id=demo_id("incident", f"twin/{case.id}"),
        known_at=case.at(case.times["ACCEPT"] + 0.5),
        facts={**case.facts, "source": "APP", "text": f"群众上报：{case.facts['text']}"},
        times={"ACCEPT": 0.5, "MERGE_INTO": 1.0},
        words={**case.words, "target_id": case.id},
        shared=(),
        notes=(),
    )
