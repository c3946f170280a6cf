"""State machines as tables: which event, from which state, by whom, with which fields.

Source: TOCC domain handbook 5.1 (incident), 1.5 (reports), 5.5 (camera). SHIFT_CHIEF may do whatever
DISPATCHER may. Backend, client and tests read these tables; nobody repeats them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.alarm import Alarm
from app.domain.camera import Camera, Health
from app.domain.incident import OPEN_STATES, IncidentState
from app.domain.obligation import ObligationState
from app.domain.roles import OPERATORS, WRITERS, Role


@dataclass(frozen=True, slots=True)
class Field:
    """A field that an event carries.

    `type` tells how it is read and which editor asks for it; `choices` names a code list.
    `kept`: a value that the case already has counts as given.
    """

    name: str
    type: str
    choices: str = ""
    required: bool = True
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Transition:
    """`sources` empty: the event creates the entity. `target` None: the state stays."""

    event: str
    sources: frozenset[str]
    target: str | None
    roles: frozenset[str]
    fields: tuple[Field, ...] = ()


def _roles(*roles: Role) -> frozenset[str]:
    chief = {Role.SHIFT_CHIEF} if Role.DISPATCHER in roles else set()
    return frozenset({*roles, *chief})


def _row(
    event: str,
    sources: Iterable[str],
    target: str | None,
    roles: frozenset[str],
    *fields: Field,
) -> Transition:
    return Transition(event, frozenset(sources), target, roles, fields)


S = IncidentState
_DISPATCH = _roles(Role.DISPATCHER)
_CHIEF = _roles(Role.SHIFT_CHIEF)
_REASON = Field("reason", "text")
_OPEN = OPEN_STATES
_CONFIRMED_OPEN = OPEN_STATES - {S.NEW, S.VERIFYING}

FACT_FIELDS = (
    Field("title", "text", required=False),
    Field("type", "choice", "incident_type", required=False, kept=True),
    Field("subtype", "choice", "incident_subtype", required=False, kept=True),
    Field("place", "place", required=False, kept=True),
    Field("text", "note", required=False, kept=True),
    Field("lanes", "lanes", required=False, kept=True),
    Field("casualties", "casualties", required=False, kept=True),
    Field("hazmat", "hazmat", required=False, kept=True),
    Field("queue_m", "number", required=False, kept=True),
    Field("weather", "text", required=False, kept=True),
    Field("occurred_at", "time", required=False, kept=True),
    Field("expected_clear_at", "time", required=False, kept=True),
)
"""The facts of a case: given with REPORT, changed by AMEND."""

INCIDENT = (
    _row(
        "REPORT",
        (),
        S.NEW,
        _roles(Role.DISPATCHER, Role.VIDEO_OP, Role.LIAISON, Role.SYSTEM),
        Field("source", "choice", "incident_source"),
        Field("known_at", "time"),
        Field("caller", "text", required=False),
        Field("caller_number", "text", required=False),
        *FACT_FIELDS,
    ),
    _row("ACCEPT", {S.NEW}, S.VERIFYING, _DISPATCH, Field("owner_id", "user", required=False)),
    _row(
        "CONFIRM",
        {S.VERIFYING},
        S.CONFIRMED,
        _DISPATCH,
        Field("type", "choice", "incident_type", kept=True),
        Field("subtype", "choice", "incident_subtype", required=False, kept=True),
        Field("place", "place", kept=True),
        Field("verify_method", "choice", "verify_method"),
        Field("occurred_at", "time", kept=True),
    ),
    _row("REJECT", {S.NEW, S.VERIFYING}, S.FALSE, _DISPATCH, _REASON),
    _row(
        "MERGE_INTO",
        {S.NEW, S.VERIFYING, S.CONFIRMED},
        S.MERGED,
        _DISPATCH,
        Field("target_id", "incident"),
        Field("reason", "text", required=False),
    ),
    _row(
        "CLASSIFY",
        {S.CONFIRMED},
        None,
        _roles(Role.SHIFT_CHIEF, Role.DUTY_LEADER),
        Field("severity", "severity"),
        Field("basis", "text"),
    ),
    _row(
        "START_RESPONSE",
        {S.CONFIRMED},
        S.RESPONDING,
        _DISPATCH,
        Field("on_scene_statement", "statement"),
    ),
    _row(
        "CONTROL",
        {S.RESPONDING},
        S.CONTROLLED,
        _DISPATCH,
        Field("scene_statement", "note"),
        Field("no_growth_statement", "statement"),
    ),
    _row("RELAPSE", {S.CONTROLLED}, S.RESPONDING, _DISPATCH, _REASON),
    _row(
        "CLEAR",
        {S.RESPONDING, S.CONTROLLED},
        S.CLEARED,
        _DISPATCH,
        Field("lanes_open_at", "time"),
        Field("signs_statement", "statement"),
    ),
    _row(
        "CLOSE",
        {S.CLEARED},
        S.CLOSED,
        _roles(Role.SHIFT_CHIEF, Role.DUTY_LEADER),
        Field("loss_cny", "number", kept=True),
        Field("cause", "text", kept=True),
        Field("no_open_work_statement", "statement"),
    ),
    _row("REOPEN", {S.CLEARED, S.CLOSED}, S.RESPONDING, _CHIEF, _REASON),
    _row(
        "RECLASSIFY",
        _OPEN,
        None,
        _roles(Role.SHIFT_CHIEF, Role.DUTY_LEADER),
        Field("severity", "severity"),
        _REASON,
    ),
    _row(
        "ASSIGN",
        _OPEN,
        None,
        _DISPATCH,
        Field("owner_id", "user"),
        Field("reason", "text", required=False),
    ),
    _row("AMEND", _CONFIRMED_OPEN, None, _DISPATCH, Field("facts", "facts"), _REASON),
)

_OF_CASE = Field("incident_id", "incident")
ENTRY = (
    _row("ADD_NOTE", (), None, frozenset(WRITERS), _OF_CASE, Field("text", "note")),
    _row(
        "ADD_REPORT",
        (),
        None,
        _roles(Role.DISPATCHER, Role.SYSTEM),
        _OF_CASE,
        Field("source", "choice", "incident_source"),
        Field("at", "time"),
        Field("caller", "text", required=False),
        Field("caller_number", "text", required=False),
        Field("text", "note"),
    ),
    _row(
        "ADD_ATTACHMENT",
        (),
        None,
        frozenset(WRITERS),
        _OF_CASE,
        Field("attachment", "attachment"),
        Field("text", "note", required=False),
    ),
)

OBLIGATION = (
    _row(
        "SEND",
        {ObligationState.OPEN},
        ObligationState.SENT,
        frozenset(OPERATORS),
        Field("sent_at", "time"),
        Field("text", "note", required=False),
        Field("late_reason", "text", required=False),
    ),
    _row(
        "WAIVE",
        {ObligationState.OPEN},
        ObligationState.WAIVED,
        frozenset({Role.DUTY_LEADER}),
        _REASON,
    ),
)

UNACKNOWLEDGED, ACKNOWLEDGED = "UNACKNOWLEDGED", "ACKNOWLEDGED"
ALARM = (_row("ACKNOWLEDGE", {UNACKNOWLEDGED}, ACKNOWLEDGED, frozenset(OPERATORS)),)

_MOVERS = _roles(Role.VIDEO_OP, Role.DISPATCHER, Role.EMERG_OFFICER)
_WATCHERS = _roles(Role.VIDEO_OP, Role.SYSTEM)
_IN_SIGHT = frozenset(Health) - {Health.OFFLINE}
CAMERA = (
    _row("TAKE_PTZ", _IN_SIGHT, None, _MOVERS, Field("incident_id", "incident", required=False)),
    _row("RELEASE_PTZ", Health, None, _MOVERS),
    _row(
        "MARK_FAULT",
        {Health.UNKNOWN, Health.ONLINE},
        Health.FAULT,
        _WATCHERS,
        Field("fault", "choice", "camera_fault"),
        Field("reason", "text", required=False),
    ),
    _row("FIXED", {Health.FAULT, Health.MAINTENANCE}, Health.ONLINE, _WATCHERS),
    _row(
        "SET_MAINT",
        Health,
        Health.MAINTENANCE,
        _roles(Role.ADMIN, Role.MAINT_SUP),
        Field("until", "time"),
    ),
    _row(
        "SET_PRESET",
        _IN_SIGHT,
        None,
        _MOVERS,
        Field("number", "number"),
        Field("name", "text"),
        Field("picture", "text", required=False),
    ),
    _row("REMOVE_PRESET", _IN_SIGHT, None, _MOVERS, Field("number", "number")),
)
"""TAKE_PTZ names the case that an emergency officer responds to; the state is the health."""

MACHINES: dict[str, tuple[Transition, ...]] = {
    "incident": INCIDENT,
    "entry": ENTRY,
    "obligation": OBLIGATION,
    "alarm": ALARM,
    "camera": CAMERA,
}

CLASSIFIERS: dict[str, frozenset[str]] = {
    "I": frozenset({Role.DUTY_LEADER}),
    "II": frozenset({Role.DUTY_LEADER}),
    "III": frozenset({Role.DUTY_LEADER}),
    "IV": frozenset({Role.SHIFT_CHIEF}),
}
"""Who sets which level (5.1, CLASSIFY); changing it needs the right for the higher of the two."""

SERIOUS_CLOSERS = frozenset({Role.DUTY_LEADER})
"""Who closes a case of level III and above."""


def transition(kind: str, event: str) -> Transition | None:
    return next((row for row in MACHINES.get(kind, ()) if row.event == event), None)


def state_of(entity: object | None) -> str | None:
    """The entity's state; None if it does not exist yet."""
    if isinstance(entity, Alarm):
        return ACKNOWLEDGED if entity.acknowledged_by else UNACKNOWLEDGED
    if isinstance(entity, Camera):
        return entity.health
    return getattr(entity, "state", None)
