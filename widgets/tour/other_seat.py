"""A colleague at another seat, for conflicts: one command sent straight to the backend."""

from collections.abc import Mapping
from threading import Event
from typing import Any
from uuid import uuid4

from app.api.client import Api
from app.domain.command import Command
from app.services import Services

PASSWORD = "tocc-demo"  # noqa: S105 - the demo city's own, shown on its login page
SEAT = "B-07"


def act_elsewhere(
    services: Services, url: str, username: str, incident_id: str, event: str,
    fields: Mapping[str, Any],
) -> Event:  # fmt: skip
    """Fire an event at the case's newest version, off the GUI thread; set when it is accepted."""
    case = services.store.server("incident", incident_id)
    version = case.version if case is not None else 0
    now = services.clock.now()

    def work() -> None:
        api = Api(url)
        seat = api.sign_in(username, PASSWORD, SEAT)
        command = Command(
            key=str(uuid4()), kind="incident", entity_id=incident_id, event=event,
            fields=fields, base_version=version, issued_at=now, author_id=seat.user.id, seat=SEAT,
        )  # fmt: skip
        api.send(seat.access_token, command)
        api.close()

        accepted.set()

    accepted = Event()
    services.tasks.run(work)
    return accepted
