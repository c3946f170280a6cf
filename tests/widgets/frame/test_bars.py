from __future__ import annotations

import io
import wave
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.alarm import Alarm
from app.link import Link, LinkState
from app.messages import Level, Message
from app.services import Services
from tests.support.fake_commands import FakeCommands
from tests.support.fake_services import NOW, put
from tests.widgets.frame.conftest import Open
from widgets.frame.message_bar import MessageBar, Strip
from widgets.frame.sound import Sound, chime
from widgets.frame.status_bar import judged, link_words
from widgets.window import MainWindow


def words(window: MainWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (LinkState.LIVE, "实时 0.3 秒"),
        (LinkState.LAGGING, "滞后 0:12"),
        (LinkState.OFFLINE, "离线 2:05,操作先存在本机"),
        (LinkState.CONNECTING, "连接中 2:05"),
        (LinkState.SIGNED_OUT, "未登录"),
        (LinkState.INCOMPATIBLE, "版本不兼容,请升级客户端"),
    ],
)
def test_every_state_of_the_link_has_words_with_its_age(state: LinkState, expected: str) -> None:
    lag = 12.0 if state == LinkState.LAGGING else 0.3
    link = Link(state=state, since=NOW - timedelta(seconds=125), last_word_at=NOW, lag_s=lag)
    assert link_words(link, NOW) == expected


def test_a_picture_that_hears_nothing_stops_looking_live() -> None:
    link = Link(state=LinkState.LIVE, last_word_at=NOW - timedelta(seconds=1.5), lag_s=0.2)
    assert judged(link, NOW) == link
    later = judged(link, NOW + timedelta(seconds=3))
    assert later.state == LinkState.LAGGING
    assert link_words(later, NOW + timedelta(seconds=3)) == "滞后 0:04"


def test_the_outbox_shows_how_many_wait_and_how_long(
    window: MainWindow, services: Services
) -> None:
    assert isinstance(services.commands, FakeCommands)
    services.commands.online = False
    refused = services.commands.fire(
        "entry", "note-1", "ADD_NOTE", {"incident_id": "case-7", "text": "到场"}
    )
    assert refused == ()
    services.clock.advance(seconds=70)  # type: ignore[attr-defined]  # the fake one
    assert window.workspace is not None
    window.workspace.tick()
    assert words(window, "outboxCount") == "待发 1 · 最早 1:10 前"


def test_a_clock_that_is_hours_off_is_told(window: MainWindow, services: Services) -> None:
    services.clock.skew_s = -7500.0
    assert window.workspace is not None
    window.workspace.tick()
    told = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert "本机时钟慢 2:05:00" in told


def test_demo_data_says_so(window: MainWindow) -> None:
    assert words(window, "demoBadge") == "演示数据"


def test_the_badge_counts_alarms_that_nobody_has_acknowledged(
    window: MainWindow, services: Services
) -> None:
    alarm = Alarm(
        id="a", version=1, rule="ACCEPT", incident_id="case-7", raised_at=NOW, last_at=NOW
    )
    services.store.apply(put(alarm))
    badge = next(label for label in window.findChildren(QLabel) if label.property("badge"))
    assert (badge.text(), badge.isVisible()) == ("1", True)
    services.store.apply(put(replace(alarm, version=2, acknowledged_by="user-dispatcher")))
    assert not badge.isVisible()


def test_muting_is_seen_in_the_top_bar(window: MainWindow) -> None:
    window.fire("sound.mute")
    assert any(b.text() == "已静音" for b in window.findChildren(QPushButton) if b.isVisible())


def texts(bar: MessageBar) -> list[str]:
    return [
        next(label.text() for label in strip.findChildren(QLabel) if len(label.text()) > 1)
        for strip in bar.strips()
    ]


def test_the_newest_message_is_on_top_and_a_key_takes_its_place(
    window: MainWindow, services: Services
) -> None:
    services.messages.post(Level.WARN, "网络中断", key="link")
    services.messages.post(Level.BAD, "操作被拒绝")
    services.messages.post(Level.WARN, "网络仍然中断", key="link")
    assert texts(window.messages) == ["网络仍然中断", "操作被拒绝"]


def test_a_message_offers_its_action_and_goes_with_it(
    window: MainWindow, services: Services, qtbot: QtBot
) -> None:
    services.messages.post(Level.BAD, "操作被拒绝", action="panel.outbox")
    strip = window.messages.strips()[0]
    act = next(b for b in strip.findChildren(QPushButton) if b.text() == "显示 待发")
    act.click()
    assert window.workspace is not None
    assert not window.workspace.docks.docks["outbox"].isClosed()
    assert window.messages.strips() == []


def test_messages_stand_at_the_foot_and_cover_no_tab_and_no_search(
    window: MainWindow, services: Services
) -> None:
    services.messages.post(Level.GOOD, "已接报")
    assert window.workspace is not None
    status, bar = window.workspace.status, window.messages
    foot = status.mapTo(window, status.rect().topLeft()).y()
    assert bar.mapTo(window, bar.rect().bottomLeft()).y() == window.height() - 1
    assert bar.mapTo(window, bar.rect().topLeft()).y() >= foot - 1
    badge = next(o for o in window.findChildren(QLabel) if o.objectName() == "demoBadge")
    assert badge.mapTo(window, badge.rect().topRight()).x() < bar.mapTo(window, QPoint()).x()


def test_only_bad_news_stays_until_somebody_has_read_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.frame.message_bar.GONE_AFTER_MS", 1)
    good = Strip(Message(Level.GOOD, "已保存"), "")
    bad = Strip(Message(Level.BAD, "失败"), "")
    for strip in (good, bad):
        qtbot.addWidget(strip)
    left: list[str] = []
    bad.dismissed.connect(lambda: left.append("bad"))
    with qtbot.waitSignal(good.dismissed):
        pass
    assert left == []


def test_an_alarm_that_rings_is_heard(
    open_window: Open, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(Sound, "ring", lambda self: heard.append("chime"))
    window = open_window(services)
    alarm = Alarm(id="a", rule="NEW_OVERDUE", incident_id="case-7", raised_at=NOW, last_at=NOW)
    services.alarms.rang.emit(alarm)
    assert heard == ["chime"]
    assert window.isVisible()


def test_the_chime_is_a_short_wave_file() -> None:
    with wave.open(io.BytesIO(chime())) as sound:
        assert 0.2 < sound.getnframes() / sound.getframerate() < 1.0
