"""What may be wrong with a local file."""


class DamagedError(Exception):
    """The file is no usable database any more."""


class DiskFullError(Exception):
    """There is no room for what was to be written; nothing of it was."""
