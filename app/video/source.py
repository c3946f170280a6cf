"""Opening a stream with FFmpeg, and reading its packets."""

import logging
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from app.video.address import Address
from app.video.limits import OpenLimits
from app.video.status import Fault
from app.video.way import DIRECT, Way

if TYPE_CHECKING:
    import av
    from av.container import InputContainer
    from av.video.stream import VideoStream

    type Packet = av.Packet[VideoStream]

KIND: Final = {"formatprobesize": "4096"}
"""Bytes in which it must show what it is: else a page or noise is read until the time is up."""
QUICK: Final = {**KIND, "probesize": "32", "analyzeduration": "0"}
"""The first picture 2 s sooner; `nobuffer` would undo it."""
THOROUGH: Final = {**KIND, "probesize": "1000000", "analyzeduration": "2000000"}
"""For a stream that shows no picture at first sight."""
PROTOCOLS: Final = "rtsp,rtsps,rtp,srtp,udp,tcp,tls,http,https,httpproxy,crypto,data"
"""A playlist must not name files of this machine."""
CODE: Final = re.compile(r"(?:service_name|title)\s*:\s*(\d{20})\s*$", re.MULTILINE)
_NUMBER: Final = re.compile(r"\d{20}$")
_dumping = threading.Lock()


class SourceError(Exception):
    """No stream, or no more. FFmpeg's own words are left out: they hold the address."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class Source:
    """An open stream; used and closed by one thread."""

    def __init__(self, container: "InputContainer", stream: "VideoStream") -> None:
        self._container = container
        self.stream = stream

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    @property
    def size(self) -> tuple[int, int]:
        """Pixels; (0, 0) as long as it is not known."""
        return self.stream.codec_context.width, self.stream.codec_context.height

    def packets(self) -> "Iterator[Packet]":
        """Packets as they come. Raises SourceError at the end of the stream or of its life."""
        with _told_as_fault(at_open=False):
            for packet in self._container.demux(self.stream):
                if packet.size:
                    yield packet
        raise SourceError(Fault.LOST)


def open_source(address: Address, code: str, limits: OpenLimits, way: Way = DIRECT) -> Source:
    """Connect; blocks up to twice `limits.connect_s`. Raises SourceError.

    A device that names itself with another number than `code` is refused.
    """
    if address.scheme not in limits.schemes:
        raise SourceError(Fault.NO_VIDEO)
    told = (
        {address.device_id, address.channel}
        if _NUMBER.match(address.channel)
        else {address.device_id}
    )
    if code and told != {code}:
        raise SourceError(Fault.WRONG_CAMERA)
    try:
        with _told_as_fault(at_open=True):
            container = _open(address, QUICK | way.options, limits)
            if not container.streams.video:
                container.close()
                container = _open(address, THOROUGH | way.options, limits)
    except SourceError as error:
        if error.fault is Fault.LOST and not _has_known_host(address):
            raise SourceError(Fault.REFUSED) from None
        raise
    try:
        return _checked(container, code, limits)
    except SourceError:
        container.close()
        raise


def _has_known_host(address: Address) -> bool:
    """FFmpeg tells an unknown name and a line that was cut by the same error."""
    try:
        socket.getaddrinfo(urlsplit(address.url).hostname, None)
    except (OSError, UnicodeError):
        return False
    return True


def _open(address: Address, given: dict[str, str], limits: OpenLimits) -> "InputContainer":
    import av

    options = {**given, "protocol_whitelist": PROTOCOLS}
    if address.scheme.startswith("rtsp"):
        options |= {"rtsp_transport": "tcp", "allowed_media_types": "video"}
    return av.open(address.url, "r", options=options, timeout=(limits.connect_s, limits.read_s))


def _checked(container: "InputContainer", code: str, limits: OpenLimits) -> Source:
    if not container.streams.video:
        raise SourceError(Fault.NO_VIDEO)
    stream = container.streams.video[0]
    context = getattr(stream, "codec_context", None)
    if context is None:  # a codec that FFmpeg does not know
        raise SourceError(Fault.NO_VIDEO)
    if context.width * context.height > limits.max_pixels:
        raise SourceError(Fault.TOO_LARGE)
    named = _named(container) if code else ""
    if named and named != code:
        raise SourceError(Fault.WRONG_CAMERA)
    context.thread_type = "NONE"  # frame threads triple the latency
    context.thread_count = 1
    context.options = {"max_pixels": str(limits.max_pixels)}
    return Source(container, stream)


def _named(container: "InputContainer") -> str:
    """The number that the stream gives itself: title of RTSP, service name of MPEG-TS."""
    import av

    told = "\n".join(f"{name}: {value}" for name, value in container.metadata.items())
    if container.format.name == "mpegts":
        with _dumping:  # the level is the process's: what other threads say meanwhile goes nowhere
            logging.getLogger("libav").setLevel(logging.CRITICAL + 1)
            av.logging.set_level(av.logging.INFO)
            try:
                told += "\n" + container.dumps_format()
            finally:
                av.logging.set_level(None)
    found = CODE.search(told)
    return found[1] if found else ""


@contextmanager
def _told_as_fault(*, at_open: bool) -> Iterator[None]:
    import av.error

    try:
        yield
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise SourceError(_fault(error, at_open=at_open)) from None


def _fault(error: Exception, *, at_open: bool) -> Fault:
    """What FFmpeg's error means for a tile."""
    import av.error

    match error:
        case av.error.HTTPUnauthorizedError() | av.error.HTTPForbiddenError():
            return Fault.UNAUTHORIZED
        case av.error.HTTPNotFoundError():
            return Fault.NOT_FOUND
        case av.error.ExitError() | av.error.TimeoutError():
            return Fault.TIMEOUT if at_open else Fault.LOST
        case _ if not at_open:
            return Fault.LOST
        case av.error.InvalidDataError() | av.error.LookupError() | av.error.PatchWelcomeError():
            return Fault.NO_VIDEO
        case av.error.EOFError() | OSError(errno=5):
            return Fault.LOST
        case OSError() | av.error.FFmpegError():
            return Fault.REFUSED
    return Fault.BAD_STREAM
