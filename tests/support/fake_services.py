"""Services for widget tests: the real store, rules, clock and finder; a server that says yes.

services = fake_services(); services.store.apply([put(incident)]); services.commands.fire(...)
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields as dataclass_fields
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from app.alarms import AlarmDesk
from app.cases import Cases, Viewer
from app.clock import Clock
from app.domain.changes import PUT, Change
from app.domain.entry import Attachment
from app.domain.incident import Incident, IncidentDetail, Place
from app.domain.kinds import KIND_OF
from app.domain.people import User
from app.domain.roles import Role
from app.domain.rules import load_rules
from app.drafts import Drafts
from app.evidence import Evidence
from app.files import Files
from app.link import Link, LinkState, LinkStatus
from app.messages import Messages
from app.places import Places
from app.preferences import Preferences
from app.selection import Selection
from app.services import Services
from app.session import Answer, Session
from app.settings import Settings
from app.store import Store
from app.tasks import TaskRunner
from tests.support.fake_commands import FakeCommands
from tests.support.fake_live import FakeLive
from tests.support.fake_ptz import FakePtz
from tests.support.fake_videos import FakeVideos

NOW = datetime(2026, 11, 22, 4, 34, 56, tzinfo=UTC)  # 12:34:56 in Shanghai
PASSWORD = "secret-for-tests"
USERS = {
    role: User(
        id=f"user-{role.lower()}",
        username=role.lower(),
        name=name,
        role=role,
        org_id="tocc",
        all_orgs=True,
        demo=True,
        version=1,
    )
    for role, name in {
        Role.DISPATCHER: "王芳",
        Role.SHIFT_CHIEF: "陈立",
        Role.DUTY_LEADER: "周航",
        Role.VIDEO_OP: "李强",
        Role.LIAISON: "赵敏",
        Role.AUDITOR: "孙静",
    }.items()
}


class FakeClock(Clock):
    """Stands still until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        super().__init__()
        self.time = now

    def now(self) -> datetime:
        return self.time

    def advance(self, **spans: float) -> None:
        self.time += timedelta(**spans)


class FakePreferences(Preferences):
    """In memory."""

    def __init__(self) -> None:
        QObject.__init__(self)
        self._values: dict[str, Any] = {}

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        if self._values.get(key) != value:
            self._values[key] = value
            self.changed.emit(key)


class FakeSession(Session):
    """Everybody's password is PASSWORD; the answer comes at once."""

    def __init__(self, user: User | None) -> None:
        QObject.__init__(self)
        self.user = user
        self.is_locked = False

    def painted(self) -> None:
        """Nothing waits here."""

    def demo_accounts(self) -> list[User]:
        return list(USERS.values())

    def sign_in(self, username: str, password: str, done: Answer) -> None:
        user = next((u for u in USERS.values() if u.username == username), None)
        if user is None or (password != PASSWORD and not user.demo):
            done("用户名或密码不正确")
            return
        self.user = user
        self.is_locked = False
        done(None)
        self.signed_in.emit(user)

    def sign_out(self) -> None:
        self.user = None
        self.signed_out.emit()

    def lock(self) -> None:
        self.is_locked = True
        self.locked.emit()

    def unlock(self, password: str, done: Answer) -> None:
        demo = self.user is not None and self.user.demo
        if password != PASSWORD and not (demo and not password):
            done("密码不正确")
            return
        self.is_locked = False
        done(None)
        self.unlocked.emit()


class FakeCases(Cases):
    def __init__(self, store: Store) -> None:
        QObject.__init__(self)
        self._store = store
        self.viewers: dict[str, list[Viewer]] = {}
        self.opened: list[str] = []

    def open(self, incident_id: str) -> None:
        self.opened.append(incident_id)
        self._store.keep(incident_id)

    def close(self, incident_id: str) -> None:
        self._store.release(incident_id)

    def others(self, incident_id: str) -> list[Viewer]:
        return self.viewers.get(incident_id, [])

    def search(self, text: str, done: Callable[[list[str]], None]) -> None:
        cases = self._store.all("incident").values()
        hits = [c for c in cases if text in c.title or text in c.number or text in c.place.text]
        hits.sort(key=lambda case: case.known_at, reverse=True)
        done([case.id for case in hits])

    def unmask(self, incident_id: str, done: Callable[[str | None, str | None, str], None]) -> None:
        done("张先生", "13800001234", "")


