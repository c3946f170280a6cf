"""All cases as columns: filtered and sorted in a few milliseconds, whatever their number."""

from collections.abc import Callable, Collection, Iterable
from itertools import repeat
from operator import contains
from zlib import crc32

import numpy as np
import numpy.typing as npt

from app.domain.clocks import Clock
from app.domain.describe import number_text
from app.domain.incident import MAIN_PATH, SEVERITY_RANK, Incident, IncidentState
from app.domain.stakes import format_stake
from widgets.queue.filter import Filter, Sort, plain

type Slots = npt.NDArray[np.intp]
type Mask = npt.NDArray[np.bool_]
type Keys = npt.NDArray[np.int64]

UNCLASSIFIED = 5
_COLUMNS = np.dtype(
    [
        ("live", "?"), ("open", "?"), ("new", "?"), ("rank", "i1"), ("step", "i1"),
        ("state", "i4"), ("type", "i4"), ("owner", "i4"), ("area", "i4"), ("route", "i4"),
        ("known", "f8"), ("start", "f8"), ("due", "f8"), ("tie", "u4"),
    ]
)  # fmt: skip
_RANK: dict[str | None, int] = dict(SEVERITY_RANK.items())
_STEP: dict[str, int] = {state: step for step, state in enumerate(MAIN_PATH)}
_TICKS_PER_S, _LATEST = 4, (1 << 35) - 1


class Vocabulary:
    """Words as small numbers: 0 is unknown, numbers never change."""

    def __init__(self) -> None:
        self.words: list[str] = [""]
        self._codes = {"": 0}

    def code(self, word: str | None) -> int:
        found = self._codes.get(word or "")
        if found is None:
            found = self._codes[word or ""] = len(self.words)
            self.words.append(word or "")
        return found

    def flags(self, wanted: Callable[[str], bool]) -> Mask:
        """One flag per code."""
        return np.fromiter(map(wanted, self.words), bool, len(self.words))


