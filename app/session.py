"""Who sits at the seat."""

import logging
import threading
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.api.errors import ApiError, OfflineError, ServerError, SignedOutError
from app.cache.accounts import OFFLINE_FOR, Account, Accounts
from app.cache.errors import DiskError, disk_trouble
from app.clock import Clock
from app.domain.changes import PUT, Change, Changes
from app.domain.describe import local_time
from app.domain.people import User
from app.feed import Feed
from app.held import Held
from app.paths import SeatFolder
from app.store import Store
from app.sync.sync import Sync
from app.text import language
from app.trouble import disk_words

log = logging.getLogger(__name__)

type Answer = Callable[[str | None], None]
"""Gets None if it went well, else a translated sentence that says why not."""

DEMO_PASSWORD = ""
"""What a demo account signs in with; the published one is filled in here."""

DEMO_FILE = Path(__file__).parents[1] / "resources" / "demo" / "people.toml"
BACKEND_START_S = 60.0
CALM_S = 10.0
PAINT_MS = 600
"""From the last open case in the store to the picture of it, if nobody tells `painted`."""


class Session(QObject):
    """Signals: signed_in(User), signed_out(), locked(), unlocked(), accounts_changed():
    `demo_accounts()` has news."""

    signed_in = Signal(object)
    signed_out = Signal()
    locked = Signal()
    unlocked = Signal()
    accounts_changed = Signal()

    def __init__(
        self,
        sync: Sync,
        folder: SeatFolder,
        feed: Feed,
        store: Store,
        clock: Clock,
        *,
        demo: bool,
        wait_for_backend: Callable[[float], bool],
        calm: threading.Event,
        fetch_belongings: Callable[[User], Callable[[], None]],
    ) -> None:
        """`wait_for_backend(seconds)` blocks until the embedded one is up. `calm` is set here when
        the first picture has been painted: slow imports wait for it. `fetch_belongings`
        reads what is the user's own in a worker; what it returns is called before signed_in."""
        super().__init__()
        self.user: User | None = None
        self.is_locked = False
        self._sync = sync
        self._folder = folder
        self._accounts = Accounts(folder.accounts)
        self._feed = feed
        self._store = store
        self._clock = clock
        self._demo = demo
        self._wait_for_backend = wait_for_backend
        self._calm = calm
        self._fetch_belongings = fetch_belongings
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tocc-session")
        self._demo_accounts: list[User] = []
        self._waiting = Held[Answer]()
        self._store.changed.connect(self._on_store_changed)
        if demo:
            self._thread.submit(self._run, self._read_accounts, 0)

    def role(self) -> str:
        """Of who is signed in; empty for nobody."""
        return self.user.role if self.user is not None else ""

    def demo_accounts(self) -> list[User]:
        """One per role, if the backend is a demo; they sign in with DEMO_PASSWORD."""
        return list(self._demo_accounts)

    def sign_in(self, username: str, password: str, done: Answer) -> None:
        """Sign in at the server, or offline if the user did so here within seven days.

        Somebody else who was signed in before is signed out; waiting items stay theirs.
        """
        ticket = self._waiting.keep(done)
        self._thread.submit(self._run, lambda: self._sign_in(username, password, ticket), ticket)

    def sign_out(self) -> None:
        user, self.user = self.user, None
        if user is None:
            return
        self.is_locked = False
        self._thread.submit(self._run, lambda: self._leave(user), 0)
        self.signed_out.emit()

    def lock(self) -> None:
        if self.user is not None and not self.is_locked:
            self.is_locked = True
            self.locked.emit()

    def unlock(self, password: str, done: Answer) -> None:
        """Only the user's own password opens the seat, with or without the network."""
        user = self.user
        if user is None:
            return

        ticket = self._waiting.keep(done)

        def work() -> None:
            known = self._accounts.check(user.username, password or self._demo_password(user))
            self._feed.put(then=partial(self._unlocked, known, ticket))

        self._thread.submit(self._run, work, ticket)

    def painted(self) -> None:
        """The first picture stands: what is slow may begin."""
        self._calm.set()

    def shutdown(self) -> None:
        """Let the sign-in under way finish, then stop."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _unlocked(self, known: Account | None, ticket: int) -> None:
        if known is None:
            self._say(ticket, self.tr("密码不正确"))
            return
        self.is_locked = False
        self._say(ticket, None)
        self.unlocked.emit()

    def _demo_password(self, user: User) -> str:
        return str(_demo_people()["password"]) if self._demo and user.demo else ""

    # on the session's thread

    def _run(self, work: Callable[[], None], ticket: int) -> None:
        try:
            work()
        except (DiskError, OSError) as error:
            log.exception("signing in or out failed")
            why = disk_words(disk_trouble(error))
            self._answer(ticket, self.tr("本机不能登录:{why}").format(why=why))
        except Exception:
            log.exception("signing in or out failed")
            self._answer(ticket, self.tr("登录时出错,详情见日志"))
        finally:
            self._feed.put(then=partial(self._waiting.drop, ticket))

    def _answer(self, ticket: int, sentence: str | None) -> None:
        self._feed.put(then=partial(self._say, ticket, sentence))

    def _read_accounts(self) -> None:
        rows = _demo_people()["user"].items()
        accounts = [
            User(id=name, username=name, name=row["name"], role=row["role"], demo=True)
            for name, row in rows
        ]
        self._feed.put(then=lambda: self._offer(accounts))

    def _sign_in(self, username: str, password: str, ticket: int) -> None:
        if self._demo and not password and username in _demo_people()["user"]:
            password = _demo_people()["password"]
        known = self._accounts.check(username, password)
        if known is None:
            self._wait_for_backend(BACKEND_START_S)
        try:
            answer = self._sync.tokens.sign_in(username, password)
        except (OfflineError, ServerError) as error:
            refusal = self._why_not_offline(username, known, error)
            if known is None or refusal is not None:
                self._answer(ticket, refusal)
                return
            user = known.user
            self._sync.tokens.sign_in_later(user.id, username, password)
        except ApiError as error:
            if isinstance(error, SignedOutError) and known is not None:
                self._accounts.forget(username)  # the server does not take it any more
            self._answer(ticket, self._refused(error))
            return
        else:
            user = answer.user
            self._clock.set_server_time(answer.server_time)
            self._remember(user, password, known)
        self._enter(user, ticket)

    def _remember(self, user: User, password: str, known: Account | None) -> None:
        """The server let the user in: from now on it counts for seven days without it, too."""
        now = self._clock.now()
        try:
            if known is None:
                self._accounts.record(user, password, now)
            else:
                self._accounts.renew(known, user, now)
        except OSError:
            log.exception("this sign-in cannot be remembered for a time without the server")

    def _why_not_offline(self, username: str, known: Account | None, error: ApiError) -> str | None:
        if known is not None:
            if self._clock.now() - known.seen_at <= OFFLINE_FOR:
                return None
            return self.tr("连不上服务器,且距上次登录已超过 7 天,不能离线登录")
        log.info("sign-in without the server: %s", error.code)
        if self._accounts.is_known(username):
            return self.tr("连不上服务器,且密码与上次登录时不同")
        return self.tr("连不上服务器;您未在本机登录过,不能离线登录")

    def _refused(self, error: ApiError) -> str:
        sentence = error.sentence(language())
        until = error.more.get("until")
        return f"{sentence} ({_moment(until)})" if isinstance(until, str) else sentence

    def _enter(self, user: User, ticket: int) -> None:
        """Another sight begins: the old one goes before the new one comes."""
        self._sync.unfollow()
        self._feed.drop_changes()
        path = self._folder.cache(user.id)
        self._feed.put(then=self._store.clear)
        self._feed.put([Change(rev=0, op=PUT, kind="user", id=user.id, entity=user)])
        self._sync.show_outbox()
        hand_over = self._fetch_belongings(user)
        self._feed.put(then=partial(self._entered, user, hand_over, ticket))
        self._sync.show_cached(path)
        self._feed.put(then=lambda: QTimer.singleShot(PAINT_MS, self._calm.set))
        self._calm.wait(CALM_S)
        try:
            self._sync.follow(user.id, path)
        except Exception:
            self._feed.put(then=self.sign_out)  # nothing would be read: that is no signed-in seat
            raise

    def _leave(self, user: User) -> None:
        self._sync.unfollow()
        self._feed.drop_changes()
        self._feed.put(then=self._store.clear)
        if not self._sync.waits_for(user.id):
            self._sync.tokens.revoke(user.id)

    # on the GUI thread

    def _say(self, ticket: int, sentence: str | None) -> None:
        done = self._waiting.see(ticket)
        if done is not None:
            done(sentence)

    def _offer(self, accounts: list[User]) -> None:
        self._demo_accounts = accounts
        self.accounts_changed.emit()

    def _entered(self, user: User, hand_over: Callable[[], None], ticket: int) -> None:
        self.user = user
        self.is_locked = False
        hand_over()
        self._say(ticket, None)
        self.signed_in.emit(user)

    def _on_store_changed(self, changes: Changes) -> None:
        """The server may have changed the user's own role or areas."""
        if self.user is not None and self.user.id in changes.of("user").updated:
            now = self._store.get("user", self.user.id)
            self.user = now if isinstance(now, User) else self.user


def _moment(text: str) -> str:
    from datetime import datetime

    try:
        return local_time(datetime.fromisoformat(text), "%H:%M")
    except ValueError:
        return text


@cache
def _demo_people() -> dict[str, Any]:
    return tomllib.loads(DEMO_FILE.read_text("utf-8"))
