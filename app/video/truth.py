"""Is the picture true: frozen, black or blurred 画面质量."""

import av
import numpy as np
import numpy.typing as npt

from app.video.status import Look

type Luma = npt.NDArray[np.uint8]


def luma_of(frame: av.VideoFrame) -> Luma:
    """The brightness plane (h, w) of a decoded frame, not copied: use it before the next one."""
    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height, : frame.width]


class Judge:
    """Of one stream, used in one thread: show it every decoded key frame, and between them at
    least two frames a second while there are any.

    It wants the frame's own pixels, not a scaled picture: noise of the sensor tells a quiet
    night from a frozen one, and averaging hides it. It keeps thinned copies.
    """

    def look_at(self, luma: Luma, now: float, *, key: bool) -> Look:
        """`now`: monotonic seconds. Returns what is held true from now on."""
        return Look.UNKNOWN

    def forget(self) -> None:
        """Another view or another stream: reconnect, change of quality, PTZ movement."""
