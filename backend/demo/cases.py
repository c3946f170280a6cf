"""A scripted case and the acts that it is made of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from app.domain.incident import Place
from app.domain.obligation import Obligation, ObligationState, ReportKind
from backend.demo.ids import demo_id
from backend.demo.play import Desk

SERIOUS = ("I", "II", "III")
UNHEARD = timedelta(minutes=15)

type Act = tuple[datetime, str, Callable[[], None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`times`: minutes from the report at which each event comes; `words` fill its fields.

    Its reports go out when `report_share` of their limit has passed.
    """

    id: str
    known_at: datetime
    owner: str
    place: Place
    facts: Mapping[str, Any]
    times: Mapping[str, float]
    words: Mapping[str, Any]
    severity: str | None = None
    shared: tuple[str, ...] = ()
    notes: tuple[tuple[float, str], ...] = ()
    report_share: float = 0.93

    def at(self, minutes: float) -> datetime:
        return self.known_at + timedelta(minutes=minutes)


def acts(desk: Desk, case: Case) -> Iterator[Act]:
    """Yield the acts of a case; run those of all cases in order of time."""
    yield case.known_at, case.id, partial(_report, desk, case)
    for event, minutes in case.times.items():
        at = case.at(minutes)
        yield at, case.id, partial(_step, desk, case, event, at)
    for number, (minutes, text) in enumerate(case.notes):
        at = case.at(minutes)
        yield at, case.id, partial(_note, desk, case, number, at, text)


def tend(desk: Desk, case: Case, at: datetime, patience: timedelta = timedelta()) -> None:
    """Send what is due before a time, and let ring what rings then."""
    while duty := next(iter(_due(desk, case, at)), None):
        sent_at = _sending_time(case, duty)
        desk.act(
            _sender(desk, duty),
            sent_at,
            "SEND",
            duty.id,
            kind="obligation",
            sent_at=sent_at,
            text=case.facts["text"],
        )
    desk.ring(case.id, at, case.owner, patience)


def _report(desk: Desk, case: Case) -> None:
    desk.act(
        case.owner, case.known_at, "REPORT", case.id,
        place=case.place, known_at=case.known_at, **case.facts,
    )  # fmt: skip
    desk.number(case.id)
    desk.share(case.id, case.shared)


def _step(desk: Desk, case: Case, event: str, at: datetime) -> None:
    tend(desk, case, at)
    if event == "CLOSE":
        _settle(desk, case, at - timedelta(minutes=5))
    desk.act(_actor(case, event), at, event, case.id, **_said(case, event, at))


def _note(desk: Desk, case: Case, number: int, at: datetime, text: str) -> None:
    tend(desk, case, at)
    entry_id = demo_id("entry", f"{case.id}/{number}")
    desk.act(case.owner, at, "ADD_NOTE", entry_id, kind="entry", incident_id=case.id, text=text)


def _actor(case: Case, event: str) -> str:
    if event in ("CLASSIFY", "CLOSE"):
        return "duty_leader" if case.severity in SERIOUS else "shift_chief"
    return case.owner


def _said(case: Case, event: str, at: datetime) -> dict[str, Any]:
    """The fields that the case's words give to an event."""
    words = case.words
    said: dict[str, dict[str, Any]] = {
        "CONFIRM": {
            "verify_method": words.get("verify_method"),
            "occurred_at": case.known_at - timedelta(minutes=words.get("before_report", 0)),
        },
        "CLASSIFY": {"severity": case.severity, "basis": words.get("basis")},
        "START_RESPONSE": {"on_scene_statement": True},
        "CONTROL": {"scene_statement": words.get("scene"), "no_growth_statement": True},
        "CLEAR": {"lanes_open_at": at, "signs_statement": True},
        "CLOSE": {
            "loss_cny": words.get("loss_cny"),
            "cause": words.get("cause"),
            "no_open_work_statement": True,
        },
        "REJECT": {"reason": words.get("reason")},
        "MERGE_INTO": {"target_id": words.get("target_id"), "reason": "同一事件重复来电"},
    }
    return said.get(event, {})


def _due(desk: Desk, case: Case, at: datetime) -> Iterator[Obligation]:
    for duty in desk.duties(case.id):
        if duty.state == ObligationState.OPEN and _sending_time(case, duty) <= at:
            yield duty


def _sending_time(case: Case, duty: Obligation) -> datetime:
    """When the desk sends a report: at its share of the limit, but not before the level is set."""
    wanted = duty.clock_from + (duty.due_at - duty.clock_from) * case.report_share
    return max(wanted, case.at(case.times["CLASSIFY"] + 1))


def _sender(desk: Desk, duty: Obligation) -> str:
    rule = desk.rules.obligation(duty.rule_id)
    senders = rule.senders if rule else ()
    staff = ("dispatcher", "shift_chief", "duty_leader")
    return next(who for who in staff if desk.users[who].role in senders)


def _settle(desk: Desk, case: Case, at: datetime) -> None:
    """Send the final report and waive what it makes needless."""
    for duty in desk.duties(case.id):
        if duty.state != ObligationState.OPEN:
            continue
        if duty.report == ReportKind.FINAL:
            said = {"event": "SEND", "sent_at": at, "text": case.words["cause"]}
        else:
            said = {"event": "WAIVE", "reason": "处置结束，已终报"}
        desk.act("duty_leader", at, entity_id=duty.id, kind="obligation", **said)
