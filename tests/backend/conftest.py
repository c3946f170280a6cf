"""A backend of the test's own on either database, its people, and a clock that is set by hand."""

import asyncio
import queue
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from argon2 import PasswordHasher

from app.domain.command import Command
from app.domain.people import User
from app.domain.roles import Role
from backend.context import Context, open_context
from backend.services import commands, sessions
from backend.services.users import add_users
from backend.serving import Server, listen
from backend.settings import Settings

PASSWORD = "night-shift-26"
START = datetime(2026, 7, 14, 22, 12, tzinfo=UTC)
"""06:12 at Shanghai."""


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **parts: float) -> None:
        self.now += timedelta(**parts)


def person(role: str, name: str = "", **rights: Any) -> User:
    name = name or role.lower()
    rights = {"org_id": "TOCC", "all_orgs": True, **rights}
    return User(id=f"id-{name}", username=name, name=name, role=role, **rights)


PEOPLE = {role.value: person(role) for role in Role}
DISPATCHER, CHIEF = PEOPLE["DISPATCHER"], PEOPLE["SHIFT_CHIEF"]
COLLEAGUE = person("DISPATCHER", "colleague")
LOCAL = person("DISPATCHER", "local", areas=("S11",))
STRANGER = person("DISPATCHER", "stranger", org_id="OTHER", all_orgs=False)
DEMO = person("DISPATCHER", "demo", demo=True)
EVERYBODY = (*PEOPLE.values(), COLLEAGUE, LOCAL, STRANGER, DEMO)


@dataclass
class Seat:
    """A signed-in user over HTTP."""

    http: httpx.Client
    user: User
    session: dict[str, Any]

    def ask(self, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        headers = {
            "X-TOCC-Api": "1",
            "Authorization": f"Bearer {self.session['access_token']}",
            **options.pop("headers", {}),
        }
        if body is not None:
            options["content"] = msgspec.json.encode(body)
        return self.http.request(method, path, headers=headers, **options)

    def send(self, event: str, entity_id: str, base: int = 0, **said: Any) -> httpx.Response:
        kind = said.pop("kind", "incident")
        return self.ask(
            "POST", "/v1/commands", command(self.user, event, entity_id, base, kind, **said)
        )


def command(
    author: User, event: str, entity_id: str, base: int = 0, kind: str = "incident", **said: Any
) -> Command:
    return Command(
        key=str(uuid.uuid4()),
        kind=kind,
        entity_id=entity_id,
        event=event,
        fields=said,
        base_version=base,
        issued_at=START,
        author_id=author.id,
        seat="席位1",
    )


REPORT: dict[str, Any] = {
    "source": "12122",
    "known_at": START.isoformat(),
    "type": "HAZ",
    "text": "罐车侧翻",
    "caller": "王先生",
    "caller_number": "13812341234",
    "place": {"text": "G25 K1102+300 下行", "lon": 117.4, "lat": 39.1793, "route_code": "G25"},
}


@dataclass
class Desk:
    """Acts straight on the services, for the seats that a test does not look at."""

    context: Context

    def act(
        self, author: User, event: str, entity_id: str, base: int = 0, **said: Any
    ) -> list[dict[str, Any]]:
        kind = said.pop("kind", "incident")
        done = command(author, event, entity_id, base, kind, **said)
        answer = msgspec.json.decode(commands.execute(self.context, done, author))
        return [item["entity"] for item in answer["entities"]]

    def report(self, author: User = DISPATCHER, **said: Any) -> str:
        """A new case; returns its id."""
        incident_id = str(uuid.uuid4())
        self.act(author, "REPORT", incident_id, **{**REPORT, **said})
        return incident_id


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash with costs that fit a test."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(sessions, "hasher", lambda: cheap)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", database_url=database_url, timers=False)


@pytest.fixture
def context(settings: Settings, clock: Clock) -> Iterator[Context]:
    made = open_context(settings, clock)
    add_users(made, [(user, PASSWORD) for user in EVERYBODY])
    yield made
    made.close()


@pytest.fixture
def desk(context: Context) -> Desk:
    return Desk(context)


@contextmanager
def serving(context: Context) -> Iterator[int]:
    """A real server in a thread; the port it listens on."""
    ready: queue.Queue[int] = queue.Queue()
    server = Server(context, ready.put)
    listener = listen("127.0.0.1", 0)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    try:
        yield ready.get(timeout=30)
    finally:
        server.should_exit = True
        thread.join(30)
        listener.close()


def client_of(port: int) -> httpx.Client:
    return httpx.Client(
        base_url=f"http://127.0.0.1:{port}", verify=False, trust_env=False, timeout=30
    )


@pytest.fixture
def http(context: Context) -> Iterator[httpx.Client]:
    with serving(context) as port, client_of(port) as client:
        yield client


type SignIn = Callable[[User], Seat]


@pytest.fixture
def sign_in(http: httpx.Client) -> SignIn:
    def enter(user: User) -> Seat:
        return seat_of(http, user)

    return enter


def seat_of(http: httpx.Client, user: User) -> Seat:
    body = {"username": user.username, "password": PASSWORD, "seat": "席位1"}
    answer = http.post("/v1/sessions", json=body)
    assert answer.status_code == 200, answer.text
    return Seat(http, user, answer.json())


@dataclass
class Race:
    """Runs work in threads of its own and hands back what each returned or raised."""

    results: list[Any] = field(default_factory=list)

    def run(self, *works: Callable[[], Any]) -> list[Any]:
        self.results = [None] * len(works)
        threads = [
            threading.Thread(target=self._one, args=(place, work))
            for place, work in enumerate(works)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert not any(thread.is_alive() for thread in threads)
        return self.results

    def _one(self, place: int, work: Callable[[], Any]) -> None:
        try:
            self.results[place] = work()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.results[place] = error


@pytest.fixture
def race() -> Race:
    return Race()
