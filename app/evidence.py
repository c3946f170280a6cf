"""Pictures and clips of a camera become attachments of a case."""

import logging
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication

from app.commands import Commands
from app.domain.decide import Refusal
from app.domain.describe import local_time
from app.domain.entry import Attachment
from app.domain.people import User
from app.domain.rules import Rules
from app.files import Files
from app.held import Held
from app.session import Session
from app.store import Store
from app.tasks import TaskRunner
from app.text import language, refusals_text

if TYPE_CHECKING:  # nothing of a stream is imported before the first one
    from app.stamp import Stamp
    from app.video.player import Player
    from app.video.ring import End, Recording
    from app.video.snapshot import Snapshot

log = logging.getLogger(__name__)

type Done = Callable[[Attachment | None, str], None]
"""Called on the GUI thread: what was attached and a hint, or nothing and why not."""


@dataclass(frozen=True, slots=True)
class _Case:
    """Where a picture goes, from which camera, and who asked for it."""

    incident_id: str
    camera_id: str
    code: str
    user: User | None
    done: Done

    @property
    def author(self) -> str:
        return self.user.name or self.user.id if self.user else ""


class Evidence(QObject):
    """What is attached goes into the outbox like any photo: without a line it waits there.

    Signals: recordings_changed(): one began or ended.
    """

    recordings_changed = Signal()

    def __init__(
        self,
        tasks: TaskRunner,
        files: Files,
        commands: Commands,
        store: Store,
        session: Session,
        rules: Rules,
    ) -> None:
        super().__init__()
        self._tasks, self._files, self._commands = tasks, files, commands
        self._store, self._session, self._rules = store, session, rules
        self._waiting = Held[_Case]()
        self._recordings: dict[Player, tuple[Recording, _Case]] = {}
        self._watch = QTimer(self, interval=1000)
        self._watch.timeout.connect(self._on_watch)

    def snapshot(self, player: "Player", incident_id: str, done: Done) -> None:
        """The next frame at full size, with device, channel and time in it, into the case."""
        case = _Case(incident_id, player.camera_id, player.code, self._session.user, done)
        ticket = self._waiting.keep(case)
        post, came = self._tasks.post, self._on_snapshot
        player.snapshot(lambda shot: post(partial(came, ticket, shot)))

    def record(self, player: "Player", incident_id: str, done: Done) -> None:
        """What was kept of the last half minute and what comes, until stopped or too long."""
        if player in self._recordings:
            return
        case = _Case(incident_id, player.camera_id, player.code, self._session.user, done)
        self._recordings[player] = (player.ring.record(time.monotonic()), case)
        self._watch.start()
        self.recordings_changed.emit()

    def is_recording(self, player: "Player") -> bool:
        return player in self._recordings

    def recorded_s(self, player: "Player") -> float:
        """Seconds recorded so far, the half minute before included."""
        running = self._recordings.get(player)
        return running[0].seconds if running else 0.0

    def stop(self, player: "Player") -> None:
        """The clip goes into its case."""
        running = self._recordings.pop(player, None)
        if running is None:
            return
        recording, case = running
        recording.stop()
        if not self._recordings:
            self._watch.stop()
        self.recordings_changed.emit()
        self._save_clip(recording, case)

    def _on_watch(self) -> None:
        from app.video.ring import End

        for player, (recording, _) in list(self._recordings.items()):
            recording.watch(time.monotonic())
            if recording.end is not End.NONE:
                self.stop(player)

    def _on_snapshot(self, ticket: int, shot: "Snapshot | None") -> None:
        case = self._waiting.take(ticket)
        if case is None:
            return
        if shot is None:
            words = self.tr("{camera} 现在没有画面,没有抓拍")
            case.done(None, words.format(camera=self._name(case)))
            return
        from app.stamp import Stamp

        stamp = Stamp(
            code=shot.device_id or case.code,
            name=self._name(case),
            channel=shot.channel,
            taken_at=shot.taken_at,
            author=case.author,
            mark=self.tr("演示画面") if shot.demo else "",
        )
        name = self._file_name(case, shot.taken_at, "png")
        self._tasks.run(
            _save_picture, shot, stamp, QGuiApplication.font(), name,
            done=partial(self._attach, case, shot.taken_at, ""),
            failed=partial(self._on_failed, case),
        )  # fmt: skip

    def _save_clip(self, recording: "Recording", case: _Case) -> None:
        samples = recording.samples
        taken_at = next((sample.taken_at for sample in samples if sample.key), datetime.now(UTC))
        origin = {
            "code": case.code,
            "name": self._name(case),
            "channel": recording.channel,
            "taken_at": taken_at,
            "author": case.author,
            "demo": bool(getattr(self._store.get("camera", case.camera_id), "demo", False)),
        }
        name = self._file_name(case, taken_at, "mp4")
        self._tasks.run(
            _save_clip, recording, origin, name,
            done=partial(self._attach, case, taken_at, self._ended(recording.end)),
            failed=partial(self._on_failed, case),
        )  # fmt: skip

    def _ended(self, end: "End") -> str:
        from app.video.ring import End

        return {
            End.LONG: self.tr("录像已到最长时间,自动停止"),
            End.LARGE: self.tr("录像已到 25 MB 上限,自动停止"),
            End.CHANGED: self.tr("码流格式改变,录像自动停止"),
        }.get(end, "")

    def _attach(self, case: _Case, taken_at: datetime, hint: str, path: Path) -> None:
        def taken(file: Attachment | None, sentence: str) -> None:
            self._tasks.run(shutil.rmtree, path.parent)
            if file is None:
                case.done(None, sentence)
                return
            known = replace(file, camera_id=case.camera_id, taken_at=taken_at)
            why = self._fire(case, known)
            case.done(None if why else known, why or hint)

        self._files.add(path, taken)

    def _fire(self, case: _Case, file: Attachment) -> str:
        """Why not, or nothing. Nobody files what somebody else has asked for."""
        assert file.taken_at is not None
        attachment = {**asdict(file), "taken_at": file.taken_at.isoformat()}
        refusals: tuple[Refusal, ...] = (Refusal("NOT_SIGNED_IN"),)
        if case.user and self._session.user and self._session.user.id == case.user.id:
            refusals = self._commands.fire(
                "entry", str(uuid4()), "ADD_ATTACHMENT",
                {"incident_id": case.incident_id, "attachment": attachment},
            )  # fmt: skip
        return refusals_text(refusals, self._rules, language()) if refusals else ""

    def _on_failed(self, case: _Case, error: Exception) -> None:
        from app.video.clip import CodecError, EmptyClipError

        if isinstance(error, EmptyClipError):
            words = self.tr("{camera} 还没有收到可保存的视频")
            case.done(None, words.format(camera=self._name(case)))
        elif isinstance(error, CodecError):
            words = self.tr("{camera} 的码流格式不能保存为录像")
            case.done(None, words.format(camera=self._name(case)))
        else:
            log.warning("evidence was not saved: %s", error)
            why = getattr(error, "strerror", None) or type(error).__name__
            case.done(None, self.tr("没有存下来:{reason}").format(reason=why))

    def _name(self, case: _Case) -> str:
        camera = self._store.get("camera", case.camera_id)
        return getattr(camera, "name", "") or case.code

    def _file_name(self, case: _Case, taken_at: datetime, suffix: str) -> str:
        name = "".join("-" if sign in '/\\:*?"<>|' else sign for sign in self._name(case))
        return f"{name[:80]} {local_time(taken_at, '%Y%m%d-%H%M%S')}.{suffix}"


def _save_picture(shot: "Snapshot", stamp: "Stamp", font: QFont, name: str) -> Path:
    """In the pool. Raises OSError."""
    from app.stamp import stamped

    path = _folder() / name
    try:
        image = stamped(shot.pixels, stamp, font)
        if not image.save(str(path), "PNG"):  # type: ignore[call-overload]  # stub wants bytes
            raise OSError(path.name)
    except Exception:
        shutil.rmtree(path.parent)
        raise
    return path


def _save_clip(recording: "Recording", origin: dict[str, object], name: str) -> Path:
    """In the pool. Raises EmptyClipError, CodecError, OSError."""
    from app.video.clip import Provenance, write_clip

    path = _folder() / name
    try:
        write_clip(path, recording.track, recording.samples, Provenance(**origin))  # type: ignore[arg-type]  # its fields
    except Exception:
        shutil.rmtree(path.parent)
        raise
    return path


def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="tocc-"))
