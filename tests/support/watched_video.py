"""`python -m tests.support.watched_video SECONDS`: the real players on bad cameras, all at once.

A process of its own, so that a crash of the decoder is seen. Reads the addresses by camera id as
one line of JSON, opens all of them, takes pictures as a wall does; then prints what each player
said and showed, and whether all threads ended.
"""

from __future__ import annotations

import faulthandler
import json
import sys
import threading
import time
from collections import defaultdict

from app.video.address import Address, Quality
from app.video.player import Player
from app.video.videos import Videos

SIZE, TICK_S, END_S = (48, 32), 0.02, 20.0


class Eye:
    """What one player says and shows."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.states: list[str] = []
        self.faults: list[str] = []
        self.sizes: set[tuple[int, int] | None] = set()
        self.pictures = 0

    def look(self) -> None:
        picture, status = self.player.take(), self.player.status
        if picture is not None:
            assert picture.pixels.shape == (*SIZE[::-1], 4)
            self.pictures += 1
        for seen, word in ((self.states, status.state), (self.faults, status.fault)):
            if not seen or seen[-1] != word:
                seen.append(str(word))
        self.sizes.add(status.size)

    def told(self) -> dict[str, object]:
        size = self.player.status.size
        return {
            "states": self.states,
            "faults": self.faults,
            "pictures": self.pictures,
            "size": size,
            "last_state": str(self.player.status.state),
            "last_fault": str(self.player.status.fault),
        }


def main() -> None:
    faulthandler.enable()
    urls: dict[str, str] = json.loads(sys.stdin.readline())
    asked: defaultdict[str, int] = defaultdict(int)

    def ask(camera_id: str, quality: Quality) -> Address:
        asked[camera_id] += 1
        return Address(url=urls[camera_id], quality=quality)

    before = set(threading.enumerate())
    videos, pause = Videos(ask), threading.Event()
    eyes = {camera_id: Eye(videos.open(camera_id, "")) for camera_id in urls}
    for eye in eyes.values():
        eye.player.show(*SIZE)
    ends, slowest = time.monotonic() + float(sys.argv[1]), 0.0
    while time.monotonic() < ends:
        began = time.thread_time()
        for eye in eyes.values():
            eye.look()
        slowest = max(slowest, time.thread_time() - began)
        pause.wait(TICK_S)
    told = {camera_id: {**eye.told(), "asked": asked[camera_id]} for camera_id, eye in eyes.items()}
    videos.close_all()
    ends = time.monotonic() + END_S
    while (left := set(threading.enumerate()) - before) and time.monotonic() < ends:
        pause.wait(TICK_S)
    print(json.dumps({"cameras": told, "left": [thread.name for thread in left]}))


if __name__ == "__main__":
    main()
