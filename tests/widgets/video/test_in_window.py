"""The walls as docks of the desk: brought to the screen, floated, closed, beside a case."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.selection import Ref
from app.services import Services
from tests.support.fake_services import fake_services, incident, put
from tests.widgets.video.walls import cameras, videos_of
from widgets import case, queue, video
from widgets.frame.docks import Docks
from widgets.registry import ACTIONS
from widgets.shared.theme import load_theme
from widgets.video.panel import VideoPanel
from widgets.video.walls import Walls
from widgets.window import MainWindow

PANELS = (queue.PANEL, case.PANEL, video.PANEL, *video.FURTHER)


@pytest.fixture
def services() -> Iterator[Services]:
    made = fake_services(None)
    cameras(made, 30)
    made.store.apply(put(incident(7)))
    yield made
    made.tasks.shutdown()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, services: Services) -> MainWindow:
    load_theme("dark").wear(qapp)
    made = MainWindow(services, "0.1.0", PANELS, ACTIONS)
    qtbot.addWidget(made)
    made.resize(1900, 1000)
    with qtbot.waitExposed(made):
        made.show()
    services.session.sign_in("shift_chief", "", lambda _: None)
    return made


def walls(window: MainWindow) -> dict[str, VideoPanel]:
    return {p.name: p for p in window.findChildren(VideoPanel) if p.isVisible()}


def docks_of(window: MainWindow) -> Docks:
    assert window.workspace is not None
    return window.workspace.docks


def test_the_wall_has_a_tab_of_its_own(qtbot: QtBot, window: MainWindow) -> None:
    window.show_layout("video")
    qtbot.waitUntil(lambda: set(walls(window)) == {"video"})


def test_a_camera_for_the_wall_brings_it_to_the_screen(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    assert walls(window) == {}
    services.selection.watch(Ref("camera", "cam-3"))
    qtbot.waitUntil(lambda: set(walls(window)) == {"video"})
    assert walls(window)["video"].keeper.wall.cameras == ("cam-3",)


def test_the_cameras_near_a_case_bring_the_wall_to_the_screen(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    services.selection.watch(Ref("incident", "case-7"))
    qtbot.waitUntil(lambda: bool(walls(window)))
    keeper = walls(window)["video"].keeper
    qtbot.waitUntil(lambda: keeper.wall.cameras == ("cam-7", "cam-6", "cam-8"))


def test_a_case_opened_beside_the_wall_has_room_for_its_page(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    window.show_layout("video")
    qtbot.waitUntil(lambda: bool(walls(window)))
    services.selection.open(Ref("incident", "case-7"))
    qtbot.waitUntil(lambda: docks_of(window).docks["case"].width() >= 440)
    qtbot.waitUntil(lambda: walls(window)["video"].keeper.wall.called != ())


def test_a_popped_out_tile_is_a_wall_in_a_window_of_its_own(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    window.show_layout("video")
    Walls.of(services.selection).handed = "cam-9"
    window.fire("video.new")
    qtbot.waitUntil(lambda: "video-2" in walls(window))
    second = walls(window)["video-2"]
    assert second.keeper.wall.cameras == ("cam-9",)
    assert docks_of(window).docks["video-2"].isInFloatingContainer()
    assert videos_of(services).live == {"cam-9"}
    second.head.close_wall.click()
    assert videos_of(services).live == set()
    assert docks_of(window).docks["video-2"].isClosed()


def test_no_more_walls_than_there_are_docks_for(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    window.show_layout("video")
    window.fire("video.new")
    window.fire("video.new")
    qtbot.waitUntil(lambda: len(walls(window)) == 3)
    with qtbot.waitSignal(services.messages.posted) as posted:
        window.fire("video.new")
    assert "3" in posted.args[0].text


def test_another_layout_lets_go_of_every_player(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    window.show_layout("video")
    qtbot.waitUntil(lambda: bool(walls(window)))
    services.selection.watch(Ref("camera", "cam-3"))
    assert videos_of(services).live == {"cam-3"}
    window.show_layout("incidents")
    qtbot.waitUntil(lambda: videos_of(services).live == set())


def test_escape_on_the_wall_leads_back_from_the_incident_before_it_leaves_the_case(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    window.show_layout("video")
    services.selection.open(Ref("incident", "case-7"))
    keeper = walls(window)["video"].keeper
    qtbot.waitUntil(lambda: bool(keeper.wall.called))
    window.fire("video.back")
    assert keeper.wall.called == ()
    assert services.selection.current == Ref("incident", "case-7")
