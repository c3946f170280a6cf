"""Importing what needs SQLAlchemy: late, once, and never from two threads at a time.

Two threads that import such a package by different modules of it wait for each other; Python
breaks the deadlock by handing out half-made modules.
"""

import importlib
import threading

_lock = threading.Lock()


def load_databases() -> None:
    """Call it before the first import of app.cache.outbox or app.cache.entities."""
    with _lock:
        for name in ("sqlalchemy", "app.cache.entities", "app.cache.outbox"):
            importlib.import_module(name)
