"""Packets to frames, frames to pictures of a tile's size."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import av
    import numpy as np
    import numpy.typing as npt
    from av.video.stream import VideoStream


class Decoder:
    """Of one connection; used by one thread."""

    def __init__(self, stream: "VideoStream") -> None:
        from av.video.reformatter import Interpolation, VideoReformatter

        self._context = stream.codec_context
        self._tile, self._whole = VideoReformatter(), VideoReformatter()
        self._way = Interpolation.FAST_BILINEAR
        self.broken = 0
        """Packets that could not be decoded."""

    def decode(self, packet: "av.Packet[VideoStream] | None") -> "list[av.VideoFrame]":
        """The frames that are ready with this packet; none if it is damaged. Without one: those
        that are held back."""
        import av.error

        try:
            return self._context.decode(packet)
        except (av.error.FFmpegError, ValueError):
            self.broken += 1
            return []

    def decode_alone(self, packet: "av.Packet[VideoStream]") -> "list[av.VideoFrame]":
        """The frame of a key packet that nothing follows: with frames that look ahead it would
        come with the next ones only."""
        self.skip_to()
        return self.decode(packet) or self.decode(None)

    def skip_to(self) -> None:
        """What comes next does not follow what came last: it begins with a key frame."""
        self._context.flush_buffers()

    def picture(self, frame: "av.VideoFrame", width: int, height: int) -> "npt.NDArray[np.uint8]":
        """(height, width, 4) BGRX, scaled the fast way."""
        scaled = self._tile.reformat(
            frame, width, height, "bgra", interpolation=self._way, threads=1
        )
        return pixels_of(scaled)

    def whole(self, frame: "av.VideoFrame") -> "npt.NDArray[np.uint8]":
        """The same at the size of the stream."""
        return pixels_of(self._whole.reformat(frame, format="bgra", threads=1))


def pixels_of(frame: "av.VideoFrame") -> "npt.NDArray[np.uint8]":
    """The plane of a BGRA frame, not copied if its rows are packed."""
    import numpy as np

    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[: frame.height]
    return np.ascontiguousarray(rows[:, : frame.width * 4]).reshape(frame.height, frame.width, 4)
