"""What every handler works with, built once per process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from app.domain.rules import Rules, load_rules
from backend.adapters.database import Database
from backend.adapters.districts import DistrictIndex
from backend.adapters.files import FileStore
from backend.adapters.hub import Hub
from backend.adapters.unit import Unit
from backend.settings import Settings, signing_key


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`now` is the one clock of the process, so that tests can set it."""

    settings: Settings
    database: Database
    server_id: str
    hub: Hub
    files: FileStore
    rules: Rules
    districts: DistrictIndex
    signing_key: bytes
    now: Callable[[], datetime]

    def change[T](self, work: Callable[[Unit], T]) -> T:
        """Run one unit of work; its entities are committed together and readers woken."""
        head = 0

        def once(connection: Connection) -> T:
            nonlocal head
            unit = Unit(connection)
            result = work(unit)
            head = unit.flush() or unit.head
            return result

        result = self.database.transact(once)
        self.hub.committed(head)
        return result

    def close(self) -> None:
        self.database.close()


def open_context(settings: Settings, now: Callable[[], datetime] = utc_now) -> Context:
    """Open folder and database (made and migrated when needed)."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.url)
    listen = "" if database.is_sqlite else _plain_url(database)
    return Context(
        settings=settings,
        database=database,
        server_id=database.prepare(),
        hub=Hub(database.head, listen),
        files=FileStore(settings.data_dir / "files"),
        rules=load_rules(),
        districts=DistrictIndex(),
        signing_key=signing_key(settings.data_dir),
        now=now,
    )


def _plain_url(database: Database) -> str:
    url = database.engine.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False)
