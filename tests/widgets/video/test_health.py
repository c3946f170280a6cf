"""The health board: states, what this seat saw, order, acts with their rules, export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy, QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera, FaultKind, Health
from app.domain.people import Org
from app.domain.roles import Role
from app.messages import Message
from app.services import Services
from app.video.states import StreamState
from tests.support.fake_services import NOW, USERS, FakeClock, put, running_services
from tests.support.fake_videos import FakePlayer, FakeVideos
from tests.widgets.video.cameras import camera, city
from widgets.shared.table_file import write_csv
from widgets.video.health.panel import HealthPanel
from widgets.video.health.row import LOSS, NAME, OWNER, PLACE, SEEN, SINCE, STATE, heads


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services(Role.VIDEO_OP) as made:
        made.store.apply(put(*city(), Org(id="tocc", version=1, name="滨海新区 TOCC")))
        yield made


@pytest.fixture
def board(qtbot: QtBot, services: Services) -> Iterator[HealthPanel]:
    made = HealthPanel(services)
    made.seen._monotonic = lambda: 100.0
    tester = QAbstractItemModelTester(
        made.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    qtbot.addWidget(made)
    made.resize(1200, 400)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    del tester


def column(board: HealthPanel, which: int) -> list[str]:
    return [board.model.row(at).cells[which] for at in range(board.model.rowCount())]


def ids(board: HealthPanel) -> list[str]:
    return list(board.model.ids())


def mark(board: HealthPanel, camera_id: str) -> None:
    row = board.model.row_of(camera_id)
    assert row is not None
    board.view.selectRow(row)


def click(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def player(services: Services, camera_id: str) -> FakePlayer:
    assert isinstance(services.videos, FakeVideos)
    return services.videos.open(camera_id, "")


def test_worst_cameras_stand_first_with_words_for_their_state(board: HealthPanel) -> None:
    assert column(board, STATE) == [
        "离线", "故障 黑屏", "维护中 至 13:34", "状态未知", "在线", "在线", "在线", "在线",
    ]  # fmt: skip


def test_chips_count_each_state_and_show_it_alone(board: HealthPanel) -> None:
    assert board.chips[""].text() == "全部 8"
    assert board.chips[Health.OFFLINE].text() == "离线 1"
    click(board.chips[Health.FAULT])
    assert ids(board) == ["cam-6"]
    assert not board.chips[""].isChecked()
    click(board.chips[""])
    assert len(ids(board)) == 8


def test_search_narrows_by_any_word(qtbot: QtBot, board: HealthPanel) -> None:
    board.search.setText("s50 离线")
    qtbot.waitUntil(lambda: ids(board) == ["cam-4"])
    board.search.setText("没有")
    qtbot.waitUntil(board.empty.isVisible)
    assert not board.export.isEnabled()


def test_what_this_seat_does_not_know_is_a_dash_and_never_zero(board: HealthPanel) -> None:
    assert set(column(board, LOSS)) == {"—"}
    assert set(column(board, SEEN)) == {"—"}


def test_loss_and_newest_frame_come_from_the_players_of_this_seat(
    board: HealthPanel, services: Services
) -> None:
    player(services, "cam-1").become(state=StreamState.PLAYING, picture_at=98.0, loss=0.0123)
    board._on_look()
    row = board.model.row(board.model.row_of("cam-1") or 0)
    assert (row.cells[SEEN], row.cells[LOSS]) == ("12:34:54", "1.2 %")


def test_camera_that_is_no_longer_shown_keeps_when_it_was_seen_but_not_its_loss(
    board: HealthPanel, services: Services
) -> None:
    one = player(services, "cam-1")
    one.become(state=StreamState.PLAYING, picture_at=98.0, loss=0.5)
    board._on_look()
    one.close()
    board._on_look()
    row = board.model.row(board.model.row_of("cam-1") or 0)
    assert (row.cells[SEEN], row.cells[LOSS]) == ("12:34:54", "—")


def test_camera_that_was_shown_while_the_board_was_hidden_was_seen(
    board: HealthPanel, services: Services
) -> None:
    board.hide()
    one = player(services, "cam-1")
    one.become(state=StreamState.PLAYING, picture_at=98.0)
    board._on_look()
    one.close()
    board.show()
    assert board.model.row(board.model.row_of("cam-1") or 0).cells[SEEN] == "12:34:54"


def test_stream_that_lost_nothing_says_zero(board: HealthPanel, services: Services) -> None:
    player(services, "cam-1").become(state=StreamState.PLAYING, picture_at=98.0, loss=0.0)
    board._on_look()
    assert board.model.row(board.model.row_of("cam-1") or 0).cells[LOSS] == "0.0 %"


def test_unknown_stands_last_in_either_order(board: HealthPanel, services: Services) -> None:
    player(services, "cam-1").become(picture_at=98.0, loss=0.5)
    player(services, "cam-2").become(picture_at=98.0, loss=0.1)
    board._on_look()
    board.view.sortByColumn(LOSS, Qt.SortOrder.AscendingOrder)
    assert ids(board)[:2] == ["cam-2", "cam-1"]
    board.view.sortByColumn(LOSS, Qt.SortOrder.DescendingOrder)
    assert ids(board)[:2] == ["cam-1", "cam-2"]


@pytest.mark.parametrize("which", range(len(heads())))
@pytest.mark.parametrize("order", Qt.SortOrder)
def test_every_column_orders_the_rows(board: HealthPanel, which: int, order: Qt.SortOrder) -> None:
    board.view.sortByColumn(which, order)
    rows = [board.model.row(at) for at in range(board.model.rowCount())]
    keys = [key for row in rows if (key := row.keys[which]) is not None]
    descending = order is Qt.SortOrder.DescendingOrder
    assert keys == sorted(keys, reverse=descending)
    assert len(rows) == 8


def test_stakes_are_ordered_as_numbers(board: HealthPanel) -> None:
    board.view.sortByColumn(PLACE, Qt.SortOrder.AscendingOrder)
    places = [place for place in column(board, PLACE) if place.startswith("S")]
    assert places == [
        "S11 K21+050 下行", "S11 K22+050 下行", "S11 K23+900 上行",
        "S50 K38+700 下行", "S50 K41+000 下行",
    ]  # fmt: skip


def test_since_when_has_the_day(board: HealthPanel) -> None:
    rows = dict(zip(ids(board), column(board, SINCE), strict=True))
    assert rows["cam-4"] == "11-22 11:19"
    assert rows["cam-6"] == "11-21 12:34"
    assert rows["cam-1"] == "—"


def test_owner_is_named(board: HealthPanel) -> None:
    assert set(column(board, OWNER)) == {"滨海新区 TOCC"}


def test_change_of_one_camera_changes_its_row_alone(board: HealthPanel, services: Services) -> None:
    board.view.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
    changed = QSignalSpy(board.model.dataChanged)
    removed = QSignalSpy(board.model.rowsRemoved)
    services.store.apply(put(camera(1, version=2, health=Health.OFFLINE)))
    assert (changed.count(), removed.count()) == (1, 0)


def test_maintenance_that_ends_by_the_clock_is_unknown_again(
    board: HealthPanel, services: Services
) -> None:
    assert isinstance(services.clock, FakeClock)
    services.clock.advance(hours=2)
    board._on_look()
    row = board.model.row(board.model.row_of("cam-7") or 0)
    assert row.cells[STATE] == "状态未知"
    assert row.cells[SINCE] == "11-22 13:34"


# acts


def test_acts_are_grey_until_a_camera_is_marked(board: HealthPanel) -> None:
    assert not board.acts.buttons["MARK_FAULT"].isEnabled()
    assert board.acts.buttons["MARK_FAULT"].toolTip() == "先选中一台摄像机"
    assert not board.acts.form.isVisible()


def test_grey_act_says_why(board: HealthPanel) -> None:
    mark(board, "cam-4")
    assert not board.acts.buttons["MARK_FAULT"].isEnabled(), "an offline camera"
    assert board.acts.buttons["MARK_FAULT"].toolTip()
    assert "养护主管" in board.acts.buttons["SET_MAINT"].toolTip()


def test_fault_is_marked_with_kind_and_reason(board: HealthPanel, services: Services) -> None:
    mark(board, "cam-1")
    click(board.acts.buttons["MARK_FAULT"])
    assert board.acts.form.isVisible()
    board.acts.editor("fault").set_value(FaultKind.BLUR)
    board.acts.editor("reason").set_value("镜头起雾")
    click(board.acts.send)
    found = services.store.get("camera", "cam-1")
    assert isinstance(found, Camera)
    assert (found.health, found.fault) == (Health.FAULT, FaultKind.BLUR)
    assert services.commands.fired[-1].fields["reason"] == "镜头起雾"  # type: ignore[attr-defined]  # the fake's
    assert not board.acts.form.isVisible()
    assert board.model.row(board.model.row_of("cam-1") or 0).cells[STATE] == "故障 模糊"


def test_missing_kind_of_fault_is_said_and_nothing_is_sent(
    board: HealthPanel, services: Services
) -> None:
    mark(board, "cam-1")
    click(board.acts.buttons["MARK_FAULT"])
    click(board.acts.send)
    assert "故障类型" in board.acts._problem.text()
    assert services.commands.fired == []  # type: ignore[attr-defined]  # the fake's
    QTest.keyClick(board.acts.editor("reason"), Qt.Key.Key_Escape)
    assert not board.acts.form.isVisible()


def test_mended_camera_is_online_without_more_questions(
    board: HealthPanel, services: Services
) -> None:
    mark(board, "cam-6")
    click(board.acts.buttons["FIXED"])
    found = services.store.get("camera", "cam-6")
    assert isinstance(found, Camera)
    assert found.health == Health.ONLINE


def test_form_is_put_away_when_another_camera_is_marked(board: HealthPanel) -> None:
    mark(board, "cam-1")
    click(board.acts.buttons["MARK_FAULT"])
    mark(board, "cam-2")
    assert not board.acts.form.isVisible()


def test_maintenance_has_an_end(qtbot: QtBot) -> None:
    supervisor = USERS[Role.VIDEO_OP].__class__(
        id="user-maint", username="maint", name="周", role=Role.MAINT_SUP, org_id="tocc",
        all_orgs=True, version=1,
    )  # fmt: skip
    with running_services(Role.VIDEO_OP) as services:
        services.session.user = supervisor
        services.store.apply(put(*city(), supervisor))
        board = HealthPanel(services)
        qtbot.addWidget(board)
        with qtbot.waitExposed(board):
            board.show()
        mark(board, "cam-1")
        click(board.acts.buttons["SET_MAINT"])
        board.acts.editor("until").set_value(NOW + timedelta(hours=3))
        click(board.acts.send)
        found = services.store.get("camera", "cam-1")
        assert isinstance(found, Camera)
        assert found.maintained_until == NOW + timedelta(hours=3)


# export


def test_shown_rows_are_exported_for_a_spreadsheet(
    qtbot: QtBot, board: HealthPanel, services: Services, tmp_path: Path
) -> None:
    said: list[Message] = []
    services.messages.posted.connect(said.append)
    click(board.chips[Health.ONLINE])
    rows = [board.model.row(at).cells for at in range(board.model.rowCount())]
    file = tmp_path / "health.csv"
    board.saver.save(str(file), partial(write_csv, head=heads(), rows=rows))
    qtbot.waitUntil(lambda: bool(said))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert table[0] == list(heads())
    assert len(table) == 5
    assert {row[STATE] for row in table[1:]} == {"在线"}
