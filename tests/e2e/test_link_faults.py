"""Slow lines, wrong clocks, ended sessions, withdrawn rights: said clearly, nothing lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from app.domain.people import User
from app.link import LinkState
from app.messages import Message
from app.paths import SeatInUseError
from app.services import Services
from tests.e2e.conftest import shut
from tests.e2e.hands import (
    LONG,
    OpenRemoteSeat,
    OpenSeat,
    ServerAt,
    StartBackend,
    enter,
    outbox,
    states,
    wait_known,
    wait_link,
    wait_sent,
    waiting,
    wish,
)
from tests.support.backend_process import BackendProcess
from tests.support.handbook import (
    ADMIN,
    CHIEF,
    COLLEAGUE,
    DISPATCHER,
    case,
    fixture,
    person,
)
from tests.support.line import Line, Quality

DEMO = person("DISPATCHER", "demo", "演示", demo=True)


def now() -> datetime:
    return datetime.now(UTC)


def note(services: Services, text: str, incident_id: str = "case-1") -> None:
    fields = {"incident_id": incident_id, "text": text}
    assert not services.commands.fire("entry", str(uuid4()), "ADD_NOTE", fields)


def told(services: Services) -> list[Message]:
    """Everything that the message bar gets from now on."""
    messages: list[Message] = []
    services.messages.posted.connect(messages.append)
    return messages


@pytest.fixture
def backend(start_backend: StartBackend, line: Line) -> BackendProcess:
    made = start_backend([*fixture(), case(1, now())], extra_users=[DEMO])
    line.lead_to(made.url)
    return made


def begin(qtbot: QtBot, services: Services, user: User = DISPATCHER) -> None:
    assert enter(qtbot, services, user) is None
    wait_link(qtbot, services, LinkState.LIVE)
    wait_known(qtbot, services, "incident", "case-1")


@pytest.mark.slow
def test_a_slow_line_that_loses_packets_is_no_lost_line(
    qtbot: QtBot, start_backend: StartBackend, line: Line, open_seat: OpenSeat, server_at: ServerAt
) -> None:
    cases = [case(number, now()) for number in range(1, 301)]
    backend = start_backend([*fixture(), *cases])
    line.quality = Quality(delay_s=0.2, loss=0.01)
    line.lead_to(backend.url)
    services = open_seat(line.url)
    seen: list[LinkState] = []
    services.link.changed.connect(lambda link: seen.append(link.state))
    begin(qtbot, services)
    qtbot.waitUntil(lambda: len(services.store.all("incident")) == 300, timeout=LONG)
    for number in range(5):
        note(services, f"慢线路第{number}条")
    qtbot.waitUntil(lambda: len(outbox(services)) == 5)
    wait_sent(qtbot, services)
    assert line.quality.lost > 0
    assert LinkState.OFFLINE not in seen
    entries = server_at(backend.url).of_case("entry", "case-1")
    assert len(entries) == 5


@pytest.mark.slow
@pytest.mark.parametrize(("hours", "word"), [(-5, "快"), (5, "慢")])
def test_a_seat_whose_clock_is_hours_off_is_told_and_counts_as_the_server_does(
    qtbot: QtBot, hours: int, word: str, start_backend: StartBackend, line: Line,
    open_seat: OpenSeat, server_at: ServerAt,
) -> None:  # fmt: skip
    there = now() + timedelta(hours=hours)
    backend = start_backend([*fixture(), case(1, there)], there)
    line.lead_to(backend.url)
    services = open_seat(line.url)
    messages = told(services)
    begin(qtbot, services)
    qtbot.waitUntil(lambda: bool(messages))
    assert messages[0].text == f"本机时钟{word} 300 分钟,已按服务器时间计时,请校准"
    call = {"source": "12122", "known_at": services.clock.now(), "text": "路面积水"}
    incident_id, refusals = services.commands.report(call)
    assert not refusals
    expires_at = services.clock.now() + timedelta(seconds=60)
    fields = {"incident_id": "case-1", "text": "一分钟内有效"}
    services.commands.fire("entry", str(uuid4()), "ADD_NOTE", fields, expires_at=expires_at)
    qtbot.waitUntil(lambda: len(outbox(services)) == 2)
    wait_sent(qtbot, services)
    assert set(states(services).values()) == {"ACKED"}
    known_at = server_at(backend.url).get("incident", incident_id).known_at
    assert abs(known_at - backend.now()) < timedelta(minutes=1)
    shut(services)
    line.pull()
    again = open_seat(line.url)  # without a word of the server
    assert abs(again.clock.now() - backend.now()) < timedelta(seconds=10)


@pytest.mark.slow
def test_a_wrong_password_is_said_and_the_right_one_still_works(
    qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat
) -> None:
    services = open_seat(line.url)
    assert enter(qtbot, services, DISPATCHER, "night-shift-27") == "用户名或密码不正确"
    assert services.session.user is None
    begin(qtbot, services)
    services.session.sign_out()
    line.pull()
    wrong = enter(qtbot, services, DISPATCHER, "night-shift-27")
    assert wrong == "连不上服务器,且密码与上次登录时不同"
    stranger = enter(qtbot, services, CHIEF)
    assert stranger == "连不上服务器;您未在本机登录过,不能离线登录"
    assert enter(qtbot, services, DISPATCHER) is None


@pytest.mark.slow
def test_each_sign_in_begins_the_seven_days_anew(
    qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat
) -> None:
    services = open_seat(line.url)
    first = backend.now()
    begin(qtbot, services)
    services.session.sign_out()
    wait_link(qtbot, services, LinkState.SIGNED_OUT)
    backend.close()
    backend.pass_time(timedelta(days=6))
    line.lead_to(backend.start())
    begin(qtbot, services)
    services.session.sign_out()
    wait_link(qtbot, services, LinkState.SIGNED_OUT)
    line.pull()
    services.clock.set_server_time(first + timedelta(days=12))
    assert enter(qtbot, services, DISPATCHER) is None
    services.session.sign_out()
    services.clock.set_server_time(first + timedelta(days=14))
    late = enter(qtbot, services, DISPATCHER)
    assert late == "连不上服务器,且距上次登录已超过 7 天,不能离线登录"


@pytest.mark.slow
def test_an_expired_token_is_renewed_without_a_word(
    qtbot: QtBot, start_backend: StartBackend, line: Line, open_seat: OpenSeat
) -> None:
    one_second = str(1 / 60)
    data = [*fixture(), case(1, now())]
    backend = start_backend(data, TOCC_BACKEND_ACCESS_MINUTES=one_second)
    line.lead_to(backend.url)
    services = open_seat(line.url)
    begin(qtbot, services)
    for number in range(3):
        note(services, f"第{number}条")
        with qtbot.waitSignal(services.commands.accepted, timeout=LONG):
            pass
    assert set(states(services).values()) == {"ACKED"}
    assert services.link.now.state == LinkState.LIVE


@pytest.mark.slow
def test_an_ended_session_keeps_what_waits_until_its_author_signs_in_again(
    qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat, server_at: ServerAt
) -> None:
    server = server_at(backend.url)
    services = open_seat(line.url)
    begin(qtbot, services)
    for active in (False, True):  # ends the sessions of the user, who may come back
        path = f"/v1/users/{DISPATCHER.id}"
        assert server.ask(ADMIN, "PATCH", path, json={"active": active}).status_code == 200
    wait_link(qtbot, services, LinkState.SIGNED_OUT)
    assert services.link.now.detail == "登录已失效,请重新登录"
    note(services, "登录失效后写的")
    qtbot.waitUntil(
        lambda: "AUTHOR_SIGNED_OUT" in [i.last_error for i in outbox(services).values()]
    )
    assert waiting(services) == 1
    begin(qtbot, services)
    wait_sent(qtbot, services)
    assert set(states(services).values()) == {"ACKED"}


@pytest.mark.slow
def test_what_waits_is_sent_as_its_author_whoever_sits_here_now(
    qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat, server_at: ServerAt
) -> None:
    services = open_seat(line.url)
    for user in (CHIEF, DISPATCHER):
        begin(qtbot, services, user)
    line.pull()
    wait_link(qtbot, services, LinkState.OFFLINE)
    note(services, "王芳写的")
    qtbot.waitUntil(lambda: waiting(services) == 1)
    services.session.sign_out()
    assert enter(qtbot, services, CHIEF) is None
    wait_known(qtbot, services, "incident", "case-1")
    note(services, "陈立写的")
    qtbot.waitUntil(lambda: waiting(services) == 2)
    line.plug()
    wait_sent(qtbot, services)
    entries = server_at(backend.url).of_case("entry", "case-1")
    wrote = {entry.text: entry.author_id for entry in entries}
    assert wrote == {"王芳写的": DISPATCHER.id, "陈立写的": CHIEF.id}


@pytest.mark.slow
def test_withdrawn_rights_take_the_rows_from_screen_and_disk(
    qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat, server_at: ServerAt
) -> None:
    services = open_seat(line.url)
    begin(qtbot, services, COLLEAGUE)
    cache = services.engine.sync.cache if services.engine else None
    assert cache is not None
    path = f"/v1/users/{COLLEAGUE.id}"
    answer = server_at(backend.url).ask(ADMIN, "PATCH", path, json={"areas": ["S11"]})
    assert answer.status_code == 200

    def kept() -> list[Any]:
        with cache.engine.connect() as connection:
            return list(connection.exec_driver_sql("SELECT id FROM entity WHERE kind = 'incident'"))

    qtbot.waitUntil(lambda: not services.store.all("incident") and not kept(), timeout=LONG)
    wait_link(qtbot, services, LinkState.LIVE)
    qtbot.waitUntil(lambda: getattr(services.session.user, "areas", ()) == ("S11",))
    assert cache.search("追尾") == []


@pytest.mark.slow
def test_a_demo_account_is_refused_by_a_shared_backend(
    qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat
) -> None:
    services = open_seat(line.url)
    assert enter(qtbot, services, DEMO) == "此服务器不接受演示账户"


@pytest.mark.slow
def test_a_second_client_on_the_same_data_is_refused_with_a_sentence(
    line: Line, open_seat: OpenSeat, remote_seat: OpenRemoteSeat
) -> None:
    first = remote_seat()
    assert first.tell("link") == "SIGNED_OUT"
    with pytest.raises(SeatInUseError, match=f"本机已有一个值班台.*进程 {first.pid}"):
        open_seat(line.url)
    assert first.tell("outbox") == []
    first.close()
    open_seat(line.url)


@pytest.mark.slow
def test_a_server_of_another_version_is_named_and_what_waits_is_sent_to_a_fitting_one(
    qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat
) -> None:
    services = open_seat(line.url)
    begin(qtbot, services)
    for api, state in (("2", LinkState.INCOMPATIBLE), ("1", LinkState.LIVE)):
        backend.close()
        backend.environment["TEST_API"] = api
        line.lead_to(backend.start())
        wait_link(qtbot, services, state)
        note(services, f"给第 {api} 版")
        if state == LinkState.INCOMPATIBLE:
            assert services.link.now.detail == "客户端与服务器版本不兼容,请升级"
            qtbot.waitUntil(lambda: "API" in [i.last_error for i in outbox(services).values()])
            assert waiting(services) == 1
    qtbot.waitUntil(lambda: len(outbox(services)) == 2)
    wait_sent(qtbot, services)
    assert set(states(services).values()) == {"ACKED"}


@pytest.mark.slow
def test_own_acts_in_quick_succession_never_clash_with_each_other(
    qtbot: QtBot, backend: BackendProcess, line: Line, open_seat: OpenSeat, server_at: ServerAt
) -> None:
    services = open_seat(line.url)
    begin(qtbot, services, CHIEF)
    clashed: list[object] = []
    services.commands.clashed.connect(clashed.append)
    owners = (CHIEF.id, COLLEAGUE.id)
    for number in range(40):
        fields = {"owner_id": owners[number % 2], "reason": f"第{number}次"}
        assert not services.commands.fire("incident", "case-1", "ASSIGN", fields)
        qtbot.waitUntil(lambda: wish(services, "case-1").owner_id == fields["owner_id"])  # noqa: B023 - waited for here
    wait_sent(qtbot, services)
    assert not clashed
    assert server_at(backend.url).get("incident", "case-1").version == 4 + 40
