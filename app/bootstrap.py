"""Building the client by explicit calls, and taking it down in reverse."""

import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer

from app.alarms import AlarmDesk
from app.api.client import Api
from app.cache.vault import Vault
from app.cases import Cases
from app.clock import Clock
from app.clock_watch import ClockWatch, known_clock
from app.commands import Commands
from app.domain.camera import Camera
from app.domain.changes import Change
from app.domain.outbox import OutboxItem
from app.domain.people import User
from app.domain.rules import Rules, load_rules
from app.drafts import Drafts
from app.embedded import EmbeddedBackend
from app.evidence import Evidence
from app.feed import Feed
from app.files import Files
from app.garbage import Collector
from app.link import Link, LinkState, LinkStatus
from app.live.live import Live
from app.messages import Messages
from app.paths import SeatFolder
from app.places import Places
from app.preferences import Preferences
from app.private_file import write_private
from app.ptz.ptz import Ptz
from app.selection import Selection
from app.services import Engine, Services
from app.session import Session
from app.settings import Settings
from app.store import Store
from app.stream_addresses import StreamAddresses
from app.sync.link import LinkTracker
from app.sync.sync import Sync
from app.sync.tokens import Tokens
from app.tasks import TaskRunner
from app.trouble import tell_trouble, tell_unsaved
from app.video.videos import Videos
from app.video.way import Way
from app.watchdog import Watchdog

if TYPE_CHECKING:
    from app.cache.outbox import Outbox

log = logging.getLogger(__name__)

SWITCH_S = 0.0003
"""How long a busy worker may keep the interpreter from the GUI thread (Python's own: 5 ms): a paint
gives it away dozens of times, and waits as often."""


CALM_MS = 1500
"""Slow imports (SQLAlchemy: half a second of the interpreter) wait for the first picture of a
user who is signed in at once, else for a login page that stands so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What every other service stands on; it knows nobody."""

    rules: Rules
    clock: Clock
    tasks: TaskRunner
    messages: Messages
    link: LinkStatus
    preferences: Preferences
    drafts: Drafts
    store: Store
    feed: Feed


def start(settings: Settings) -> Services:
    """Build all services on the GUI thread. Raises SeatInUseError, OSError."""
    sys.setswitchinterval(SWITCH_S)
    QLocale.setDefault(QLocale(settings.language))
    folder = SeatFolder.of(settings.data_dir, settings.backend_url)
    lock = folder.lock()
    api = Api(settings.backend_url, proxy=settings.proxy, ca_file=settings.ca_file)
    returned: list[Callable[[], None]] = []
    backend, ready = _embedded(settings, api, returned)
    if backend is not None:
        backend.start()
    ground = _ground(folder)
    commands = Commands(
        ground.store,
        ground.clock,
        ground.rules,
        settings.seat,
        lambda: session.user,
        ground.feed.put,
    )
    sync, tracker = _traffic(ground, settings, folder, api, commands)
    engine = Engine(
        sync=sync,
        feed=ground.feed,
        backend=backend,
        lock=lock,
        watchdog=Watchdog(),
        collector=Collector(),
        calm=threading.Event(),
    )
    session = _session(ground, settings, folder, engine, ready)
    returned.append(sync.backend_returned)
    services = _services(ground, settings, folder, engine, session, commands)
    _run(services, folder, tracker)
    return services


def _ground(folder: SeatFolder) -> _Ground:
    rules, clock, tasks = load_rules(), known_clock(folder.clock), TaskRunner()
    store = Store(rules, clock)
    return _Ground(
        rules=rules,
        clock=clock,
        tasks=tasks,
        messages=Messages(),
        link=LinkStatus(),
        preferences=Preferences(),
        drafts=Drafts(),
        store=store,
        feed=Feed(store, tasks),
    )


def _traffic(
    ground: _Ground, settings: Settings, folder: SeatFolder, api: Api, commands: Commands
) -> tuple[Sync, LinkTracker]:
    """Facts in, acts out; what comes of it goes through the feed to the GUI thread."""
    feed, tasks, link = ground.feed, ground.tasks, ground.link
    tracker = LinkTracker(ground.clock, lambda now: tasks.post(partial(link.show, now)), feed.age_s)

    def tell(changes: Sequence[Change], items: Sequence[OutboxItem]) -> None:
        feed.put(changes, items, then=partial(commands.tell, items))

    def trouble(code: str) -> None:
        feed.put(then=partial(tell_trouble, ground.messages, code))

    sync = Sync(
        api,
        Tokens(api, Vault(folder.root), settings.seat),
        ground.clock,
        tracker,
        lambda sha256: folder.blobs / sha256,
        feed.put,
        tell,
        trouble,
    )
    return sync, tracker


def _session(
    ground: _Ground,
    settings: Settings,
    folder: SeatFolder,
    engine: Engine,
    ready: threading.Event,
) -> Session:
    return Session(
        engine.sync,
        folder,
        ground.feed,
        ground.store,
        ground.clock,
        demo=settings.demo,
        wait_for_backend=ready.wait,
        calm=engine.calm,
        fetch_belongings=partial(_fetch_belongings, folder, ground.preferences, ground.drafts),
    )


