"""`python -m tests.support.spoiled_video CODEC CONTAINER FIRST COUNT`: spoiled streams, decoded.

A process of its own, so that a crash of the decoder is seen. Each input goes the product's way
from opening to the picture for the tile; it may be refused, but neither kill nor hold the process.
Prints the number of each input before it is read, and what came of all in the end.
"""

from __future__ import annotations

import faulthandler
import io
import json
import sys
from collections import Counter
from random import Random
from typing import Any

import av
import av.logging

from app.video import source
from app.video.address import Address
from app.video.decode import Decoder
from app.video.limits import stream_limits
from tests.support.streams import spoiled, video

HANGS_S = 20
ADDRESS = Address(url="http://spoiled/", device_id="")


def main() -> None:
    codec, container, first, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    good, outcomes = video(codec, size=(64, 64), count=6, container=container), Counter[str]()
    av.logging.set_level(None)
    for seed in range(first, first + count):
        faulthandler.dump_traceback_later(HANGS_S, exit=True)
        print(seed, flush=True)
        outcomes[watch(spoiled(good, Random(seed)), container)] += 1
    faulthandler.cancel_dump_traceback_later()
    print(json.dumps(outcomes))


def watch(data: bytes, container: str) -> str:
    """What came of it: pictures, none, or the fault."""

    def open_it(_address: Address, options: dict[str, str], _limits: object) -> Any:
        return av.open(io.BytesIO(data), format=container, options=options)

    vars(source)["_open"] = open_it  # the line is the only thing that is not real
    pictures = 0
    try:
        with source.open_source(ADDRESS, "", stream_limits().open) as opened:
            decoder = Decoder(opened.stream)
            for packet in opened.packets():
                for frame in decoder.decode(packet):
                    assert decoder.picture(frame, 48, 32).shape == (32, 48, 4)
                    pictures += 1
    except source.SourceError as error:
        return "shown" if pictures else str(error.fault)
    raise AssertionError("a stream without an end")


if __name__ == "__main__":
    main()
