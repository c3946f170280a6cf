"""What may be wrong with a local file."""

import errno
from enum import StrEnum


class DamagedError(Exception):
    """The file is no usable database any more."""


class DiskTrouble(StrEnum):
    """Why nothing can be written: each asks for another remedy."""

    FULL = "FULL"
    READ_ONLY = "READ_ONLY"
    NO_ACCESS = "NO_ACCESS"
    BROKEN = "BROKEN"


class DiskError(Exception):
    """The disk does not take what was to be written; nothing of it was."""

    def __init__(self, words: str, trouble: DiskTrouble) -> None:
        super().__init__(words)
        self.trouble = trouble


_ERRNO = {
    errno.ENOSPC: DiskTrouble.FULL,
    errno.EDQUOT: DiskTrouble.FULL,
    errno.EFBIG: DiskTrouble.FULL,
    errno.EROFS: DiskTrouble.READ_ONLY,
    errno.EACCES: DiskTrouble.NO_ACCESS,
    errno.EPERM: DiskTrouble.NO_ACCESS,
}


def disk_trouble(error: BaseException) -> DiskTrouble | None:
    """What it says about the disk, None if it says nothing."""
    if isinstance(error, DiskError):
        return error.trouble
    if isinstance(error, OSError):
        return _ERRNO.get(error.errno or 0, DiskTrouble.BROKEN)
    return None
