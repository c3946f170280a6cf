"""Frames of the live channel, as backend and client both read them.

Little-endian. A head of fixed size, then the columns one after the other, each with `count`
values. The checksum (CRC-32) covers head and columns. A reader refuses another version.

- links: what is known of the traffic on each link of a packed network. `link` is the row of the
  network file that `network` names; `with_value` and `against_value` hold level and marks as in
  handbook 3.3 (0 = no data), seen from the direction in which the link is digitised. The first
  frame of a request is whole, later ones hold what changed.
- vehicles: the newest fix of each vehicle. Every frame is whole.

Ages count back from the head's server time.
"""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

MAGIC: Final = b"TOCL"
VERSION: Final = 1
MOST_ROWS: Final = 4_000_000
"""No frame is longer: a damaged count must not ask for gigabytes."""

LEVEL_BITS: Final = 7
NO_DATA: Final = 0
WORST: Final = 5
"""The highest level; what is above it is not known here."""
CLOSED: Final = 8
WORKS: Final = 16
DETOUR: Final = 32
NEVER_S: Final = 0xFFFF
"""`age_s` of a link that was never seen, or so long ago."""

UNKNOWN: Final = 0xFFFF
"""`heading` or `speed` that is not known."""

LATEST_S: Final = 2.0**35
"""No server's time is later, in seconds since 1970: a damaged one must break no calendar."""

FUTURE_S: Final = 2.0
"""Clocks may differ by as much; what was seen still later is not believed."""

DEGREE: Final = 1e7
"""`lon` and `lat` count ten-millionths of a degree, WGS-84."""


class LiveKind(StrEnum):
    LINKS = "links"
    VEHICLES = "vehicles"


class VehicleKind(IntEnum):
    BUS = 0
    COACH = 1
    TRUCK = 2
    HAZMAT = 3
    MAINTENANCE = 4


class VehicleState(IntEnum):
    DRIVING = 0
    STANDING = 1


COLUMNS: Final[Mapping[LiveKind, tuple[tuple[str, str], ...]]] = {
    LiveKind.LINKS: (
        ("link", "<u4"),
        ("with_value", "u1"),
        ("against_value", "u1"),
        ("age_s", "<u2"),
    ),
    LiveKind.VEHICLES: (
        ("id", "<u4"),
        ("kind", "u1"),
        ("state", "u1"),
        ("lon", "<i4"),
        ("lat", "<i4"),
        ("heading", "<u2"),  # hundredths of a degree clockwise from north
        ("speed", "<u2"),  # tenths of a km/h
        ("age_ms", "<u4"),
    ),
}
"""Name and numpy type of each column, in their order."""

# magic, version, kind, flags, sequence, server time, rows, rows in all, bytes, network, checksum
_HEAD: Final = struct.Struct("<4sBBHIdIII64sI")
HEAD_SIZE: Final = _HEAD.size
_KINDS: Final = tuple(LiveKind)
_WHOLE, _DEMO = 1, 2
_CHECKSUM_SIZE: Final = 4


class FrameError(ValueError):
    """Bytes that are no frame, or a damaged one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`count` rows of the `total` that lie in the extent: fewer when the server thins them out.

    `server_time`: seconds since 1970, UTC. `network`: fingerprint of the packed network that the
    links are rows of. `demo`: simulated.
    """

    kind: LiveKind
    sequence: int
    server_time: float
    count: int
    total: int
    whole: bool
    demo: bool
    network: str = ""

    @property
    def payload(self) -> int:
        """Bytes after the head."""
        return self.count * row_size(self.kind)


def row_size(kind: LiveKind) -> int:
    return sum(_width(code) for _, code in COLUMNS[kind])


def encode(head: Head, columns: Mapping[str, bytes | memoryview]) -> bytes:
    """One frame. Raises FrameError when a column has another length than the head says."""
    parts = [columns[name] for name, _ in COLUMNS[head.kind]]
    lengths = [len(part) for part in parts]
    if lengths != [head.count * _width(code) for _, code in COLUMNS[head.kind]]:
        raise FrameError("columns of another length")
    payload = b"".join(parts)
    opening = _opening(head)
    checksum = zlib.crc32(payload, zlib.crc32(opening))
    return opening + checksum.to_bytes(_CHECKSUM_SIZE, "little") + payload


def read_head(data: bytes | memoryview) -> Head:
    """The head at the beginning of at least HEAD_SIZE bytes. Raises FrameError."""
    magic, version, kind, flags, sequence, server_time, count, total, size, network, _ = (
        _HEAD.unpack_from(data)
    )
    if magic != MAGIC:
        raise FrameError("no frame begins here")
    if version != VERSION:
        raise FrameError(f"version {version}, this program reads {VERSION}")
    if kind >= len(_KINDS) or count > MOST_ROWS or not 0.0 <= server_time <= LATEST_S:
        raise FrameError("a damaged head")
    head = Head(
        kind=_KINDS[kind],
        sequence=sequence,
        server_time=server_time,
        count=count,
        total=total,
        whole=bool(flags & _WHOLE),
        demo=bool(flags & _DEMO),
        network=_text(network),
    )
    if size != head.payload:
        raise FrameError("a length that does not fit the count")
    return head


def decode(data: bytes | memoryview) -> tuple[Head, dict[str, memoryview]]:
    """Head and columns of one whole frame. Raises FrameError for a damaged one."""
    frame = memoryview(data)
    if len(frame) < HEAD_SIZE:
        raise FrameError("half a frame")
    head = read_head(frame)
    if len(frame) != HEAD_SIZE + head.payload:
        raise FrameError("half a frame")
    told = int.from_bytes(frame[HEAD_SIZE - _CHECKSUM_SIZE : HEAD_SIZE], "little")
    found = zlib.crc32(frame[HEAD_SIZE:], zlib.crc32(frame[: HEAD_SIZE - _CHECKSUM_SIZE]))
    if told != found:
        raise FrameError("the checksum does not fit")
    columns, at = {}, HEAD_SIZE
    for name, code in COLUMNS[head.kind]:
        end = at + head.count * _width(code)
        columns[name] = frame[at:end]
        at = end
    return head, columns


def _opening(head: Head) -> bytes:
    network = head.network.encode()
    if len(network) > 64:
        raise FrameError("a fingerprint of more than 64 bytes")
    flags = _WHOLE * head.whole | _DEMO * head.demo
    packed = _HEAD.pack(
        MAGIC, VERSION, _KINDS.index(head.kind), flags, head.sequence % 2**32, head.server_time,
        head.count, head.total, head.payload, network, 0,
    )  # fmt: skip
    return packed[:-_CHECKSUM_SIZE]


def _text(raw: bytes) -> str:
    try:
        return raw.rstrip(b"\0").decode()
    except UnicodeDecodeError as error:
        raise FrameError("a damaged head") from error


def _width(code: str) -> int:
    return int(code[-1])