class FakeFiles(Files):
    def __init__(self) -> None:
        QObject.__init__(self)
        self.pictures: dict[str, QImage] = {}

    def add(self, path: Path, done: Callable[[Attachment | None, str], None]) -> None:
        size = path.stat().st_size
        if size == 0:
            done(None, "文件是空的")
            return
        done(Attachment(sha256="0" * 64, name=path.name, media_type="image/png", size=size), "")

    def thumbnail(self, sha256: str, done: Callable[[QImage | None], None]) -> None:
        done(self.pictures.get(sha256))

    def path(self, sha256: str, done: Callable[[Path | None], None]) -> None:
        done(None)


class FakeDrafts(Drafts):
    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}

    def save(self, draft_id: str, draft: Mapping[str, Any]) -> None:
        self.kept[draft_id] = dict(draft)

    def load(self, draft_id: str) -> dict[str, Any] | None:
        return self.kept.get(draft_id)

    def drop(self, draft_id: str) -> None:
        self.kept.pop(draft_id, None)

    def ids(self) -> list[str]:
        return list(reversed(self.kept))


class FakeAlarms(AlarmDesk):
    def __init__(self) -> None:
        QObject.__init__(self)


class FakeLink(LinkStatus):
    def __init__(self, now: datetime) -> None:
        QObject.__init__(self)
        self.now = Link(
            state=LinkState.LIVE, since=now, last_word_at=now, lag_s=0.3, server_version="0.1.0"
        )


def put(*entities: Any) -> list[Change]:
    """Entities as the server's changes."""
    return [
        Change(rev=i, op=PUT, kind=KIND_OF[type(entity)], id=entity.id, entity=entity)
        for i, entity in enumerate(entities, 1)
    ]


def incident(number: int = 1, **values: Any) -> Incident:
    """A case of the server's, NEW unless told otherwise."""
    given = {
        "id": f"case-{number}",
        "version": 1,
        "number": f"INC-20261122-{number:04d}",
        "type": "ACC",
        "title": "三车追尾 占2车道",
        "place": Place(
            text="S11 K23+300 塘沽方向", route_id="S11", route_code="S11", stake_m=23300.0,
            direction="down", lon=117.70, lat=38.98, road="海滨高速",
        ),
        "source": "12122",
        "org_id": "tocc",
        "known_at": NOW - timedelta(minutes=5),
        "state_since": NOW - timedelta(minutes=5),
        "detail": IncidentDetail(text="三车追尾", created_at=NOW),
        "demo": True,
    }  # fmt: skip
    return Incident(**{**given, **values})


def _data_dir() -> Path:
    return Path(os.environ.get("TOCC_DATA_DIR", tempfile.gettempdir()))


def fake_services(role: str | None = Role.SHIFT_CHIEF, **other: Any) -> Services:
    """Everything a panel may use. `role` None: nobody is signed in. `other` replaces services.

    End with `services.tasks.shutdown()`, or use `running_services`.
    """
    rules = load_rules()
    clock = FakeClock()
    store = Store(rules, clock)
    tasks = TaskRunner()
    session = FakeSession(USERS[Role(role)] if role else None)
    store.apply(put(*USERS.values()))
    commands, files = FakeCommands(store, session, rules, clock), FakeFiles()
    built: dict[str, Any] = {
        "settings": Settings(data_dir=_data_dir(), seat="A-03"),
        "preferences": FakePreferences(),
        "rules": rules,
        "clock": clock,
        "tasks": tasks,
        "messages": Messages(),
        "store": store,
        "selection": Selection(),
        "places": Places(store, tasks),
        "session": session,
        "link": FakeLink(clock.now()),
        "live": FakeLive(),
        "videos": FakeVideos(),
        "ptz": FakePtz(),
        "commands": commands,
        "cases": FakeCases(store),
        "files": files,
        "evidence": Evidence(tasks, files, commands, store, session, rules),
        "drafts": FakeDrafts(),
        "alarms": FakeAlarms(),
    }
    wanted = {item.name for item in dataclass_fields(Services)}
    return Services(**{k: v for k, v in {**built, **other}.items() if k in wanted})


@contextmanager
def running_services(role: str | None = Role.SHIFT_CHIEF, **other: Any) -> Iterator[Services]:
    """Services whose threads end with the block."""
    services = fake_services(role, **other)
    try:
        yield services
    finally:
        services.tasks.shutdown()


@cache
def demo_rows(name: str) -> tuple[dict[str, Any], ...]:
    """Rows of a demo file: routes, cameras, signs, facilities."""
    folder = Path(__file__).parents[2] / "resources" / "demo"
    return tuple(json.loads((folder / f"{name}.json").read_text("utf-8")))


def demo_entities(kind: type, name: str) -> Iterable[Any]:
    """The demo city's entities of one kind, read with msgspec as the wire is."""
    import msgspec

    return msgspec.convert(demo_rows(name), list[kind], strict=False)  # type: ignore[valid-type]  # the caller names it
