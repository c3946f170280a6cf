"""A shift in about a minute: sign in, watch, take a call, work the case, lose the network."""

from app.link import LinkState
from widgets.tour.driver import Desk
from widgets.tour.player import Chapter, Picture, Story, Until


def sign_in(desk: Desk) -> Story:
    yield Until("登录页列出演示席位", lambda: desk.find_named("seat-dispatcher") is not None, 30)
    yield Picture("01-login")
    desk.click(desk.widget("seat-dispatcher"))
    yield Until("已登录", lambda: desk.services.session.user is not None)
    yield Until("链路实时", lambda: desk.services.link.now.state == LinkState.LIVE)
    yield Until("队列有 12 起未结事件", lambda: desk.open_cases() == 12)
    yield Until("地图已绘制", desk.map_is_crisp)
    yield Picture("02-situation")


CHAPTERS: tuple[Chapter, ...] = (("登录 Sign in", sign_in),)
