"""Heads over HTTP: who holds one, who moves it, and when not any more."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.camera import Camera, Health, Preset
from app.domain.incident import Place
from app.domain.people import User
from app.domain.ptz import STILL, Move, PresetAct, PresetCommand
from app.domain.rules import load_rules
from backend.adapters.ptz_gateway import GatewayError
from backend.bodies import PtzBody
from backend.context import Context
from backend.problems import Problem
from backend.services import auditing
from backend.services.heads import HOME_RETRY_S, Heads
from backend.services.seeding import load
from backend.services.sessions import SignedIn
from tests.backend.conftest import CHIEF, COLLEAGUE, LOCAL, PEOPLE, START, Clock, Desk, Race, SignIn

OP, AUDITOR = PEOPLE["VIDEO_OP"], PEOPLE["AUDITOR"]
CODE, OTHER = "12011600001310000001", "12011600001310000002"
RULE = load_rules().ptz
ROAD = Place(route_code="G25", stake_m=1_100_000.0)
CAMERAS = (
    Camera(id="cam", code=CODE, ptz="GATEWAY", health=Health.ONLINE, streams=("sub",), place=ROAD,
           patrol=True, presets=(Preset(number=1, name="原位"),), demo=True),
    Camera(id="fixed", code=OTHER, health=Health.ONLINE, streams=("sub",)),
)  # fmt: skip


@dataclass
class Recorder:
    """A gateway that remembers; `broken`: it takes nothing."""

    sent: list[tuple[str, Move | PresetCommand]] = field(default_factory=list)
    broken: bool = False

    def send(self, code: str, command: Move | PresetCommand) -> None:
        if self.broken:
            raise GatewayError("down")
        self.sent.append((code, command))


@dataclass
class Ticks:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def cameras(context: Context) -> None:
    load(context, CAMERAS)


@pytest.fixture
def gateway() -> Recorder:
    return Recorder()


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def heads(context: Context, gateway: Recorder, ticks: Ticks) -> Heads:
    return Heads(context, gateway, ticks)


def asking(user: User) -> SignedIn:
    return SignedIn(user, "s", "席位1")


def body(at: datetime = START, **said: Any) -> PtzBody:
    return PtzBody(issued_at=at, **said)


def moved(speed: float = 0.5, at: datetime = START) -> PtzBody:
    import msgspec

    return msgspec.convert({"issued_at": at, "move": {"pan": speed}}, PtzBody)


def take(desk: Desk, user: User, camera_id: str = "cam") -> dict[str, Any]:
    return desk.act(user, "TAKE_PTZ", camera_id, kind="camera")[0]


def code_of(heads: Heads, user: User, said: PtzBody, camera_id: str = "cam") -> str:
    with pytest.raises(Problem) as refused:
        heads.act(asking(user), camera_id, said)
    return refused.value.code


def test_a_lock_is_an_entity_that_every_seat_gets(desk: Desk, context: Context) -> None:
    lock = take(desk, OP)["lock"]
    assert (lock["user_id"], lock["rank"]) == (OP.id, 1)
    assert datetime.fromisoformat(lock["until"]) == START + timedelta(seconds=RULE.hold_s)
    with context.database.read() as connection:
        from backend.adapters.unit import Unit

        stored = Unit(connection).get("camera", "cam")
    assert stored is not None and stored.version == 2


def test_of_two_who_take_a_head_at_once_one_gets_it(desk: Desk, race: Race) -> None:
    done = race.run(lambda: take(desk, DISPATCHERS[0]), lambda: take(desk, DISPATCHERS[1]))
    refused = [answer for answer in done if isinstance(answer, Problem)]
    assert [problem.code for problem in refused] == ["PTZ_HELD"]


DISPATCHERS = (PEOPLE["DISPATCHER"], COLLEAGUE)


def test_taking_and_its_refusal_are_audited(desk: Desk, context: Context) -> None:
    take(desk, CHIEF)
    with pytest.raises(Problem):
        take(desk, OP)
    rows = auditing.page(context, AUDITOR, 0, 100).rows[-2:]
    assert [(row.user_id, row.event, row.outcome, row.codes) for row in rows] == [
        (CHIEF.id, "TAKE_PTZ", "accepted", ""),
        (OP.id, "TAKE_PTZ", "refused", "PTZ_HELD"),
    ]


def test_only_the_holder_moves_the_head(desk: Desk, heads: Heads, gateway: Recorder) -> None:
    assert code_of(heads, OP, moved()) == "LOCKED"
    take(desk, OP)
    heads.act(asking(OP), "cam", moved())
    assert code_of(heads, CHIEF, moved()) == "LOCKED"
    take(desk, CHIEF)
    assert code_of(heads, OP, moved()) == "LOCKED"
    assert gateway.sent == [(CODE, Move(pan=0.5))]


def test_a_lock_that_ran_out_moves_nothing(desk: Desk, heads: Heads, clock: Clock) -> None:
    take(desk, OP)
    clock.advance(seconds=RULE.hold_s)
    assert code_of(heads, OP, moved(at=clock.now)) == "LOCKED"


def test_a_late_move_is_refused_but_never_a_stop(
    desk: Desk, heads: Heads, gateway: Recorder, clock: Clock
) -> None:
    take(desk, OP)
    clock.advance(seconds=RULE.refused_after_s + 1)
    assert code_of(heads, OP, moved()) == "EXPIRED"
    heads.act(asking(OP), "cam", body(stop=True))
    assert gateway.sent == [(CODE, STILL)]


def test_a_move_that_a_stop_has_passed_on_the_way_is_dropped(
    desk: Desk, heads: Heads, gateway: Recorder
) -> None:
    take(desk, OP)
    heads.act(asking(OP), "cam", body(START + timedelta(seconds=0.5), stop=True))
    assert code_of(heads, OP, moved()) == "EXPIRED"
    assert gateway.sent == [(CODE, STILL)]


def test_a_head_stops_when_its_hand_falls_silent(
    desk: Desk,
    heads: Heads,
    gateway: Recorder,
    ticks: Ticks,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("the PTZ gateway fails: down")
    take(desk, OP)
    heads.act(asking(OP), "cam", moved())
    ticks.now += RULE.refused_after_s / 2
    heads.sweep()
    assert gateway.sent[1:] == []
    gateway.broken, ticks.now = True, ticks.now + RULE.refused_after_s
    heads.sweep()
    gateway.broken = False
    heads.sweep()
    heads.sweep()
    assert gateway.sent[1:] == [(CODE, STILL)]


def test_a_patrol_camera_goes_home_but_not_out_of_somebodys_hand(
    desk: Desk, heads: Heads, gateway: Recorder, ticks: Ticks, clock: Clock
) -> None:
    take(desk, OP)
    heads.act(asking(OP), "cam", body(preset=2))
    ticks.now += RULE.home_after_s
    heads.sweep()
    assert gateway.sent == [(CODE, PresetCommand(PresetAct.CALL, 2))]
    clock.advance(seconds=RULE.hold_s)
    heads.sweep()
    heads.sweep()
    assert gateway.sent[1:] == [(CODE, PresetCommand(PresetAct.CALL, RULE.home_preset))]


def test_a_patrol_camera_goes_home_when_its_gateway_works_again(
    desk: Desk,
    heads: Heads,
    gateway: Recorder,
    ticks: Ticks,
    clock: Clock,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("the PTZ gateway fails: down")
    take(desk, OP)
    heads.act(asking(OP), "cam", body(preset=2))
    clock.advance(seconds=RULE.hold_s)
    ticks.now += RULE.home_after_s
    gateway.broken = True
    heads.sweep()
    gateway.broken = False
    heads.sweep()
    assert gateway.sent[1:] == [], "not again at once"
    ticks.now += HOME_RETRY_S
    heads.sweep()
    heads.sweep()
    assert gateway.sent[1:] == [(CODE, PresetCommand(PresetAct.CALL, RULE.home_preset))]


@pytest.mark.parametrize(
    ("user", "camera_id", "code"),
    [
        (AUDITOR, "cam", "NOT_ALLOWED"),
        (LOCAL, "cam", "NOT_ALLOWED"),
        (OP, "fixed", "NO_PTZ"),
        (OP, "nowhere", "NOT_FOUND"),
    ],
)
def test_who_may_not_move_it_is_told_why(
    heads: Heads, user: User, camera_id: str, code: str
) -> None:
    assert code_of(heads, user, moved(), camera_id) == code


def test_without_a_gateway_nothing_moves_and_it_says_so(desk: Desk, context: Context) -> None:
    take(desk, OP)
    assert code_of(Heads(context, None), OP, moved()) == "NO_GATEWAY"


def test_a_refused_move_is_audited_and_a_good_one_is_not(
    desk: Desk, heads: Heads, context: Context
) -> None:
    take(desk, OP)
    heads.act(asking(OP), "cam", moved())
    code_of(heads, CHIEF, moved())
    rows = auditing.page(context, AUDITOR, 0, 100).rows
    assert [(r.user_id, r.codes) for r in rows if r.event == "MOVE_PTZ"] == [(CHIEF.id, "LOCKED")]


def test_over_http_a_foreign_lock_is_423(sign_in: SignIn, desk: Desk) -> None:
    take(desk, CHIEF)
    said = {"issued_at": START.isoformat(), "stop": True}
    answer = sign_in(OP).ask("POST", "/v1/cameras/cam/ptz", said)
    assert (answer.status_code, answer.json()["code"]) == (423, "LOCKED")
    assert answer.json()["holder"] == CHIEF.id


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-300, 300) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)
NAMES = st.sampled_from(["issued_at", "move", "stop", "preset", "set_preset", "quality", "x"])


def test_whatever_is_sent_is_answered_in_words(sign_in: SignIn, desk: Desk) -> None:
    take(desk, OP)
    seat = sign_in(OP)
    good = st.fixed_dictionaries({"issued_at": st.just(START.isoformat())})
    wild = st.dictionaries(NAMES, JSON, max_size=3)

    @settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(good, wild, st.sampled_from(["ptz", "stream"]))
    def send(base: dict[str, Any], more: dict[str, Any], what: str) -> None:
        content = json.dumps({**base, **more}).encode()
        answer = seat.ask("POST", f"/v1/cameras/cam/{what}", content=content)
        assert answer.status_code in (200, 204, 422, 503), answer.text

    send()


def test_a_body_says_exactly_one_thing() -> None:
    for said in ({}, {"stop": True, "preset": 1}, {"stop": False}):
        with pytest.raises(Problem):
            body(**said).command()
