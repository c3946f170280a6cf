"""Whatever is edited, cut, killed and repeated: in the end seat and backend are equal.

The state machine below runs two seats against one backend. Every act that a seat took must
end up decided exactly once: applied if the server accepted it, never if it refused it.
"""

from __future__ import annotations

import tempfile
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from app.api.codec import read_entity
from app.domain.outbox import PENDING, OutboxState
from app.domain.people import User
from app.domain.rules import load_rules
from backend.adapters.tables import audit
from backend.adapters.tables import command as command_rows
from backend.adapters.tables import entity as entity_rows
from backend.services.auditing import ACCEPTED
from tests.support.direct import DirectSeat, SetClock, new_context

DISPATCHER = User(id="u1", username="wang", name="王芳", role="DISPATCHER", all_orgs=True)
CHIEF = User(id="u2", username="chen", name="陈立", role="SHIFT_CHIEF", all_orgs=True)
SEATS = st.integers(0, 1)
FAULTS = st.sampled_from(["", "", "before", "after", "kill"])
PLACE = {"text": "S11 K23+300", "lon": 117.7, "lat": 38.9}
CASE_ACTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ACCEPT", {}),
    ("CONFIRM", {"type": "ACC", "place": PLACE, "verify_method": "VIDEO",
                 "occurred_at": "2026-07-15T18:00:00Z"}),
    ("CLASSIFY", {"severity": "IV", "basis": "轻伤一人"}),
    ("START_RESPONSE", {"on_scene_statement": True}),
    ("ASSIGN", {"owner_id": "u2", "reason": "交班"}),
    ("REJECT", {"reason": "误报"}),
)  # fmt: skip


