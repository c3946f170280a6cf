"""Rules as data: code lists, clocks, report duties, thresholds, read from resources/rules."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.incident import Casualties

RULES_DIR = Path(__file__).parents[2] / "resources" / "rules"


@dataclass(frozen=True, slots=True)
class Label:
    zh: str
    en: str

    def text(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """Rings when a case stays in `state` for `minutes` counted from its field `since`."""

    rule: str
    state: str
    minutes: float
    sound: bool
    since: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRule:
    """A report due `minutes` after `after` (known_at, classified, cleared)."""

    id: str
    report: str
    recipient: Label
    levels: frozenset[str]
    minutes: float
    after: str
    repeats: bool
    senders: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateRule:
    same_route_m: float
    minutes: float
    off_route_m: float
    families: tuple[frozenset[str], ...]

    def same_family(self, one: str | None, other: str | None) -> bool:
        """A type not known yet could be any type, so it is compared with all."""
        if one is None or other is None or one == other:
            return True
        return any(one in family and other in family for family in self.families)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityRule:
    level: str
    dead: int
    serious: int
    loss_cny: float

    def met(self, casualties: Casualties, loss_cny: float | None) -> bool:
        return (
            (casualties.dead or 0) >= self.dead
            or (casualties.serious or 0) >= self.serious
            or (loss_cny or 0) >= self.loss_cny
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRule:
    """How old live data may be before it is grey or hidden; a faster vehicle is not believed."""

    links_stale_s: float
    vehicles_stale_s: float
    vehicles_hidden_s: float
    fastest_kmh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PtzRule:
    """Who takes a head from whom (`ranks` by role) and for how long (`hold_s`); `outbox_s`: taking
    it is not sent later; a move issued `refused_after_s` ago is refused, and without another
    one for so long the head stops; after `home_after_s` a patrol camera goes home."""

    ranks: Mapping[str, int]
    hold_s: float
    outbox_s: float
    home_after_s: float
    home_preset: int
    refused_after_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    codes: Mapping[str, Mapping[str, Label]]
    timers: tuple[Timer, ...]
    other_alarms: Mapping[str, Timer]
    amber_share: float
    obligations: tuple[ObligationRule, ...]
    duplicate: DuplicateRule
    severities: tuple[SeverityRule, ...]
    reopen_hours: float
    text_limit: int
    live: LiveRule
    ptz: PtzRule
    answers_kept: timedelta
    seat_files_kept: timedelta

    def label(self, group: str, code: str | None, language: str = "zh") -> str:
        """The code's name; a code of a newer server is shown as itself and as unknown."""
        if code is None:
            return {"zh": "未知"}.get(language[:2], "unknown")
        known = self.codes.get(group, {}).get(code)
        if known:
            return known.text(language)
        return f"{code}(未知)" if language.startswith("zh") else f"{code} (unknown)"

    def event_group(self, event: object) -> str:
        """The list of codes that names the event: each kind of entity has its own."""
        named = (g for g, codes in self.codes.items() if g.endswith("_event") and event in codes)
        return next(named, "incident_event")

    def alarm(self, rule: str) -> Timer | None:
        return next((t for t in self.timers if t.rule == rule), None) or self.other_alarms.get(rule)

    def obligation(self, rule_id: str) -> ObligationRule | None:
        return next((rule for rule in self.obligations if rule.id == rule_id), None)

    def severity_of(self, casualties: Casualties, loss_cny: float | None) -> str | None:
        """The level that casualties and loss alone ask for, as a proposal. None: no criterion."""
        met = (rule.level for rule in self.severities if rule.met(casualties, loss_cny))
        return next(met, None)


@cache
def load_rules(folder: Path = RULES_DIR) -> Rules:
    """Read all rule files. Raises OSError or tomllib.TOMLDecodeError on a broken folder."""
    codes, timers, duties, incident, ptz = (
        tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
        for name in ("codes", "timers", "obligations", "incident", "ptz")
    )
    return Rules(
        codes={
            group: {code: Label(*labels) for code, labels in table.items()}
            for group, table in codes.items()
            if isinstance(table, dict)
        },
        timers=tuple(_timer(row["rule"], row) for row in timers["timer"]),
        other_alarms={rule: _timer(rule, row) for rule, row in timers["other"].items()},
        amber_share=timers["amber_share"],
        obligations=tuple(_obligation(row) for row in duties["obligation"]),
        duplicate=_duplicate(incident["duplicate"]),
        severities=tuple(SeverityRule(**row) for row in incident["severity"]),
        reopen_hours=incident["reopen_hours"],
        text_limit=incident["text_limit"],
        live=LiveRule(**timers["live"]),
        ptz=PtzRule(
            ranks=ptz["ranks"], refused_after_s=ptz["moves"]["refused_after_s"], **ptz["lock"]
        ),
        answers_kept=timedelta(days=timers["housekeeping"]["answers_days"]),
        seat_files_kept=timedelta(days=timers["housekeeping"]["seat_files_days"]),
    )


def _timer(rule: str, row: dict[str, Any]) -> Timer:
    return Timer(
        rule=rule,
        state=row.get("state", ""),
        minutes=row.get("minutes", 0),
        sound=row["sound"],
        since=row.get("since", "state_since"),
        label=Label(row["zh"], row["en"]),
    )


def _obligation(row: dict[str, Any]) -> ObligationRule:
    return ObligationRule(
        id=row["id"],
        report=row["report"],
        recipient=Label(row["recipient_zh"], row["recipient_en"]),
        levels=frozenset(row["levels"]),
        minutes=row["minutes"],
        after=row["after"],
        repeats=row.get("repeats", False),
        senders=frozenset(row["senders"]),
    )


def _duplicate(row: dict[str, Any]) -> DuplicateRule:
    families = tuple(frozenset(family) for family in row["families"])
    return DuplicateRule(
        same_route_m=row["same_route_m"],
        minutes=row["minutes"],
        off_route_m=row["off_route_m"],
        families=families,
    )
