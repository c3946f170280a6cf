"""What a person does at the desk in these stories, by keyboard, and what is seen then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.incident import Incident
from app.domain.outbox import PENDING, OutboxItem
from app.domain.people import User
from app.link import LinkState
from app.selection import Ref
from app.services import Services
from tests.support.backend_process import PASSWORD, BackendProcess
from tests.support.remote_seat import RemoteSeat
from tests.support.server import Server
from widgets.case.composer import NoteEdit
from widgets.case.panel import CasePanel
from widgets.tour.driver import Desk

type StartBackend = Callable[..., BackendProcess]
type ServerAt = Callable[[str], Server]
type OpenSeat = Callable[..., Services]
type OpenRemoteSeat = Callable[[], RemoteSeat]
type OpenDesk = Callable[..., Desk]

LONG = 30_000
"""ms: for what a busy machine may take its time with."""


def sign_in(qtbot: QtBot, desk: Desk, user: User, link: LinkState = LinkState.LIVE) -> None:
    """Name, Enter, password, Enter; then wait for the link."""
    qtbot.waitUntil(lambda: desk.find(QLineEdit, "loginName") is not None)
    desk.focus(desk.widget("loginName"))
    desk.keys(user.username)
    desk.press("Return")
    desk.keys(PASSWORD)
    desk.press("Return")
    problem = desk.find(QLabel, "loginProblem")
    assert problem is not None

    session = desk.services.session
    quiet = ("", "正在登录…")
    qtbot.waitUntil(lambda: bool(session.user) or problem.text() not in quiet, timeout=LONG)
    assert problem.text() in quiet, problem.text()
    now = desk.services.session.user
    assert now is not None and now.id == user.id
    wait_link(qtbot, desk.services, link)


def enter(qtbot: QtBot, services: Services, user: User, password: str = PASSWORD) -> str | None:
    """Sign in without a window; the sentence that says why not, None if it went well."""
    answers: list[str | None] = []
    services.session.sign_in(user.username, password, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=LONG)
    return answers[0]


def wait_link(qtbot: QtBot, services: Services, state: LinkState) -> None:
    qtbot.waitUntil(lambda: services.link.now.state == state, timeout=LONG)


def wait_known(qtbot: QtBot, services: Services, kind: str, entity_id: str) -> Any:
    """The entity, as soon as the seat has it from the server."""
    qtbot.waitUntil(lambda: services.store.server(kind, entity_id) is not None, timeout=LONG)
    return services.store.server(kind, entity_id)


def wish(services: Services, incident_id: str) -> Incident:
    """The case as the seat shows it, own waiting acts included."""
    case = services.store.get("incident", incident_id)
    assert isinstance(case, Incident)
    return case


def open_case(qtbot: QtBot, desk: Desk, incident_id: str) -> CasePanel:
    desk.services.selection.open(Ref("incident", incident_id))
    panel = case_panel(desk)
    qtbot.waitUntil(lambda: panel.incident_id == incident_id and panel.page.isVisible())
    return panel


def case_panel(desk: Desk) -> CasePanel:
    panel = desk.window.findChild(CasePanel)
    assert isinstance(panel, CasePanel)
    return panel


def act(qtbot: QtBot, desk: Desk, event: str) -> None:
    """Walk to the act's button and press it."""

    def ready() -> bool:
        found = desk.find(QPushButton, f"act-{event}")
        return found is not None and found.isEnabled()

    qtbot.waitUntil(ready, timeout=LONG)
    desk.walk_to(desk.widget(f"act-{event}"))
    desk.press("Space")


def fill(desk: Desk, name: str, keys: str = "", words: str = "") -> None:
    """Walk to a field of the open form; strike keys, or compose words."""
    form = case_panel(desk).page.forms.form
    assert form is not None
    desk.walk_to(form.editor(name))
    desk.keys(keys) if keys else desk.type(words)


def note(desk: Desk, words: str) -> None:
    edit = desk.find(NoteEdit)
    assert edit is not None
    desk.focus(edit)
    desk.type(words)
    desk.press("Ctrl+Return")


def said(widget: QWidget) -> list[str]:
    """Every text that is seen on it."""
    labels = (label for label in widget.findChildren(QLabel) if label.isVisible())
    return [label.text() for label in labels if label.text()]


def outbox(services: Services) -> dict[str, OutboxItem]:
    return dict(services.store.all("outbox"))


def states(services: Services) -> dict[str, str]:
    """Of each item of the outbox."""
    return {key: str(item.state) for key, item in outbox(services).items()}


def waiting(services: Services) -> int:
    return sum(item.state in PENDING for item in outbox(services).values())


def wait_sent(qtbot: QtBot, services: Services) -> None:
    qtbot.waitUntil(lambda: waiting(services) == 0, timeout=LONG)
