"""A seat as its own process, so that it can be killed. It is told what to do line by line.

    python -m tests.support.seat_process URL DATA_DIR

Each line of standard input is a JSON list: the name of a method of `Seat` and its arguments.
The answers are JSON lines; an act is answered when it is on disk.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QCoreApplication

from app.bootstrap import shutdown, start
from app.domain.entry import Attachment
from app.services import Services
from app.settings import Settings

type Answer = Callable[[Any], None]


class Seat:
    """What can be asked of it. Each method calls `answer` once."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def sign_in(self, answer: Answer, username: str, password: str) -> None:
        self._services.session.sign_in(username, password, answer)

    def link(self, answer: Answer) -> None:
        answer(str(self._services.link.now.state))

    def known(self, answer: Answer, kind: str, entity_id: str) -> None:
        answer(self._services.store.server(kind, entity_id) is not None)

    def outbox(self, answer: Answer) -> None:
        items = self._services.store.all("outbox").values()
        answer([[item.id, str(item.state)] for item in items])

    def note(self, answer: Answer, incident_id: str, text: str, lasts_s: float = 0) -> None:
        fields = {"incident_id": incident_id, "text": text}
        expires_at = self._services.clock.now() + timedelta(seconds=lasts_s) if lasts_s else None
        self._fire(answer, "entry", str(uuid4()), "ADD_NOTE", fields, expires_at=expires_at)

    def photo(self, answer: Answer, incident_id: str, path: str) -> None:
        def taken(file: Attachment | None, sentence: str) -> None:
            fields = {"incident_id": incident_id, "attachment": file}
            self._fire(answer, "entry", str(uuid4()), "ADD_ATTACHMENT", fields)

        self._services.files.add(Path(path), taken)

    def act(self, answer: Answer, incident_id: str, event: str, fields: dict[str, Any]) -> None:
        self._fire(answer, "incident", incident_id, event, fields)

    def draft(self, answer: Answer, fields: dict[str, Any]) -> None:
        self._services.drafts.save("draft", fields)
        answer(True)

    def _fire(self, answer: Answer, *args: Any, **more: Any) -> None:
        refusals = self._services.commands.fire(*args, done=lambda item: answer(item.id), **more)
        if refusals:
            answer([refusal.code for refusal in refusals])


def listen(seat: Seat, services: Services) -> None:
    """On a thread of its own; the end of the input is the end of the seat."""
    for line in sys.stdin:
        name, *args = json.loads(line)
        services.tasks.post(partial(getattr(seat, name), say, *args))
    services.tasks.post(QCoreApplication.quit)


def say(word: Any) -> None:
    print(json.dumps(word), flush=True)


def main(url: str, data_dir: Path) -> int:
    application = QCoreApplication(sys.argv[:1])
    services = start(Settings(backend_url=url, data_dir=data_dir, demo=False, seat="A-03"))
    seat = Seat(services)
    threading.Thread(target=listen, args=(seat, services), daemon=True).start()
    code = application.exec()
    shutdown(services)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
