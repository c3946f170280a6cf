"""Named numpy columns in one memory-mapped file.

Layout, little-endian: 4 bytes magic ``TCOL``, uint32 version, uint64 length of the header, the
header as UTF-8 JSON ``{"kind", "meta", "columns": {name: {"dtype", "shape", "offset"}}}``, then the
columns, each at a multiple of 64 bytes. Offsets count from the first multiple of 64 after the
header. Opening reads the header only; a column's pages are read when they are touched.
"""

import json
import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

MAGIC: Final = b"TCOL"
VERSION: Final = 1
_HEAD: Final = struct.Struct("<4sIQ")
_ALIGN: Final = 64


class ColumnsError(Exception):
    """The file is not a column file, of another kind or version, or cut short."""


@dataclass(frozen=True, slots=True)
class Columns:
    """An open column file; the arrays are read-only views of the mapped file."""

    meta: Mapping[str, Any]
    arrays: Mapping[str, npt.NDArray[Any]]

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self.arrays[name]


def save(
    path: Path, kind: str, meta: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]
) -> None:
    """Write the columns beside ``path`` and move them into place in one step.

    :raises OSError: cannot be written; nothing is left behind
    """
    table: dict[str, dict[str, Any]] = {}
    offset = 0
    packed = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    for name, array in packed.items():
        table[name] = {"dtype": array.dtype.str, "shape": list(array.shape), "offset": offset}
        offset = _aligned(offset + array.nbytes)
    head = {"kind": kind, "meta": dict(meta), "columns": table}
    header = json.dumps(head, ensure_ascii=False).encode()
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb") as file:
            file.write(_HEAD.pack(MAGIC, VERSION, len(header)) + header)
            for array in packed.values():
                file.write(b"\0" * (_aligned(file.tell()) - file.tell()))
                file.write(memoryview(array).cast("B") if array.size else b"")
        partial.replace(path)
    except BaseException:  # Ctrl+C too
        partial.unlink(missing_ok=True)
        raise


def load(path: Path, kind: str) -> Columns:
    """Map a column file of this kind.

    :raises ColumnsError: when the file cannot be one
    :raises OSError: when it cannot be read
    """
    with path.open("rb") as file:
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size or head[:4] != MAGIC:
            raise ColumnsError(f"{path.name}: not a column file")
        _, version, length = _HEAD.unpack(head)
        if version != VERSION:
            raise ColumnsError(f"{path.name}: version {version}, this program reads {VERSION}")
        header = _header(path, file.read(length))
        if header["kind"] != kind:
            raise ColumnsError(f"{path.name}: holds {header['kind']}, not {kind}")
        view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = _aligned(_HEAD.size + length)
    arrays = {name: _column(path, view, start, spec) for name, spec in header["columns"].items()}
    return Columns(header["meta"], arrays)


def _header(path: Path, text: bytes) -> dict[str, Any]:
    try:
        header: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise ColumnsError(f"{path.name}: damaged header") from error
    return header


def _column(path: Path, view: mmap.mmap, start: int, spec: dict[str, Any]) -> npt.NDArray[Any]:
    dtype = np.dtype(spec["dtype"])
    count = int(np.prod(spec["shape"], dtype=np.int64))
    if start + spec["offset"] + count * dtype.itemsize > _aligned(len(view)):
        raise ColumnsError(f"{path.name}: cut short")
    if not count:
        return np.empty(spec["shape"], dtype)
    flat = np.frombuffer(view, dtype, count, start + spec["offset"])
    return flat.reshape(spec["shape"])


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN
