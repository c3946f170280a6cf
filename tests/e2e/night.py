"""The night shift of story S9: 02:09, two cases, and what both its tests look at."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from pytestqt.qtbot import QtBot

from app.domain.incident import IncidentState
from app.services import Services
from tests.e2e.hands import LONG, StartBackend
from tests.support.backend_process import BackendProcess
from tests.support.handbook import S9_CUT, case, fixture
from tests.support.line import Line
from tests.support.server import Server

OURS = case(3, S9_CUT)
OTHER = case(5, S9_CUT, IncidentState.CONFIRMED)
POST = b"POST /v1/commands"


def night_shift(start_backend: StartBackend, line: Line, database_url: str = "") -> BackendProcess:
    data = [*fixture(), OURS, OTHER]
    backend = start_backend(data, S9_CUT - timedelta(minutes=1), database_url)
    line.lead_to(backend.url)
    return backend


def fire_note(qtbot: QtBot, services: Services, text: str, lasts_s: float = 0) -> str:
    """A note on the other case; its key, once it is on disk."""
    kept: list[str] = []
    expires_at = services.clock.now() + timedelta(seconds=lasts_s) if lasts_s else None
    refusals = services.commands.fire(
        "entry", str(uuid4()), "ADD_NOTE", {"incident_id": OTHER.id, "text": text},
        expires_at=expires_at, done=lambda item: kept.append(item.id),
    )  # fmt: skip
    assert not refusals
    qtbot.waitUntil(lambda: bool(kept), timeout=LONG)
    return kept[0]


def notes(server: Server) -> list[str]:
    """The texts on the other case, the oldest first."""
    entries = sorted(server.of_case("entry", OTHER.id), key=lambda entry: entry.at)
    return [entry.text for entry in entries]
