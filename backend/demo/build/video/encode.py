"""Pictures into H.264 as cameras send it: no B-frames, a key frame every second."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

type Pixels = npt.NDArray[np.uint8]
"""(height, width, 3), RGB."""


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    width: int
    height: int
    rate: Fraction
    key_every: int
    crf: int
    most_kbit: int


MAIN = Format("main", 704, 576, Fraction(25), 25, 27, 900)
SUB = Format("sub", 352, 288, Fraction(25, 2), 12, 27, 220)


def encode(pictures: Iterable[Pixels], path: Path, form: Format) -> None:
    """Parameter sets are sent with each key frame: streams are joined and spliced there."""
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=form.rate)
        stream.width, stream.height, stream.pix_fmt = form.width, form.height, "yuv420p"
        stream.options = {
            "preset": "slow",
            "crf": str(form.crf),
            "maxrate": f"{form.most_kbit}k",
            "bufsize": f"{form.most_kbit}k",
            "bf": "0",
            "g": str(form.key_every),
            "threads": "1",
            "x264-params": (
                f"keyint={form.key_every}:min-keyint={form.key_every}:scenecut=0"
                ":repeat-headers=1:stitchable=1:force-cfr=1"
            ),
        }
        for picture in pictures:
            frame = av.VideoFrame.from_ndarray(picture, "rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def halved(pictures: Iterable[Pixels]) -> Iterator[Pixels]:
    """Every second picture at half its size."""
    for number, picture in enumerate(pictures):
        if number % 2 == 0:
            height, width = picture.shape[0] // 2, picture.shape[1] // 2
            blocks = picture.reshape(height, 2, width, 2, 3).astype(np.uint16)
            yield (blocks.sum(axis=(1, 3)) // 4).astype(np.uint8)


def filmed(path: Path, form: Format) -> Iterator[Pixels]:
    """A real clip at the size and rate of a camera, cut to 4:3 around its middle."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.average_rate is not None
        times = round(form.rate / stream.average_rate)
        for frame in container.decode(stream):
            whole: Pixels = frame.to_ndarray(format="rgb24").astype(np.uint8)
            side = whole.shape[0] * 4 // 3
            left = (whole.shape[1] - side) // 2
            cut = av.VideoFrame.from_ndarray(
                np.ascontiguousarray(whole[:, left : left + side]), "rgb24"
            )
            sized = cut.reformat(form.width, form.height, "rgb24")
            picture: Pixels = sized.to_ndarray().astype(np.uint8)
            for _ in range(times):
                yield picture
