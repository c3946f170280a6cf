"""Is the picture true: frozen, black or blurred 画面质量.

What cannot be told: that a picture was blurred or in fog all along, that a lens became dirty
over days, or that a camera without any noise stands still on an empty road or is frozen.
"""

import tomllib
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from app.domain.rules import RULES_DIR
from app.video.clarity import Clarity
from app.video.status import Look
from app.video.stillness import Stillness

if TYPE_CHECKING:
    import av

type Luma = npt.NDArray[np.uint8]

LEAST_PX = 64
"""A picture with a shorter side is not judged."""


def read_rules() -> dict[str, Any]:
    """Thresholds of the judge by section."""
    return tomllib.loads((RULES_DIR / "video_truth.toml").read_text(encoding="utf-8"))


def luma_of(frame: "av.VideoFrame") -> Luma:
    """The brightness (h, w) of a decoded frame; planar frames are not copied: use it at once."""
    if not frame.format.name.startswith(("yuv4", "yuvj4", "nv12", "gray")) or (
        frame.format.components[0].bits > 8
    ):
        frame = frame.reformat(format="gray")
    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height, : frame.width]


class Judge:
    """Of one stream, used in one thread: show it every decoded key frame, and between them at
    least two frames a second while there are any.

    It wants the frame's own pixels, not a scaled picture: noise of the sensor tells a quiet
    night from a frozen one, and averaging hides it. It keeps thinned copies.
    """

    def __init__(self, rules: dict[str, Any]) -> None:
        self._stillness = Stillness(rules["frozen"])
        self._clarity = Clarity(rules["black"], rules["blurred"])
        self._clear = Look.UNKNOWN
        self._size = (0, 0)

    def look_at(self, luma: Luma, now: float, *, key: bool) -> Look:
        """`now`: monotonic seconds. Returns what is held true from now on."""
        if min(luma.shape) < LEAST_PX:
            return Look.UNKNOWN
        if luma.shape != self._size:
            self.forget()
            self._size = luma.shape
        self._clear = self._clarity.look_at(luma, now)
        if key:
            self._stillness.look_at(luma, now)
        if self._clear is Look.BLACK:  # black is the same all the time, and says more
            return Look.BLACK
        return Look.FROZEN if self._stillness.frozen else self._clear

    def forget(self) -> None:
        """Another view or another stream: size, reconnect, quality, PTZ movement."""
        self._stillness.forget()
        self._clarity.forget()
