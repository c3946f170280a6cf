"""The video wall in the story: sixteen roads, an incident that calls its cameras, a cut line."""

from app.domain.camera import Camera, Health
from app.domain.incident import Incident
from app.link import LinkState
from app.selection import Ref
from widgets.tour.driver import Desk
from widgets.tour.player import Picture, Story, Until
from widgets.video.panel import VideoPanel

TILES = 16


def watch_the_roads(desk: Desk) -> Story:
    panel = _wall(desk)
    panel.keeper.divide(str(TILES))
    for camera in _cameras(desk)[:TILES]:
        panel.put(camera.id)
    yield Until("画面已到", lambda: _live(panel) >= _expected(desk), 30)
    panel.keeper.take(0)
    yield Picture("video-wall-dark")


def call_up(desk: Desk) -> Story:
    panel = _wall(desk)
    case = desk.entity("incident", lambda c: c.is_open and c.place.route_code == "S11")
    assert isinstance(case, Incident)
    desk.services.selection.open(Ref("incident", case.id))
    yield Until("附近摄像机上墙", lambda: panel.keeper.wall.earlier is not None)
    yield Until("第一个画面已到", lambda: _is_live(panel, 0), 20)
    yield Picture("video-call-up")


def lose_the_line(desk: Desk) -> Story:
    panel = _wall(desk)
    before = _live(panel)
    desk.cable.pull()
    yield Until("断流写在画面上", lambda: _live(panel) == 0, 20)
    yield Until("断网有提示", lambda: desk.services.link.now.state == LinkState.OFFLINE, 10)
    yield Picture("video-lost")
    desk.cable.plug()
    yield Until("画面恢复", lambda: _live(panel) >= before, 30)


def look_at_health(desk: Desk) -> Story:
    panel = _wall(desk)
    desk.services.preferences.set("theme", "light")
    yield _moving(panel)
    yield Picture("video-wall-light")
    desk.services.preferences.set("theme", "dark")
    desk.window.show_panel("video-health")
    yield _moving(panel)
    yield Picture("video-health")


def _moving(panel: VideoPanel) -> Until:
    """Until the wall has drawn what came after the change."""
    return Until("画面是此刻的", lambda: _live(panel) > 0, 20)


def video(desk: Desk) -> Story:
    desk.window.show_layout("video")
    yield Until("视频墙打开", lambda: desk.find(VideoPanel) is not None)
    yield from watch_the_roads(desk)
    yield from call_up(desk)
    yield from lose_the_line(desk)
    yield from look_at_health(desk)
    desk.window.show_layout("situation")


def _wall(desk: Desk) -> VideoPanel:
    found = desk.find(VideoPanel)
    assert found is not None
    return found


def _cameras(desk: Desk) -> list[Camera]:
    found = [c for c in desk.services.store.all("camera").values() if isinstance(c, Camera)]
    return sorted(found, key=lambda camera: camera.code)


def _expected(desk: Desk) -> int:
    """So many of the cameras shown have a picture to give."""
    dead = (Health.OFFLINE, Health.MAINTENANCE)
    return sum(camera.health not in dead for camera in _cameras(desk)[:TILES])


def _is_live(panel: VideoPanel, tile: int) -> bool:
    """As the tile itself says."""
    words = panel.view.words_of(tile)
    return words is not None and words.live


def _live(panel: VideoPanel) -> int:
    return sum(_is_live(panel, tile) for tile in panel.keeper.visible)
