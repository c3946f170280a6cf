"""The wall on screen: who is played, what is painted, and nothing while it is hidden."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.services import Services
from app.video.address import Quality
from app.video.states import StreamState
from app.video.status import Look
from app.video.wall import Tile, Wall
from tests.support.fake_services import put, running_services
from tests.support.fake_videos import FakeVideos
from tests.widgets.video.walls import camera, cameras, videos_of
from widgets.video.keeper import WallKeeper
from widgets.video.wall_view import WallView


class Monotonic:
    """Seconds that stand still until a test moves them."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def services() -> Iterator[Services]:
    with running_services() as made:
        cameras(made, 30)
        yield made


@pytest.fixture
def clock() -> Monotonic:
    return Monotonic()


@pytest.fixture
def keeper(services: Services) -> WallKeeper:
    parent = QObject(services.selection)
    made = WallKeeper(services.preferences, lambda: "SHIFT_CHIEF", "video", parent)
    made.show(wall("cam-1", "cam-2", "", "cam-4"))
    return made


@pytest.fixture
def view(qtbot: QtBot, services: Services, keeper: WallKeeper, clock: Monotonic) -> WallView:
    made = WallView(services, keeper)
    made.set_clock(clock)
    qtbot.addWidget(made)
    made.resize(800, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def videos(services: Services) -> FakeVideos:
    return videos_of(services)


def wall(*ids: str, layout: str = "4", shown: int = 4) -> Wall:
    return Wall(layout=layout, shown=shown, tiles=tuple(Tile(camera=c) for c in ids))


def shown(qtbot: QtBot, view: WallView, index: int) -> None:
    """The tile's picture has been taken."""

    def live() -> None:
        words = view.words_of(index)
        assert words is not None
        assert words.live

    qtbot.waitUntil(live, timeout=3000)


def centre(view: WallView, index: int) -> QColor:
    picture: QImage = view.picture_of(index).toImage()
    return picture.pixelColor(picture.width() // 4, picture.height() // 2)


def test_each_camera_gets_one_player_at_its_tiles_size(view: WallView, videos: FakeVideos) -> None:
    assert videos.live == {"cam-1", "cam-2", "cam-4"}
    size = view.rects[0].size()
    assert videos.of("cam-1").size == (size.width(), size.height())
    assert videos.of("cam-1").code == camera(1).code


def test_the_player_is_asked_for_the_streams_own_shape(
    qtbot: QtBot, view: WallView, videos: FakeVideos
) -> None:
    videos.of("cam-1").play(now=100.0, size=(1920, 1080))
    shown(qtbot, view, 0)
    width, height = videos.of("cam-1").size or (0, 0)
    assert abs(width / height - 16 / 9) < 0.02


def test_only_the_tile_in_hand_is_focused(
    view: WallView, keeper: WallKeeper, videos: FakeVideos
) -> None:
    keeper.take(1)
    assert [videos.of(f"cam-{n}").focused for n in (1, 2, 4)] == [False, True, False]


def test_a_large_tile_gets_the_main_stream(
    qtbot: QtBot, view: WallView, keeper: WallKeeper, videos: FakeVideos
) -> None:
    view.resize(1200, 900)
    assert videos.of("cam-1").quality is Quality.SUB
    keeper.show_alone(True)
    qtbot.waitUntil(lambda: videos.of("cam-1").quality is Quality.MAIN)


def test_a_taken_picture_is_on_the_screen_and_said_to_be_live(
    qtbot: QtBot, view: WallView, videos: FakeVideos
) -> None:
    assert centre(view, 0) == QColor("black")
    videos.of("cam-1").play(now=100.0)
    shown(qtbot, view, 0)
    assert centre(view, 0).lightness() > 60
    assert "实时" in view.accessibleName()


@pytest.mark.parametrize(
    "changes",
    [
        {"state": StreamState.STALLED},
        {"state": StreamState.RECONNECTING, "attempt": 2},
        {"look": Look.FROZEN, "look_since": 90.0},
    ],
)
def test_a_picture_that_is_not_live_is_dimmed(
    qtbot: QtBot, view: WallView, videos: FakeVideos, clock: Monotonic, changes: dict[str, object]
) -> None:
    player = videos.of("cam-1")
    player.play(now=100.0)
    shown(qtbot, view, 0)
    bright = centre(view, 0).lightness()
    player.become(**changes)
    clock.now += 1.0

    def dimmed() -> None:
        assert centre(view, 0).lightness() < bright * 0.6

    qtbot.waitUntil(dimmed, timeout=3000)


def test_an_engine_that_falls_silent_does_not_make_an_old_picture_live(
    qtbot: QtBot, view: WallView, videos: FakeVideos, clock: Monotonic
) -> None:
    videos.of("cam-1").play(now=100.0)
    shown(qtbot, view, 0)
    clock.now += 4.0

    def stopped() -> None:
        words = view.words_of(0)
        assert words is not None
        assert words.state == "画面停于 12:34:56"

    qtbot.waitUntil(stopped, timeout=3000)


def test_another_camera_never_wears_the_picture_of_the_last_one(
    qtbot: QtBot, view: WallView, keeper: WallKeeper, videos: FakeVideos
) -> None:
    videos.of("cam-1").play(now=100.0)
    shown(qtbot, view, 0)
    keeper.show(keeper.wall.put(0, "cam-9"))
    assert centre(view, 0) == QColor("black")


def test_a_camera_that_moves_keeps_its_player(
    view: WallView, keeper: WallKeeper, videos: FakeVideos
) -> None:
    before = videos.of("cam-1")
    keeper.show(keeper.wall.swap(0, 1))
    assert videos.of("cam-1") is before
    assert len(videos.opened) == 3


def test_a_camera_that_leaves_the_wall_is_closed(
    view: WallView, keeper: WallKeeper, videos: FakeVideos
) -> None:
    keeper.show(keeper.wall.clear(0))
    assert videos.live == {"cam-2", "cam-4"}


def test_what_a_call_up_covers_is_hidden_and_comes_back_without_opening_anew(
    view: WallView, keeper: WallKeeper, videos: FakeVideos
) -> None:
    keeper.show(keeper.wall.call_up("case", ["cam-7", "cam-8"]))
    assert not videos.of("cam-1").visible
    assert videos.of("cam-7").incident
    keeper.back()
    assert videos.of("cam-1").visible
    assert videos.live == {"cam-1", "cam-2", "cam-4"}


def test_a_hidden_wall_plays_and_paints_nothing(
    qtbot: QtBot, view: WallView, videos: FakeVideos
) -> None:
    view.hide()
    assert [player.visible for player in videos.opened] == [False] * 3
    videos.of("cam-1").play(now=100.0)
    taken = videos.of("cam-1").take()
    assert taken is not None
    view.show()
    qtbot.waitUntil(lambda: all(player.visible for player in videos.opened))


def test_a_camera_ahead_of_its_turn_is_opened_but_not_shown(
    view: WallView, videos: FakeVideos
) -> None:
    view.look_ahead(["cam-12"])
    assert videos.of("cam-12").calls == [("hide",)]
    view.look_ahead([])
    assert "cam-12" not in videos.live


def test_a_camera_that_its_user_may_no_longer_see_is_closed_and_says_so(
    services: Services, view: WallView, videos: FakeVideos
) -> None:
    services.store.clear()
    assert videos.live == set()
    words = view.words_of(0)
    assert words is not None
    assert words.head == "摄像机不存在"


def test_signing_out_closes_every_player(
    services: Services, view: WallView, videos: FakeVideos
) -> None:
    services.session.signed_out.emit()
    assert videos.live == set()


def test_a_camera_that_arrives_late_in_the_store_is_played_then(
    services: Services, view: WallView, keeper: WallKeeper, videos: FakeVideos
) -> None:
    keeper.show(keeper.wall.put(2, "cam-77"))
    assert "cam-77" not in videos.live
    services.store.apply(put(camera(77)))
    assert "cam-77" in videos.live


@pytest.mark.parametrize(("layout", "count"), [("1", 1), ("25", 25), ("1+12", 13)])
def test_every_layout_plays_as_many_cameras_as_it_shows(
    view: WallView, keeper: WallKeeper, videos: FakeVideos, layout: str, count: int
) -> None:
    keeper.show(wall(*(f"cam-{n}" for n in range(1, 31)), layout=layout, shown=count))
    assert sum(player.visible for player in videos.opened if not player.closed) == count


def test_the_ladder_hears_once_a_second_how_late_the_loop_was(
    qtbot: QtBot, services: Services, keeper: WallKeeper
) -> None:
    real = WallView(services, keeper)
    qtbot.addWidget(real)
    real.show()
    qtbot.waitUntil(lambda: bool(videos_of(services).lates), timeout=5000)
