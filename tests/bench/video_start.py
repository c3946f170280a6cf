"""`video-start`: a wall of sixteen cameras is called up, two dead ones among them.

Counted is the time from the first key frame that the server sent to a camera's player to its first
picture ready for the tile. One of the dead accepts and says nothing, the other does not even
accept. Three rounds.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.video.player import Player
from app.video.videos import Videos
from tests.bench.desk import run_for, share
from tests.bench.map_view import head, row
from tests.bench.video_view import D1, Moments, Office, cameras, open_players, watched

STREAMS, ROUNDS, SIZE = 16, 3, (480, 270)
MOST_S, P95_S = 15.0, 0.3


def run() -> dict[str, object]:
    after_key: list[float] = []
    after_call: list[float] = []
    missing = 0
    with cameras(D1, STREAMS, servers=2) as office, dead(office), watched(office) as videos:
        alive = list(office.servers)
        for _ in range(ROUNDS):
            called = time.monotonic()
            first = first_pictures(videos, [*office.elsewhere, *alive], alive)
            missing += STREAMS - len(first)
            after_call += [at - called for at in first.values()]
            after_key += [
                at - office.servers[name].first_key_at(f"/{name}") for name, at in first.items()
            ]
            run_for(1.0)  # the servers see that nobody watches
    head()
    row("first picture after the first key frame", [s * 1000 for s in after_key])
    row("first picture after the call", [s * 1000 for s in after_call])
    p95 = share(after_key, 0.95)
    return {
        "p95_s": round(p95, 3),
        "worst_s": round(max(after_key, default=0), 3),
        "after_call_p95_s": round(share(after_call, 0.95), 3),
        "missing": missing,
        "met": p95 <= P95_S and not missing,
    }


def first_pictures(videos: Videos, ids: list[str], alive: list[str]) -> dict[str, float]:
    players = open_players(videos, ids, SIZE)
    first = Moments({name: _has_picture(players[name]) for name in alive}).wait(MOST_S)
    for player in players.values():
        player.close()
    return dict(first)


def _has_picture(player: Player) -> Callable[[], bool]:
    return lambda: player.take() is not None


@contextmanager
def dead(office: Office) -> Iterator[None]:
    """Two cameras that never answer: one accepts, the other's queue of callers is full."""
    with socket.create_server(("127.0.0.1", 0)) as silent, _full() as full:
        for name, port in (("silent", silent.getsockname()[1]), ("full", full)):
            office.elsewhere[name] = f"rtsp://nobody:word@127.0.0.1:{port}/{name}"
        yield


@contextmanager
def _full() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        callers = []
        for _ in range(3):
            caller = socket.socket()
            caller.setblocking(False)
            caller.connect_ex(server.getsockname())
            callers.append(caller)
        yield server.getsockname()[1]
        for caller in callers:
            caller.close()
