"""Files that come to a case: chosen, dropped, pasted. Nothing is read on the GUI thread."""

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.domain.describe import local_time
from app.domain.entry import Attachment
from app.messages import Level
from app.services import Services
from app.text import language, refusals_text
from widgets.shared.editor import plain_value


class Attachments(QObject):
    """Signals: busy_changed(int): how many files are being taken in."""

    busy_changed = Signal(int)

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._busy = 0

    def add_files(self, incident_id: str, paths: Iterable[Path]) -> None:
        """Attach each; a file that cannot be taken is told in words, the others go on."""
        for path in paths:
            self._count(1)
            self._services.files.add(path, self._taker(incident_id, path))

    def add_image(self, incident_id: str, image: QImage) -> None:
        """A picture from the clipboard becomes a PNG first."""
        time = local_time(self._services.clock.now(), "%Y%m%d-%H%M%S")
        name = self.tr("粘贴图片 {time}").format(time=time) + ".png"
        self._count(1)
        self._services.tasks.run(
            _save, image, name, done=lambda path: self._on_saved(incident_id, path),
            failed=self._on_not_saved,
        )  # fmt: skip

    def _on_saved(self, incident_id: str, path: Path) -> None:
        self._services.files.add(path, self._taker(incident_id, path, temporary=True))

    def _on_not_saved(self, error: Exception) -> None:
        self._count(-1)
        self._say(self.tr("粘贴的图片没有存下来:{error}").format(error=error))

    def _taker(
        self, incident_id: str, path: Path, *, temporary: bool = False
    ) -> Callable[[Attachment | None, str], None]:
        def taken(file: Attachment | None, sentence: str) -> None:
            self._count(-1)
            if temporary:
                self._services.tasks.run(_discard, path)
            if file is None:
                words = self.tr("附件 {name} 没有加入:{why}")
                self._say(words.format(name=path.name, why=sentence))
                return
            if sentence:
                self._services.messages.post(Level.INFO, f"{file.name}:{sentence}", key=path.name)
            self._fire(incident_id, file)

        return taken

    def _fire(self, incident_id: str, file: Attachment) -> None:
        refusals = self._services.commands.fire(
            "entry", str(uuid4()), "ADD_ATTACHMENT",
            {"incident_id": incident_id, "attachment": plain_value(file)},
        )  # fmt: skip
        if refusals:
            why = refusals_text(refusals, self._services.rules, language())
            words = self.tr("附件 {name} 没有加入:{why}")
            self._say(words.format(name=file.name, why=why))

    def _say(self, text: str) -> None:
        self._services.messages.post(Level.BAD, text, key=f"attachment:{text}")

    def _count(self, step: int) -> None:
        self._busy += step
        self.busy_changed.emit(self._busy)


def _save(image: QImage, name: str) -> Path:
    """In the pool. Raises OSError if the disk does not take it."""
    path = Path(tempfile.mkdtemp(prefix="tocc-")) / name
    if not image.save(str(path), "PNG"):  # type: ignore[call-overload]  # stub wants bytes
        raise OSError(path.name)
    return path


def _discard(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.parent.rmdir()
