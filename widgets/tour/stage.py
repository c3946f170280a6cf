"""Where the story plays: an empty data folder, a demo backend, and a cable between the two."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from app.embedded import EmbeddedBackend
from app.settings import Settings
from widgets.tour.cable import Cable

SEAT = "A-03"
READY_S = 60


@dataclass(frozen=True, slots=True)
class Stage:
    settings: Settings
    cable: Cable
    backend: EmbeddedBackend


@contextmanager
def stage(settings: Settings) -> Iterator[Stage]:
    """Build it up, and take it down. The user's own data are not touched. Raises TimeoutError."""
    with tempfile.TemporaryDirectory(prefix="tocc-tour-") as name:
        folder, cable, ready = Path(name), Cable(), Event()

        def on_ready(url: str) -> None:
            cable.lead_to(url)
            ready.set()

        backend = EmbeddedBackend(
            folder / "backend", demo=True, on_ready=on_ready, on_gone=lambda: None
        )
        backend.start()
        try:
            if not ready.wait(READY_S):
                raise TimeoutError("the demo backend did not start")
            played = replace(settings, data_dir=folder, backend_url=cable.url, demo=True, seat=SEAT)
            yield Stage(played, cable, backend)
        finally:
            backend.close()
            cable.close()
