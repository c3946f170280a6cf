"""Cutting a byte stream into frames of the live channel."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from app.domain.live import COLUMNS, HEAD_SIZE, FrameError, Head, decode, read_head

type Columns = dict[str, npt.NDArray[Any]]


class FrameReader:
    """Keeps at most one frame that has not come to its end."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, chunk: bytes) -> Iterator[tuple[Head, Columns]]:
        """Yield the frames that end in this piece, their columns as read-only numpy arrays.

        Raises FrameError for a damaged one; what comes after it has no meaning.
        """
        self._rest += chunk
        while len(self._rest) >= HEAD_SIZE:
            size = HEAD_SIZE + read_head(bytes(self._rest[:HEAD_SIZE])).payload
            if len(self._rest) < size:
                return
            head, columns = decode(bytes(self._rest[:size]))
            del self._rest[:size]
            yield head, {name: np.frombuffer(columns[name], t) for name, t in COLUMNS[head.kind]}

    def end(self) -> None:
        """The stream has ended. Raises FrameError when it did so within a frame."""
        if self._rest:
            raise FrameError("half a frame")
