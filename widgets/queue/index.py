"""All cases as columns: filtered and sorted in a few milliseconds, whatever their number."""

from collections.abc import Callable, Collection, Iterable
from itertools import repeat
from typing import Any
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
_COLUMNS = {
    "live": "?", "open": "?", "new": "?", "rank": "i1", "step": "i1",
    "state": "i4", "type": "i4", "subtype": "i4", "owner": "i4", "area": "i4", "route": "i4",
    "known": "f8", "due": "f8", "tie": "u4",
}  # fmt: skip
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

    `words` tells all that a type or sub-kind is called, `name` who a user is, both for the text
    filter.
    `me` is the user whose cases are "mine".
    """

    def __init__(self, words: Callable[[str], str], name: Callable[[str], str]) -> None:
        self.me = ""
        self.ids: list[str] = []
        self._names = {"type": words, "subtype": words, "owner": name}
        self._slots: dict[str, int] = {}
        self._free: list[int] = []
        self._texts: list[bytes] = []  # UTF-8: three fifths of a string's memory
        self._columns = {name: np.zeros(1024, dtype) for name, dtype in _COLUMNS.items()}
        coded = ("state", "type", "subtype", "owner", "area", "route")
        self._words = {name: Vocabulary() for name in coded}

    def __len__(self) -> int:
        return len(self._slots)

    def slot(self, incident_id: str) -> int | None:
        return self._slots.get(incident_id)

    def words(self, column: str) -> list[str]:
        """Values that live rows have in a column (type, state, area, route), unordered."""
        codes = np.unique(self._column(column)[self._column("live")])
        return [self._words[column].words[code] for code in codes]

    def count(self, wanted: Filter) -> int:
        return int(np.count_nonzero(self.matches(wanted)))

    # writing

    def put(self, incident: Incident, clock: Clock | None) -> int:
        """Take a new version of a case. Returns its slot."""
        slot = self._slots.get(incident.id)
        if slot is None:
            slot = self._new_slot(incident.id)
        words, place = self._words, incident.place
        values = (
            True,
            incident.is_open,
            incident.state == IncidentState.NEW,
            _RANK.get(incident.severity, UNCLASSIFIED),
            _STEP.get(incident.state, len(_STEP)),
            words["state"].code(incident.state),
            words["type"].code(incident.type),
            words["subtype"].code(incident.subtype),
            words["owner"].code(incident.owner_id),
            words["area"].code(place.adcode),
            words["route"].code(place.route_code),
            incident.known_at.timestamp(),
            clock.due.timestamp() if clock else np.inf,
            crc32(incident.id.encode()),
        )
        for column, value in zip(self._columns.values(), values, strict=True):
            column[slot] = value
        self._texts[slot] = _text(incident)
        return slot

    def drop(self, incident_id: str) -> int | None:
        """Forget a case. Returns the slot that it had."""
        slot = self._slots.pop(incident_id, None)
        if slot is not None:
            self._columns["live"][slot] = False
            self._texts[slot] = b""
            self._free.append(slot)
        return slot

    def _new_slot(self, incident_id: str) -> int:
        if self._free:
            slot = self._free.pop()
            self.ids[slot] = incident_id
        else:
            slot = len(self.ids)
            self.ids.append(incident_id)
            self._texts.append(b"")
            if slot >= len(self._columns["live"]):
                self._columns = {
                    name: np.concatenate([column, np.zeros_like(column)])
                    for name, column in self._columns.items()
                }
        self._slots[incident_id] = slot
        return slot

    # reading

    def visible(
        self, wanted: Filter, sort: Sort, found: Collection[str] = ()
    ) -> tuple[Slots, Keys]:
        """Slots that pass, in order, with their keys."""
        slots = np.flatnonzero(self.matches(wanted, found))
        keys = self.keys(slots, sort)
        order = np.argsort(keys)
        return slots[order], keys[order]

    def matches(
        self, wanted: Filter, found: Collection[str] = (), slots: Slots | None = None
    ) -> Mask:
        """One flag per slot, of these or of all. `found`: ids of a full-text search besides."""
        passed: Mask = self._column("live", slots).copy()
        if not wanted.closed:
            passed &= self._column("open", slots)
        if wanted.mine:
            me = self._words["owner"].code(self.me) or -1
            passed &= self._column("owner", slots) == me
        if wanted.unaccepted:
            passed &= self._column("new", slots)
        if wanted.level:
            passed &= self._column("rank", slots) <= _RANK.get(wanted.level, 0)
        sets = {"type": wanted.types, "state": wanted.states, "area": wanted.areas,
                "route": wanted.routes}  # fmt: skip
        for column, values in sets.items():
            if values:
                flags = self._words[column].flags(values.__contains__)
                passed &= flags[self._column(column, slots)]
        if wanted.words:
            self._match_text(slots, passed, wanted.words, found)
        return passed

    def _match_text(
        self, slots: Slots | None, passed: Mask, words: Iterable[str], found: Collection[str]
    ) -> None:
        """Narrow `passed` to rows in whose text, type or owner each word stands."""
        which = np.arange(len(passed)) if slots is None else slots
        by_full_text = np.zeros_like(passed)
        if found:
            by_full_text = passed & np.isin(which, [self._slots.get(id_, -1) for id_ in found])
        for word in words:
            named = np.zeros_like(passed)
            for column, name in self._names.items():
                named |= self._named(column, name, word)[self._column(column, slots)]
            asked = np.flatnonzero(passed & ~named)
            texts = map(self._texts.__getitem__, which[asked].tolist())
            # `in` takes twice as long: it asks first whether it is given a number.
            found_at = np.fromiter(map(bytes.find, texts, repeat(_utf8(word))), int, len(asked))
            passed[asked[found_at < 0]] = False
        passed |= by_full_text

    def _named(self, column: str, name: Callable[[str], str], word: str) -> Mask:
        """Which codes of a column have a name with this word in it."""
        return self._words[column].flags(lambda code: word in plain(name(code)))

    def keys(self, slots: Slots, sort: Sort) -> Keys:
        """One number per row; the rows stand in the order of their numbers.

        From high to low: the group (6 bits), a time (35), the level (3), a tie-breaker (19).
        """
        due, known, rank = (self._column(name, slots) for name in ("due", "known", "rank"))
        timed = np.isfinite(due)
        # with a clock: the first to end in front; without one: the newest in front
        group = np.where(timed, 0, np.where(self._column("open", slots), 1, 2))
        time = np.where(timed, due, -known)
        match sort:
            case Sort.TIME:
                major, time = np.zeros_like(group), -known
            case Sort.SEVERITY:
                major = rank * 3 + group
            case Sort.STATE:
                major = self._column("step", slots) * 3 + group
            case _:
                major = group
        major = np.where(self._column("new", slots), 0, major + 1)
        ticks = np.clip(time * _TICKS_PER_S + np.where(time < 0, _LATEST, 0), 0, _LATEST)
        keys: Keys = (
            (major.astype(np.int64) << 57)
            | (ticks.astype(np.int64) << 22)
            | (rank.astype(np.int64) << 19)
            | (self._column("tie", slots).astype(np.int64) & 0x7FFFF)
        )
        return keys

    def _column(self, name: str, slots: Slots | None = None) -> npt.NDArray[Any]:
        """One value per slot, of these or of all; do not change it."""
        column = self._columns[name]
        return column[: len(self.ids)] if slots is None else column[slots]


def _text(incident: Incident) -> bytes:
    place = incident.place
    stake = format_stake(place.stake_m) if place.stake_m is not None else ""
    besides = (place.road or "", place.route_code or "", stake)
    words = (number_text(incident), incident.title, place.text)
    return _utf8(plain("\n".join((*words, *(word for word in besides if word not in place.text)))))


def _utf8(text: str) -> bytes:
    return text.encode(errors="surrogatepass")  # a half character may be in what was pasted
