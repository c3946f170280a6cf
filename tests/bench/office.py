"""`python -m tests.bench.office DATA CASES OPEN [--port N]`: a backend process that takes orders.

It prints its ready line, then one JSON line per order that it read from standard input:
`{"churn": {"rate": n, "seconds": s, "often": [ids]}}`: hand open cases over, every second time
one of `often`; the answer lists id, version and commit time (`time.monotonic`) of each change;
`{"versions": true}`: the version of every case. It ends with its standard input.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.domain.command import Command
from app.domain.incident import Incident
from app.domain.people import User
from backend.adapters.codec import decode
from backend.context import Context
from backend.services.commands import execute
from backend.serving import Server, listen
from tests.bench.city import open_city, versions


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.office")
    parser.add_argument("data", type=Path)
    parser.add_argument("cases", type=int)
    parser.add_argument("open", type=int)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    context = open_city(options.data, options.cases, options.open)
    listener = listen("127.0.0.1", options.port)
    server = Server(context, lambda port: _say({"port": port}))
    threading.Thread(target=_take_orders, args=(server, Office(context)), daemon=True).start()
    try:
        asyncio.run(server.serve([listener]))
    finally:
        context.close()


def _take_orders(server: Server, office: Office) -> None:
    try:
        for line in sys.stdin:
            for name, wanted in json.loads(line).items():
                _say(office.versions() if name == "versions" else office.churn(**wanted))
    finally:
        server.should_exit = True


def _say(answer: Any) -> None:
    print(json.dumps(answer), flush=True)


class Office:
    """Somebody who changes cases in the backend's own process."""

    def __init__(self, context: Context) -> None:
        self._context = context
        users = _users(context)
        self._actor = users["shift_chief"]
        self._owners = (users["dispatcher"], users["dispatcher2"])
        self._cases = _open_cases(context)
        self._committing_at = 0.0
        event.listen(context.database.engine, "commit", self._on_commit)

    def _on_commit(self, _connection: Any) -> None:
        self._committing_at = time.monotonic()

    def versions(self) -> dict[str, int]:
        return dict(versions(self._context))

    def churn(self, rate: float, seconds: float, often: Sequence[str]) -> dict[str, Any]:
        """Change cases at an even pace; the time of a commit is that of its beginning."""
        turns = zip(cycle(often or self._cases), cycle(self._cases), strict=False)
        order = (case for pair in turns for case in pair)
        changes: list[tuple[str, int, float]] = []
        began, pace = time.monotonic(), threading.Event()
        for number in range(int(rate * seconds)):
            pace.wait(max(0.0, began + number / rate - time.monotonic()))
            changes.append(self._change(next(order)))
        return {"changes": changes, "seconds": time.monotonic() - began}

    def _change(self, case_id: str) -> tuple[str, int, float]:
        case = self._cases[case_id]
        first, second = self._owners
        owner_id = second.id if case.owner_id == first.id else first.id
        command = Command(
            key=str(uuid.uuid4()),
            kind="incident",
            entity_id=case_id,
            event="ASSIGN",
            fields={"owner_id": owner_id, "reason": "换班"},
            base_version=case.version,
            issued_at=datetime.now(UTC),
            author_id=self._actor.id,
            seat="bench",
        )
        execute(self._context, command, self._actor)
        changed = replace(case, owner_id=owner_id, version=case.version + 1)
        self._cases[case_id] = changed
        return case_id, changed.version, self._committing_at


def _users(context: Context) -> dict[str, User]:
    with context.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT body FROM entity WHERE kind = 'user'")
        users = [decode("user", body) for (body,) in rows]
    return {user.username: user for user in users}


def _open_cases(context: Context) -> dict[str, Incident]:
    query = "SELECT body FROM entity WHERE kind = 'incident' AND is_open"
    with context.database.read() as connection:
        cases = [decode("incident", body) for (body,) in connection.exec_driver_sql(query)]
    return {case.id: case for case in cases}


if __name__ == "__main__":
    main()