class TwoSeats(RuleBasedStateMachine):
    """Two seats, one backend, and everything that can go wrong between them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="tocc-converge-")
        root = Path(self.folder.name)
        self.clock = SetClock()
        self.context = new_context(root / "backend", (DISPATCHER, CHIEF), self.clock.now)
        rules = load_rules()
        self.seats = [
            DirectSeat(root / user.id, self.context, user, self.clock, rules)
            for user in (DISPATCHER, CHIEF)
        ]
        self.taken: dict[str, int] = {}

    @initialize()
    def both_see_one_case(self) -> None:
        self._report(self.seats[0], "追尾")
        self.seats[0].push_all()
        for seat in self.seats:
            seat.read()

    @rule(at=SEATS, text=st.sampled_from(["积水", "抛锚", "😀 \u202e<b>\'; DROP TABLE"]))
    def report(self, at: int, text: str) -> None:
        self._report(self.seats[at], text)

    @rule(at=SEATS, which=st.integers(0, 5), what=st.integers(0, len(CASE_ACTS) - 1))
    def act_on_a_case(self, at: int, which: int, what: int) -> None:
        seat = self.seats[at]
        cases = sorted(seat.store.all("incident"))
        if cases:
            event, fields = CASE_ACTS[what]
            self._fire(seat, "incident", cases[which % len(cases)], event, fields)

    @rule(at=SEATS, which=st.integers(0, 5), text=st.text(min_size=1, max_size=30))
    def amend(self, at: int, which: int, text: str) -> None:
        seat = self.seats[at]
        cases = sorted(seat.store.all("incident"))
        if cases:
            fields = {"facts": {"text": text}, "reason": "补充"}
            self._fire(seat, "incident", cases[which % len(cases)], "AMEND", fields)

    @rule(at=SEATS, which=st.integers(0, 5))
    def note(self, at: int, which: int) -> None:
        seat = self.seats[at]
        cases = sorted(seat.store.all("incident"))
        if cases:
            fields = {"incident_id": cases[which % len(cases)], "text": "已通知清障"}
            self._fire(seat, "entry", str(uuid.uuid4()), "ADD_NOTE", fields)

    @rule(at=SEATS)
    def send_the_phone_report(self, at: int) -> None:
        seat = self.seats[at]
        for duty in seat.store.all("obligation").values():
            if duty.state == "OPEN":
                fields = {"sent_at": self.clock.now(), "text": "已电话报告"}
                self._fire(seat, "obligation", duty.id, "SEND", fields)
                return

    @rule(at=SEATS, fault=FAULTS)
    def push(self, at: int, fault: str) -> None:
        self.seats[at].push(fault)

    @rule(at=SEATS, pages=st.sampled_from([None, 0, 1, 2]), rows=st.sampled_from([1, 3, 500]))
    def read(self, at: int, pages: int | None, rows: int) -> None:
        self.seats[at].api.page_rows = rows
        self.seats[at].read(pages)

    @rule(at=SEATS)
    def kill_and_start(self, at: int) -> None:
        self.seats[at].restart()

    @rule(at=SEATS, keep=st.booleans())
    def settle_a_conflict(self, at: int, keep: bool) -> None:
        self._settle(self.seats[at], keep)

    @rule(seconds=st.sampled_from([1, 30, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    @invariant()
    def an_act_that_was_taken_is_still_there(self) -> None:
        on_disk = {item.id for seat in self.seats for item in seat.outbox.items()}
        assert self.taken.keys() <= on_disk

    def teardown(self) -> None:
        try:
            self._heal()
            for seat in self.seats:
                self._is_equal(seat)
            self._each_key_counts_once()
        finally:
            for seat in self.seats:
                seat.close()
            self.context.close()
            self.folder.cleanup()

    def _report(self, seat: DirectSeat, text: str) -> None:
        fields = {"source": "12122", "known_at": self.clock.now(), "type": "ACC", "text": text}
        self._fire(seat, "incident", str(uuid.uuid4()), "REPORT", fields | {"place": PLACE})

    def _fire(
        self, seat: DirectSeat, kind: str, key: str, event: str, fields: dict[str, Any]
    ) -> None:
        at = self.seats.index(seat)
        seat.commands.fire(
            kind, key, event, fields, done=lambda item: self.taken.__setitem__(item.id, at)
        )

    def _settle(self, seat: DirectSeat, keep: bool) -> None:
        clashes = seat.items(OutboxState.CONFLICT)
        if not clashes:
            return
        item, at = clashes[0], self.seats.index(seat)
        refusals = keep and seat.commands.resolve(
            item.id, item.command.fields, lambda new: self.taken.__setitem__(new.id, at)
        )
        if not keep or refusals:
            seat.commands.cancel(item.id, "不再需要")

    def _heal(self) -> None:
        """The network is back for good and everybody looks at what is left."""
        for _ in range(200):
            for seat in self.seats:
                seat.push_all()
                seat.read()
                self._settle(seat, keep=False)
            if not any(
                item.state in PENDING for seat in self.seats for item in seat.outbox.items()
            ):
                break
        for seat in self.seats:
            assert [i for i in seat.outbox.items() if i.state in PENDING] == self._stuck(seat)
            seat.read()

    @staticmethod
    def _stuck(seat: DirectSeat) -> list[Any]:
        """What needs a refused act waits until a person changes or takes back that act."""
        failed = {item.id for item in seat.items(OutboxState.FAILED)}
        return [
            item
            for item in seat.outbox.items()
            if item.state in PENDING and item.command.depends_on in failed
        ]

    def _is_equal(self, seat: DirectSeat) -> None:
        with self.context.database.read() as connection:
            rows = connection.execute(
                select(entity_rows.c.kind, entity_rows.c.id, entity_rows.c.body)
            ).all()
        theirs = {(kind, key): read_entity(kind, body) for kind, key, body in rows}
        with seat.writer.cache.engine.connect() as connection:
            kept = connection.exec_driver_sql("SELECT kind, id, body FROM entity").all()
        assert {(kind, key): read_entity(kind, body) for kind, key, body in kept} == theirs
        ended = {key for (kind, key), e in theirs.items() if kind == "incident" and not e.is_open}
        for (kind, key), entity in theirs.items():
            if getattr(entity, "incident_id", key if kind == "incident" else "") in ended:
                continue  # an ended case is slim in memory
            assert seat.store.server(kind, key) == entity
            assert not seat.store.is_pending(kind, key) or self._stuck(seat)

    def _each_key_counts_once(self) -> None:
        with self.context.database.read() as connection:
            applied = Counter(connection.scalars(select(command_rows.c.key)))
            accepted = Counter(
                connection.scalars(select(audit.c.key).where(audit.c.outcome == ACCEPTED))
            )
        for seat in self.seats:
            for item in seat.outbox.items():
                if item.state == OutboxState.ACKED:
                    assert applied[item.id] == 1
                    assert accepted[item.id] == 1
                elif item.state == OutboxState.FAILED or not item.attempts:
                    assert applied[item.id] == 0
        assert all(count == 1 for key, count in accepted.items() if key)


TestTwoSeats = TwoSeats.TestCase
TestTwoSeats.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
