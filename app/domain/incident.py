"""The incident 事件: what happened, where, how bad, who owns it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.route import Route


class IncidentState(StrEnum):
    NEW = "NEW"
    VERIFYING = "VERIFYING"
    CONFIRMED = "CONFIRMED"
    RESPONDING = "RESPONDING"
    CONTROLLED = "CONTROLLED"
    CLEARED = "CLEARED"
    CLOSED = "CLOSED"
    FALSE = "FALSE"
    MERGED = "MERGED"


MAIN_PATH = (
    IncidentState.NEW,
    IncidentState.VERIFYING,
    IncidentState.CONFIRMED,
    IncidentState.RESPONDING,
    IncidentState.CONTROLLED,
    IncidentState.CLEARED,
    IncidentState.CLOSED,
)
"""The way of an ordinary case, in order: the state stepper draws it."""

ENDED_STATES = frozenset({IncidentState.CLOSED, IncidentState.FALSE, IncidentState.MERGED})
OPEN_STATES = frozenset(IncidentState) - ENDED_STATES


class Severity(StrEnum):
    """Event level 突发事件分级, I the worst. Not set yet is None, never a level."""

    I = "I"  # noqa: E741 - the level's own name
    II = "II"
    III = "III"
    IV = "IV"


SEVERITY_RANK = {Severity.I: 1, Severity.II: 2, Severity.III: 3, Severity.IV: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where it is: in words always, as point (WGS-84 degrees) and stake when resolved."""

    text: str = ""
    lon: float | None = None
    lat: float | None = None
    route_id: str | None = None
    route_code: str | None = None
    stake_m: float | None = None
    direction: str | None = None
    road: str | None = None
    adcode: str | None = None

    @property
    def has_point(self) -> bool:
        return self.lon is not None and self.lat is not None

    @property
    def resolved(self) -> bool:
        """True if the place is a route + stake + direction, or at least a point."""
        staked = self.route_id and self.stake_m is not None and self.direction
        return bool(staked) or self.has_point

    def staked(self, route: Route, stake_m: float, direction: str) -> "Place":
        """This place on a route, by its stake in metres."""
        return replace(
            self,
            route_id=route.id,
            route_code=route.code,
            stake_m=float(stake_m),
            direction=direction,
            road=route.name,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualties:
    """Persons; None is unknown, 0 is known to be none."""

    dead: int | None = None
    serious: int | None = None
    light: int | None = None
    missing: int | None = None
    trapped: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazmat:
    """Dangerous goods 危险货物: UN number, tonnes, leak and fire as far as known."""

    un: str = ""
    amount_t: float | None = None
    leak: bool | None = None
    fire: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDetail:
    """What only the case page needs; absent (None) in slim rows of closed cases."""

    text: str = ""
    lanes: tuple[str, ...] = ()
    casualties: Casualties = Casualties()
    hazmat: Hazmat | None = None
    queue_m: float | None = None
    weather: str | None = None
    expected_clear_at: datetime | None = None
    verify_method: str | None = None
    severity_basis: str | None = None
    lanes_open_at: datetime | None = None
    cause: str | None = None
    loss_cny: float | None = None
    caller: str | None = None
    caller_number: str | None = None
    merged_into: str | None = None
    created_by: str = ""
    created_at: datetime | None = None
    updated_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One case. `version` 0 means that no server has seen it yet.

    `number` is empty until the server gives one; `known_at` (接报时间) starts every clock.
    """

    id: str
    version: int = 0
    number: str = ""
    state: str = IncidentState.NEW
    type: str | None = None
    subtype: str | None = None
    severity: str | None = None
    title: str = ""
    place: Place = Place()
    source: str = ""
    owner_id: str | None = None
    org_id: str = ""
    shared_with: tuple[str, ...] = ()
    known_at: datetime
    occurred_at: datetime | None = None
    state_since: datetime | None = None
    updated_at: datetime | None = None
    closed_at: datetime | None = None
    demo: bool = False
    detail: IncidentDetail | None = None

    @property
    def is_open(self) -> bool:
        """An unknown state of a newer server counts as open: it must not vanish."""
        return self.state not in ENDED_STATES
