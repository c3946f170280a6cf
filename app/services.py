"""All that a panel may use, built once by app.bootstrap and handed down."""

import threading
from dataclasses import dataclass

from PySide6.QtCore import QLockFile

from app.alarms import AlarmDesk
from app.cases import Cases
from app.clock import Clock
from app.commands import Commands
from app.domain.rules import Rules
from app.drafts import Drafts
from app.embedded import EmbeddedBackend
from app.evidence import Evidence
from app.feed import Feed
from app.files import Files
from app.garbage import Collector
from app.link import LinkStatus
from app.live.live import Live
from app.messages import Messages
from app.places import Places
from app.preferences import Preferences
from app.ptz.ptz import Ptz
from app.selection import Selection
from app.session import Session
from app.settings import Settings
from app.store import Store
from app.sync.sync import Sync
from app.tasks import TaskRunner
from app.video.videos import Videos
from app.watchdog import Watchdog


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What runs behind the services; only bootstrap and diagnostics look at it.

    `calm` is set once the first picture stands: until then nothing slow is imported.
    """

    sync: Sync
    feed: Feed
    backend: EmbeddedBackend | None
    lock: QLockFile
    watchdog: Watchdog
    collector: Collector
    calm: threading.Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Facts come from `store`, acts go through `commands`; the rest supports the two."""

    settings: Settings
    preferences: Preferences
    rules: Rules
    clock: Clock
    tasks: TaskRunner
    messages: Messages
    store: Store
    selection: Selection
    places: Places
    session: Session
    link: LinkStatus
    live: Live
    videos: Videos
    ptz: Ptz
    commands: Commands
    cases: Cases
    files: Files
    evidence: Evidence
    drafts: Drafts
    alarms: AlarmDesk
    engine: Engine | None = None
