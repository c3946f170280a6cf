"""Cameras (handbook 5.5): health by the table, and one hand at a head at a time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.camera import Camera, Health, Preset, PtzLock
from app.domain.decide import why_not
from app.domain.incident import Place
from app.domain.people import User
from tests.domain.desk import KNOWN_AT, RULES, USERS, Desk, case_in, user

OP, DISPATCHER, CHIEF = USERS["VIDEO_OP"], USERS["DISPATCHER"], USERS["SHIFT_CHIEF"]
OFFICER, SYSTEM = USERS["EMERG_OFFICER"], USERS["SYSTEM"]
OTHER_OP = user("VIDEO_OP", "other_op")
HOLD = timedelta(seconds=RULES.ptz.hold_s)


def at(**facts: Any) -> Desk:
    desk = Desk()
    desk.put(OTHER_OP)
    desk.put(Camera(**{"id": "c1", "ptz": "GATEWAY", "health": Health.ONLINE, **facts}))
    return desk


def camera(desk: Desk) -> Camera:
    found = desk.get("camera", "c1")
    assert isinstance(found, Camera)
    return found


def act(desk: Desk, actor: User, event: str, **said: Any) -> Camera:
    desk.act(actor, event, "c1", "camera", **said)
    return camera(desk)


def codes(desk: Desk, actor: User, event: str, **said: Any) -> list[str]:
    return desk.codes(actor, event, "c1", "camera", **said)


def test_a_free_head_is_held_for_a_minute_and_then_free_by_the_clock_alone() -> None:
    desk = at()
    lock = act(desk, OP, "TAKE_PTZ").lock
    assert lock == PtzLock(user_id=OP.id, rank=1, until=desk.now + HOLD)
    assert camera(desk).lock_at(desk.now + HOLD - timedelta(seconds=1)) == lock
    assert camera(desk).lock_at(desk.now + HOLD) is None


def test_its_holder_renews_it() -> None:
    desk = at()
    act(desk, OP, "TAKE_PTZ")
    desk.now += HOLD / 2
    lock = act(desk, OP, "TAKE_PTZ").lock
    assert lock is not None
    assert lock.until == desk.now + HOLD


def test_a_late_seat_gets_the_whole_minute() -> None:
    desk = at()
    desk.now += timedelta(seconds=20)
    lock = act(desk, OP, "TAKE_PTZ").lock
    assert lock is not None
    assert lock.until == desk.now + HOLD


@pytest.mark.parametrize("second", [OTHER_OP, OP])
def test_an_equal_rank_waits_and_is_told_who_and_until_when(second: User) -> None:
    desk = at()
    act(desk, OTHER_OP if second is OP else OP, "TAKE_PTZ")
    outcome = desk.try_(second, "TAKE_PTZ", "c1", "camera")
    assert [r.code for r in outcome.refusals] == ["PTZ_HELD"]
    assert outcome.refusals[0].params["until"] == "06:13:00"
    assert why_not("TAKE_PTZ", camera(desk), desk, second, RULES, desk.now, "camera")


def test_a_higher_rank_takes_over_and_the_lock_tells_from_whom() -> None:
    desk = at()
    act(desk, OP, "TAKE_PTZ")
    lock = act(desk, CHIEF, "TAKE_PTZ").lock
    assert lock is not None
    assert (lock.user_id, lock.rank, lock.taken_from) == (CHIEF.id, 3, OP.id)
    assert codes(desk, DISPATCHER, "TAKE_PTZ") == ["PTZ_HELD"]
    renewed = act(desk, CHIEF, "TAKE_PTZ").lock
    assert renewed is not None
    assert renewed.taken_from == OP.id


def test_who_takes_a_head_after_its_time_takes_it_from_nobody() -> None:
    desk = at()
    act(desk, CHIEF, "TAKE_PTZ")
    desk.now += HOLD
    lock = act(desk, OP, "TAKE_PTZ").lock
    assert lock is not None
    assert lock.taken_from == ""


def test_an_emergency_officer_needs_a_case_under_response() -> None:
    desk = at()
    desk.put(case_in("CONFIRMED"))
    desk.put(case_in("RESPONDING", id="i2"))
    act(desk, CHIEF, "TAKE_PTZ")
    assert codes(desk, OFFICER, "TAKE_PTZ") == ["NO_RESPONSE"]
    assert codes(desk, OFFICER, "TAKE_PTZ", incident_id="i1") == ["NO_RESPONSE"]
    assert codes(desk, OFFICER, "TAKE_PTZ", incident_id="nowhere") == ["NO_SUCH_INCIDENT"]
    lock = act(desk, OFFICER, "TAKE_PTZ", incident_id="i2").lock
    assert lock is not None
    assert lock.rank == 4


@pytest.mark.parametrize("role", ["DUTY_LEADER", "LIAISON", "AUDITOR", "ADMIN", "INFO_OFFICER"])
def test_others_never_hold_a_head(role: str) -> None:
    assert codes(at(), USERS[role], "TAKE_PTZ") in (["NOT_YOUR_ROLE"], ["READ_ONLY_ROLE"])


def test_a_fixed_camera_an_offline_one_and_one_elsewhere_have_nothing_to_take() -> None:
    assert codes(at(ptz=""), OP, "TAKE_PTZ") == ["NO_PTZ"]
    assert codes(at(health=Health.OFFLINE), OP, "TAKE_PTZ") == ["WRONG_STATE"]
    away = user("DISPATCHER", "away", areas=("G1",))
    place = Place(route_code="G25", stake_m=1.0)
    assert codes(at(place=place), away, "TAKE_PTZ") == ["NOT_YOUR_AREA"]


def test_only_the_holder_gives_it_back() -> None:
    desk = at()
    assert codes(desk, OP, "RELEASE_PTZ") == ["PTZ_FREE"]
    act(desk, OP, "TAKE_PTZ")
    assert codes(desk, CHIEF, "RELEASE_PTZ") == ["PTZ_HELD"]
    assert act(desk, OP, "RELEASE_PTZ").lock is None


def test_a_fault_is_marked_with_its_kind_and_ends_fixed() -> None:
    desk = at()
    assert codes(desk, OP, "MARK_FAULT") == ["MISSING_FIELD"]
    broken = act(desk, SYSTEM, "MARK_FAULT", fault="FROZEN")
    assert (broken.health, broken.fault, broken.health_since) == ("FAULT", "FROZEN", KNOWN_AT)
    assert codes(desk, OP, "MARK_FAULT", fault="BLACK") == ["WRONG_STATE"]
    fixed = act(desk, OP, "FIXED")
    assert (fixed.health, fixed.fault) == ("ONLINE", "")


def test_after_its_maintenance_nobody_knows_how_a_camera_is() -> None:
    desk, until = at(), KNOWN_AT + timedelta(hours=2)
    assert codes(desk, USERS["MAINT_SUP"], "SET_MAINT", until=KNOWN_AT.isoformat()) == [
        "UNTIL_PASSED"
    ]
    assert codes(desk, OP, "SET_MAINT", until=until.isoformat()) == ["NOT_YOUR_ROLE"]
    kept = act(desk, USERS["MAINT_SUP"], "SET_MAINT", until=until.isoformat())
    assert kept.health_at(KNOWN_AT) == Health.MAINTENANCE
    assert kept.health_at(until) == Health.UNKNOWN


def test_presets_belong_to_who_holds_the_head() -> None:
    desk = at(presets=(Preset(number=1, name="原位"),))
    said = {"number": 7, "name": "匝道", "picture": "a" * 64}
    assert codes(desk, OP, "SET_PRESET", **said) == ["PTZ_FREE"]
    act(desk, OP, "TAKE_PTZ")
    presets = act(desk, OP, "SET_PRESET", **said).presets
    assert presets == (Preset(number=1, name="原位"), Preset(**said))  # type: ignore[arg-type]  # as said
    assert act(desk, OP, "SET_PRESET", number=1, name="全景").preset(1) == Preset(
        number=1, name="全景"
    )
    assert codes(desk, OP, "REMOVE_PRESET", number=9) == ["NO_SUCH_PRESET"]
    assert act(desk, OP, "REMOVE_PRESET", number=1).preset(1) is None
    for wrong in ({"number": 0}, {"number": 256}, {"number": 1.5}, {"picture": "a"}):
        assert codes(desk, OP, "SET_PRESET", **{**said, **wrong}) == ["BAD_FIELD"]


def test_a_body_from_before_the_video_wall_is_read() -> None:
    body = b'{"id":"c1","version":1,"code":"1","name":"a","node":"ROAD","place":{},"demo":true}'
    old = msgspec.json.decode(body, type=Camera)
    assert (old.health, old.ptz, old.presets, old.lock) == ("UNKNOWN", "", (), None)
    new = replace(
        old, lock=PtzLock(user_id="u", rank=1, until=KNOWN_AT), presets=(Preset(number=1),)
    )
    assert msgspec.json.decode(msgspec.json.encode(new), type=Camera) == new


HANDS = st.sampled_from([OP, OTHER_OP, DISPATCHER, CHIEF])
STEPS = st.lists(
    st.tuples(HANDS, st.sampled_from(["TAKE_PTZ", "RELEASE_PTZ"]), st.integers(0, 70)),
    max_size=25,
)


@settings(max_examples=150)
@given(STEPS)
def test_whatever_happens_nobody_loses_a_head_to_an_equal_or_lower_rank(
    steps: list[tuple[User, str, int]],
) -> None:
    desk = at()
    for actor, event, wait_s in steps:
        desk.now += timedelta(seconds=wait_s)
        before = camera(desk).lock_at(desk.now)
        beforehand = why_not(event, camera(desk), desk, actor, RULES, desk.now, "camera")
        refused = desk.try_(actor, event, "c1", "camera").refusals
        assert refused == beforehand
        if not refused:
            act(desk, actor, event)
        after = camera(desk).lock_at(desk.now)
        if before is not None and (after is None or after.user_id != before.user_id):
            assert actor.id == before.user_id or RULES.ptz.ranks[actor.role] > before.rank
        assert after is None or after.until <= desk.now + HOLD
