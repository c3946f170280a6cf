"""How modules are imported in the desk's process."""

import builtins


def keep_imports_plain() -> None:
    """Call before PySide6 is imported: nothing but its snake_case mode is missing afterwards.

    PySide6 puts a function of its own in the place of `import`, which reads the source of every
    module to learn whether it may use that mode: a fifth of the time of all imports, and the
    sources stay in memory.
    """
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401 - for what it does to `import`

    builtins.__import__ = plain
