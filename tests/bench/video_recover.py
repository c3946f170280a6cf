"""`video-recover`: cameras that fail in every way, and come back.

Eight cameras with a key frame each second. Their server is killed, stopped (it keeps its
connections and says no more), started again at once, gets another login; size or codec change while
they are watched. `seen_s`: until the last player says that its picture is not live (a change of size
needs no such word); `back_s`: from the moment the server is there again to the last camera's new
picture. A player asks for an address once per attempt, and waits as long as the rule says before
the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from app.video.limits import stream_limits
from app.video.player import Player
from app.video.states import StreamState
from tests.bench.desk import run_for
from tests.bench.video_view import (
    SMALL,
    Moments,
    Office,
    cameras,
    open_players,
    wait_live,
    watched,
)
from tests.support.clips import Clip
from tests.support.rtsp_server import LOGIN, RtspServer

STREAMS, SIZE, GONE_S, MOST_S = 8, (320, 180), 6.0, 20.0
SEEN_S, BACK_S, TOLERANCE_S = 4.0, 3.0, 0.05
LARGER = replace(SMALL, width=640, height=360)
OTHER_CODEC = replace(LARGER, codec="hevc")


@dataclass(frozen=True, slots=True)
class Failure:
    """`mend` None: the server is there again as soon as `happen` has returned."""

    name: str
    happen: Callable[[RtspServer], None]
    mend: Callable[[RtspServer], None] | None = None
    is_told: bool = True
    by_hand: bool = False  # somebody asks for another attempt then


def run() -> dict[str, object]:
    figures: dict[str, object] = {}
    seen_s, back_s, hasty = [], [], 0
    for clip in (LARGER, OTHER_CODEC):
        clip.file()  # made now, not while it is waited for
    print(f"{'failure':<16}{'seen s':>10}{'back s':>10}{'attempts':>10}")
    with cameras(SMALL, STREAMS) as office, watched(office) as videos:
        players = open_players(videos, list(office.servers), SIZE)
        for failure in FAILURES:
            wait_live(players)
            run_for(1.0)
            outcome = suffer(failure, office, players)
            print(
                f"{failure.name:<16}{outcome.seen_s:>10.2f}{outcome.back_s:>10.2f}"
                f"{outcome.attempts:>10}",
                flush=True,
            )
            seen_s.append(outcome.seen_s)
            back_s.append(outcome.back_s)
            hasty += outcome.hasty
            figures[f"{failure.name}_back_s"] = round(outcome.back_s, 2)
    met = max(seen_s) <= SEEN_S and max(back_s) <= BACK_S and not hasty
    return {
        "seen_s": round(max(seen_s), 2),
        "back_s": round(max(back_s), 2),
        "hasty_attempts": hasty,
        **figures,
        "met": met,
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """`attempts`: the most that one camera made; `hasty`: those of all without their pause."""

    seen_s: float
    back_s: float
    attempts: int
    hasty: int


def suffer(failure: Failure, office: Office, players: dict[str, Player]) -> Outcome:
    office.asked.clear()
    server = next(iter(office.servers.values()))
    happened = time.monotonic()
    gone = Moments({name: _is_gone(player) for name, player in players.items()})
    failure.happen(server)
    mended = time.monotonic()
    if failure.mend is not None:
        seen = gone.wait(MOST_S)
        run_for(max(happened + GONE_S - time.monotonic(), 0))
        failure.mend(server)
        mended = time.monotonic()
        for player in players.values() if failure.by_hand else ():
            player.retry()
        back = Moments({name: _is_back(player, mended) for name, player in players.items()})
    elif failure.is_told:
        seen = gone.wait(MOST_S)
        back = Moments({name: _is_back(player, mended) for name, player in players.items()})
    else:
        seen = dict.fromkeys(players, happened)
        back = Moments({name: _has_size(player, LARGER) for name, player in players.items()})
    last_back = back.wait(MOST_S)
    return Outcome(
        seen_s=_last(seen, players) - happened,
        back_s=_last(last_back, players) - mended,
        attempts=max(map(len, office.asked.values()), default=0),
        hasty=sum(hasty_attempts(times) for times in office.asked.values()),
    )


def hasty_attempts(times: list[float]) -> int:
    """Attempts that did not wait as long as the rule says."""
    rule = stream_limits().retry
    steps = [step * (1 - rule.shorter[1]) for step in rule.steps_s]
    gaps = [later - sooner for sooner, later in pairwise(times)]
    # the first attempt comes one step after the loss
    return sum(gap < steps[min(n, len(steps) - 1)] - TOLERANCE_S for n, gap in enumerate(gaps))


def change_login(server: RtspServer) -> None:
    name, word = server.login or LOGIN
    server.set_login((name, f"{word}-new"))


def change_login_unknown(server: RtspServer) -> None:
    """The addresses that are given still have the old one."""
    old = server.login
    change_login(server)
    server.login = old


def learn_login(server: RtspServer) -> None:
    name, word = server.login or LOGIN
    server.login = (name, f"{word}-new")


def change_size(server: RtspServer) -> None:
    for path in server.paths:
        server.change(path, LARGER)


def change_codec(server: RtspServer) -> None:
    for path in server.paths:
        server.change(path, OTHER_CODEC)


FAILURES = (
    Failure("killed", RtspServer.kill, RtspServer.start),
    Failure("stopped", RtspServer.stop, RtspServer.go_on),
    Failure("restarted", RtspServer.restart),
    Failure("login", change_login),
    Failure("wrong_login", change_login_unknown, learn_login, by_hand=True),
    Failure("size", change_size, is_told=False),
    Failure("codec", change_codec),
)


def _is_gone(player: Player) -> Callable[[], bool]:
    return lambda: player.status.state is not StreamState.PLAYING


def _is_back(player: Player, after: float) -> Callable[[], bool]:
    def look() -> bool:
        picture = player.take()
        is_new = picture is not None and picture.arrived > after
        return is_new and player.status.state is StreamState.PLAYING

    return look


def _has_size(player: Player, clip: Clip) -> Callable[[], bool]:
    size = (clip.width, clip.height)
    return lambda: player.take() is not None and player.status.size == size


def _last(moments: dict[str, float], players: dict[str, Player]) -> float:
    return max(moments.values()) if len(moments) == len(players) else float("inf")
