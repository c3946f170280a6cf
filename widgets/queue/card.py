"""One row of the queue in words: what, where, state, who, how long left."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.clocks import Clock
from app.domain.describe import local_time, number_text, place_text, title_text
from app.domain.incident import Incident, IncidentState
from app.domain.outbox import OutboxState
from app.domain.rules import Rules
from app.store import Store
from app.text import translate
from widgets.shared.people import user_name
from widgets.shared.severity import level_words, type_sign

WORKS = "WRK"
"""Road works are planned: they have no level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`level` is a severity, "planned", or None while nobody has set it."""

    id: str
    sign: str
    level: str | None
    level_words: str
    title: str
    place: str
    state: str
    owner: str
    known: str
    marks: tuple[str, ...]
    clock: Clock | None
    unaccepted: bool
    ended: bool

    @property
    def sentence(self) -> str:
        """The row for a screen reader."""
        parts = (self.title, self.place, self.level_words, self.state, self.owner, self.known)
        return ", ".join((*parts, *self.marks))


def card(
    incident: Incident,
    clock: Clock | None,
    now: datetime,
    store: Store,
    rules: Rules,
    language: str,
) -> Card:
    level = incident.severity or ("planned" if incident.type == WORKS else None)
    return Card(
        id=incident.id,
        sign=type_sign(rules, incident.type, language),
        level=level,
        level_words=level_words(rules, level, language),
        title=title_text(incident, rules, language),
        place=_where(incident, rules, language),
        state=rules.label("incident_state", incident.state, language),
        owner=owner(incident, store),
        known=_when(incident.known_at, now),
        marks=_marks(incident, store, language),
        clock=clock,
        unaccepted=incident.state == IncidentState.NEW,
        ended=not incident.is_open,
    )


def owner(incident: Incident, store: Store) -> str:
    """The owner's name; before anybody could own the case nothing is missing."""
    if incident.owner_id is None:
        return "" if incident.state == IncidentState.NEW else translate("Queue", "未指派")
    return user_name(store, incident.owner_id) or translate("Queue", "未知")


def _where(incident: Incident, rules: Rules, language: str) -> str:
    place = incident.place
    if not (place.text or place.road or place.route_code or place.has_point):
        return translate("Queue", "位置未知")
    text = place_text(place, rules, language)
    if place.road and place.road not in text and place.route_code:
        return text.replace(place.route_code, f"{place.route_code} {place.road}", 1)
    return text


def _when(known_at: datetime, now: datetime) -> str:
    today = local_time(now, "%Y-%m-%d")
    day = local_time(known_at, "%Y-%m-%d")
    if day == today:
        return local_time(known_at, "%H:%M")
    return local_time(known_at, "%m-%d %H:%M" if day[:4] == today[:4] else "%Y-%m-%d")


def _marks(incident: Incident, store: Store, language: str) -> tuple[str, ...]:
    provisional = () if incident.number else (number_text(incident, language),)
    if not store.is_pending("incident", incident.id):
        return provisional
    waiting = store.pending("incident", incident.id)
    clashed = any(item.state == OutboxState.CONFLICT for item in waiting)
    return (*provisional, translate("Queue", "冲突") if clashed else translate("Queue", "待发"))
