"""The server as others see it: its whole log, its audit, and acts from another seat."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

from app.api.client import Api
from app.api.codec import read_rows
from app.api.errors import ApiError
from app.clock import Clock
from app.domain.command import Command
from app.domain.people import User
from tests.support.backend_process import PASSWORD
from tests.support.handbook import AUDITOR

SEAT = "B-07"


class Server:
    """Asks the backend directly, past every line that a test breaks."""

    def __init__(self, url: str) -> None:
        self.api = Api(url)
        self.http = httpx.Client(
            base_url=url, headers={"X-TOCC-Api": "1"}, trust_env=False, timeout=30
        )
        self._clock = Clock()
        self._tokens: dict[str, str] = {}

    def moved(self, url: str) -> None:
        """It was started again somewhere else; its sessions live on."""
        self.api.base_url = url
        self.http.base_url = url

    def close(self) -> None:
        self.api.close()
        self.http.close()

    def token(self, user: User) -> str:
        if user.id not in self._tokens:
            answer = self.api.sign_in(user.username, PASSWORD, SEAT)
            self._clock.set_server_time(answer.server_time)
            self._tokens[user.id] = answer.access_token
        return self._tokens[user.id]

    def ask(self, user: User, method: str, path: str, **more: Any) -> httpx.Response:
        """Any request, whatever comes back."""
        headers = {"Authorization": f"Bearer {self.token(user)}"}
        return self.http.request(method, path, headers=headers, **more)

    def all(self, kind: str, user: User = AUDITOR) -> dict[str, Any]:
        """Every entity of a kind that the user may see, by id."""
        found, after, more, epoch = {}, 0, True, ""
        while more:
            page = self.api.page(self.token(user), after, epoch)
            for row, change in read_rows(page.changes, "test"):
                if row.kind == kind and change is not None:
                    found[row.id] = change.entity
            after, more, epoch = page.next, page.more, page.epoch
        return found

    def get(self, kind: str, entity_id: str) -> Any:
        return self.all(kind)[entity_id]

    def of_case(self, kind: str, incident_id: str) -> list[Any]:
        return [e for e in self.all(kind).values() if e.incident_id == incident_id]

    def audit(self, **like: Any) -> list[dict[str, Any]]:
        """Rows with these values, the oldest first."""
        rows: list[dict[str, Any]] = []
        after = 0
        while True:
            page = self.ask(AUDITOR, "GET", f"/v1/audit?after={after}").json()
            if not page["rows"]:
                return rows
            rows += [r for r in page["rows"] if all(r[name] == v for name, v in like.items())]
            after = page["next"]

    def command(
        self, user: User, event: str, entity_id: str, *, kind: str = "incident", base: int = 0,
        **fields: Any,
    ) -> Command:  # fmt: skip
        self.token(user)
        return Command(
            key=str(uuid4()), kind=kind, entity_id=entity_id, event=event, fields=fields,
            base_version=base, issued_at=self._clock.now(), author_id=user.id, seat=SEAT,
        )  # fmt: skip

    def act(self, user: User, event: str, incident_id: str, **fields: Any) -> None:
        """An act on a case at its newest version. Raises ApiError."""
        base = self.get("incident", incident_id).version
        self.send(user, self.command(user, event, incident_id, base=base, **fields))

    def send(self, user: User, command: Command) -> None:
        self.api.send(self.token(user), command)

    def error(self, user: User, command: Command) -> ApiError:
        """What the server says against the command. Fails if it takes it."""
        try:
            self.send(user, command)
        except ApiError as error:
            return error
        raise AssertionError(f"{command.event} was accepted")