class QueueIndex:
    """One slot per case; the slot of a dropped case is given out again.

    `label` names the code of a type, `name` the id of a user, both for the text filter.
    `me` is the user whose cases are "mine".
    """

    def __init__(self, label: Callable[[str], str], name: Callable[[str], str]) -> None:
        self.me = ""
        self.ids: list[str] = []
        self._label, self._name = label, name
        self._slots: dict[str, int] = {}
        self._free: list[int] = []
        self._texts: list[str] = []
        self._rows = np.zeros(1024, _COLUMNS)
        self._words = {name: Vocabulary() for name in ("state", "type", "owner", "area", "route")}

    def __len__(self) -> int:
        return len(self._slots)

    def slot(self, incident_id: str) -> int | None:
        return self._slots.get(incident_id)

    def words(self, column: str) -> list[str]:
        """Values that live rows have in a column (type, state, area, route), unordered."""
        rows = self._rows[: len(self.ids)]
        return [self._words[column].words[code] for code in np.unique(rows[column][rows["live"]])]

    def clock(self, slot: int) -> tuple[float, float] | None:
        """Start and due of the clock that ends first, seconds since 1970; None: none runs."""
        row = self._rows[slot]
        return (float(row["start"]), float(row["due"])) if np.isfinite(row["due"]) else None

    def count(self, wanted: Filter) -> int:
        return int(np.count_nonzero(self.matches(wanted)))

    # writing

    def put(self, incident: Incident, clock: Clock | None) -> int:
        """Take a new version of a case. Returns its slot."""
        slot = self._slots.get(incident.id)
        if slot is None:
            slot = self._new_slot(incident.id)
        words, place = self._words, incident.place
        self._rows[slot] = (
            True,
            incident.is_open,
            incident.state == IncidentState.NEW,
            _RANK.get(incident.severity, UNCLASSIFIED),
            _STEP.get(incident.state, len(_STEP)),
            words["state"].code(incident.state),
            words["type"].code(incident.type),
            words["owner"].code(incident.owner_id),
            words["area"].code(place.adcode),
            words["route"].code(place.route_code),
            incident.known_at.timestamp(),
            clock.start.timestamp() if clock else np.nan,
            clock.due.timestamp() if clock else np.inf,
            crc32(incident.id.encode()),
        )
        self._texts[slot] = _text(incident)
        return slot

    def drop(self, incident_id: str) -> int | None:
        """Forget a case. Returns the slot that it had."""
        slot = self._slots.pop(incident_id, None)
        if slot is not None:
            self._rows[slot]["live"] = False
            self._texts[slot] = ""
            self._free.append(slot)
        return slot

    def _new_slot(self, incident_id: str) -> int:
        if self._free:
            slot = self._free.pop()
            self.ids[slot] = incident_id
        else:
            slot = len(self.ids)
            self.ids.append(incident_id)
            self._texts.append("")
            if slot >= len(self._rows):
                self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._slots[incident_id] = slot
        return slot

    # reading

    def visible(
        self, wanted: Filter, sort: Sort, found: Collection[str] = ()
    ) -> tuple[Slots, Keys]:
        """Slots that pass, in order, with their keys."""
        slots = np.flatnonzero(self.matches(wanted, found))
        keys = self.keys(slots, sort)
        order = np.argsort(keys, kind="stable")
        return slots[order], keys[order]

    def matches(
        self, wanted: Filter, found: Collection[str] = (), slots: Slots | None = None
    ) -> Mask:
        """One flag per slot, of these or of all. `found`: ids of a full-text search besides."""
        rows = self._rows[: len(self.ids)] if slots is None else self._rows[slots]
        slots = np.arange(len(rows)) if slots is None else slots
        passed: Mask = rows["live"].copy()
        if not wanted.closed:
            passed &= rows["open"]
        if wanted.mine:
            passed &= rows["owner"] == (self._words["owner"].code(self.me) or -1)
        if wanted.unaccepted:
            passed &= rows["new"]
        if wanted.level:
            passed &= rows["rank"] <= _RANK.get(wanted.level, 0)
        sets = {"type": wanted.types, "state": wanted.states, "area": wanted.areas,
                "route": wanted.routes}  # fmt: skip
        for column, values in sets.items():
            if values:
                passed &= self._words[column].flags(values.__contains__)[rows[column]]
        if wanted.words:
            self._match_text(slots, rows, passed, wanted.words, found)
        return passed

    def _match_text(
        self,
        slots: Slots,
        rows: npt.NDArray[np.void],
        passed: Mask,
        words: Iterable[str],
        found: Collection[str],
    ) -> None:
        """Narrow `passed` to rows in whose text, type or owner each word stands."""
        by_full_text = np.zeros_like(passed)
        if found:
            by_full_text = passed & np.isin(slots, [self._slots.get(id_, -1) for id_ in found])
        for word in words:
            named = self._named("type", self._label, word)[rows["type"]]
            named |= self._named("owner", self._name, word)[rows["owner"]]
            open_question = np.flatnonzero(passed & ~named)
            asked = slots[open_question].tolist()
            read = map(self._texts.__getitem__, asked)
            hit = np.fromiter(map(contains, read, repeat(word)), bool, len(asked))
            passed[open_question[~hit]] = False
        passed |= by_full_text

    def _named(self, column: str, name: Callable[[str], str], word: str) -> Mask:
        """Which codes of a column have a name with this word in it."""
        return self._words[column].flags(lambda code: word in plain(name(code)))

    def keys(self, slots: Slots, sort: Sort) -> Keys:
        """One number per row; the rows stand in the order of their numbers.

        From high to low: the group (6 bits), a time (35), the level (3), a tie-breaker (19).
        """
        rows = self._rows[slots]
        timed = np.isfinite(rows["due"])
        # with a clock: the first to end in front; without one: the newest in front
        group = np.where(timed, 0, np.where(rows["open"], 1, 2)).astype(np.int64)
        time = np.where(timed, rows["due"], -rows["known"])
        match sort:
            case Sort.TIME:
                major, time = np.zeros_like(group), -rows["known"]
            case Sort.SEVERITY:
                major = rows["rank"] * 3 + group
            case Sort.STATE:
                major = rows["step"] * 3 + group
            case _:
                major = group
        major = np.where(rows["new"], 0, major + 1)
        ticks = np.clip(
            np.where(time < 0, time * _TICKS_PER_S + _LATEST, time * _TICKS_PER_S), 0, _LATEST
        )
        return (
            (major.astype(np.int64) << 57)
            | (ticks.astype(np.int64) << 22)
            | (rows["rank"].astype(np.int64) << 19)
            | (rows["tie"].astype(np.int64) & 0x7FFFF)
        )


def _text(incident: Incident) -> str:
    place = incident.place
    stake = format_stake(place.stake_m) if place.stake_m is not None else ""
    return plain(
        f"{number_text(incident)}\n{incident.title}\n{place.text}\n{place.road or ''}\n"
        f"{place.route_code or ''} {stake}\n{incident.subtype or ''}"
    )