def _services(
    ground: _Ground,
    settings: Settings,
    folder: SeatFolder,
    engine: Engine,
    session: Session,
    commands: Commands,
) -> Services:
    store, tasks, clock, sync = ground.store, ground.tasks, ground.clock, engine.sync
    preferences, messages = ground.preferences, ground.messages
    addresses = StreamAddresses(sync)
    files = Files(folder, tasks, sync)
    return Services(
        settings=settings,
        preferences=preferences,
        rules=ground.rules,
        clock=clock,
        tasks=tasks,
        messages=messages,
        store=store,
        selection=Selection(),
        places=Places(store, tasks),
        session=session,
        link=ground.link,
        live=Live(
            sync,
            lambda: ground.link.now.is_connected,
            tasks.post,
            partial(tell_trouble, messages),
        ),
        videos=Videos(
            addresses.ask,
            addresses.leave,
            is_steered=partial(_is_steered, store, clock),
            way=Way(proxy=settings.proxy, ca_file=settings.ca_file),
        ),
        ptz=Ptz(sync.api, sync.asked, clock, tasks.post),
        commands=commands,
        cases=Cases(store, tasks, clock, sync, ground.feed.put),
        files=files,
        evidence=Evidence(tasks, files, commands, store, session, ground.rules),
        drafts=ground.drafts,
        alarms=AlarmDesk(store, ground.rules, clock, lambda: bool(preferences.get("mute", False))),
        engine=engine,
    )


def _run(services: Services, folder: SeatFolder, tracker: LinkTracker) -> None:
    assert services.engine is not None
    sync, commands, messages = services.engine.sync, services.commands, services.messages
    services.link.start(tracker.tick)
    commands.start(partial(_open_outbox, services.engine, folder), sync.wake_pusher)
    commands.unsaved.connect(partial(tell_unsaved, messages))
    services.session.signed_out.connect(partial(services.drafts.use, None, {}))
    services.session.signed_out.connect(services.live.user_changed)
    services.session.signed_out.connect(services.videos.user_changed)
    services.session.signed_in.connect(services.videos.user_changed)
    services.link.changed.connect(partial(_wake_live, services.live))
    services.alarms.start()
    services.files.start(services.rules.seat_files_kept)
    services.engine.watchdog.start()
    services.engine.collector.start()

    def save(content: bytes) -> None:
        services.tasks.run(write_private, folder.clock, content)

    watch = ClockWatch(services.clock, services.link, messages, save)
    watch.setParent(services.link)
    if services.settings.auto_sign_in is not None:
        services.session.sign_in(services.settings.auto_sign_in, "", _log_refusal)
    else:
        QTimer.singleShot(CALM_MS, services.engine.calm.set)


def _is_steered(store: Store, clock: Clock, camera_id: str) -> bool:
    camera: Camera | None = store.get("camera", camera_id)
    return camera is not None and camera.lock_at(clock.now()) is not None


def _open_outbox(engine: Engine, folder: SeatFolder) -> "Outbox":
    """On the outbox's thread; acts that are fired before wait there behind it."""
    engine.calm.wait()
    return engine.sync.open_outbox(folder.outbox)


def shutdown(services: Services) -> None:
    """Stop in reverse order and join every thread."""
    engine = services.engine
    assert engine is not None, "not started by start()"
    engine.calm.set()
    engine.collector.shutdown()
    engine.watchdog.shutdown()
    services.alarms.shutdown()
    services.files.shutdown()
    services.ptz.shutdown()
    services.videos.close_all()
    services.live.shutdown()
    services.cases.shutdown()
    services.session.shutdown()
    services.commands.shutdown()
    engine.sync.close()
    if engine.backend is not None:
        engine.backend.close()
    services.drafts.shutdown()
    services.preferences.shutdown()
    services.link.stop()
    services.tasks.shutdown()
    engine.lock.unlock()


def _embedded(
    settings: Settings, api: Api, returned: Sequence[Callable[[], None]]
) -> tuple[EmbeddedBackend | None, threading.Event]:
    """The backend that belongs to this desk, and an event that is set while there is one."""
    ready = threading.Event()
    if settings.backend_url is not None:
        ready.set()
        return None, ready

    def on_ready(url: str) -> None:
        api.base_url = url
        ready.set()
        for call in returned:
            call()

    def on_gone() -> None:
        ready.clear()
        api.base_url = None

    backend = EmbeddedBackend(
        settings.data_dir / "backend", demo=settings.demo, on_ready=on_ready, on_gone=on_gone
    )
    return backend, ready


def _fetch_belongings(
    folder: SeatFolder, preferences: Preferences, drafts: Drafts, user: User
) -> Callable[[], None]:
    path, drafts_folder = folder.preferences(user.id), folder.drafts(user.id)
    liked, half_typed = Preferences.read(path), Drafts.read(drafts_folder)

    def hand_over() -> None:
        preferences.use(path, liked)
        drafts.use(drafts_folder, half_typed)

    return hand_over


def _wake_live(live: Live, link: Link) -> None:
    if link.state is LinkState.LIVE:
        live.wake()


def _log_refusal(sentence: str | None) -> None:
    if sentence is not None:
        log.error("automatic sign-in refused: %s", sentence)
