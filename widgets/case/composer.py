"""The line at the bottom of the page: a note, another call, files."""

from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from app.domain.decide import Refusal
from app.domain.incident import Incident
from app.domain.machine import transition
from app.domain.roles import WRITERS
from app.services import Services
from app.text import language, refusal_text, refusals_text
from widgets.case.attachments import Attachments
from widgets.shared.buttons import button, primary_button
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label

LINES = 2


class NoteEdit(QPlainTextEdit):
    """Signals: image_pasted(QImage), files_pasted(list of Path)."""

    image_pasted = Signal(object)
    files_pasted = Signal(object)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return (
            source.hasImage() or bool(local_files(source)) or super().canInsertFromMimeData(source)
        )

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = local_files(source)
        if files:
            self.files_pasted.emit(files)
        elif source.hasImage() and not source.hasText():
            self.image_pasted.emit(QImage(source.imageData()))
        else:
            super().insertFromMimeData(source)


def local_files(source: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]


class Composer(QFrame):
    """Ctrl+Enter writes the note. A half-written note stays with its case.

    Signals: call_asked(): another call on this case is to be written down.
    """

    call_asked = Signal()

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._attachments = Attachments(services, self)
        self._incident: Incident | None = None
        self._unsent: dict[str, str] = {}
        self.setProperty("line", "top")
        self._edit = NoteEdit(tabChangesFocus=True)
        self._edit.setPlaceholderText(self.tr("写备注,Ctrl+Enter 写入;可拖入或粘贴图片、文件"))
        self._edit.setAccessibleName(self.tr("备注"))
        self._edit.setFixedHeight(self._edit.fontMetrics().lineSpacing() * LINES + 20)
        self._problem = text_label(font=sans(SMALL), tone="bad")
        self._problem.setWordWrap(True)
        self._attach = button(self.tr("附件"), tip=self.tr("选择照片或文件"))
        self._call = button(self.tr("续接来电"), tip=self.tr("同一事件的又一次来电或来源"))
        self._busy = text_label(font=sans(SMALL), tone="2")
        self._write = primary_button(self.tr("写入"), self.tr("Ctrl+Enter"))
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(6)
        column.addWidget(self._edit)
        column.addWidget(self._problem)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._attach)
        row.addWidget(self._call)
        row.addWidget(self._busy, 1)
        row.addWidget(self._write)
        column.addLayout(row)
        self._problem.hide()

    def _connect(self) -> None:
        self._edit.textChanged.connect(self._on_text_changed)
        self._edit.image_pasted.connect(self._on_image)
        self._edit.files_pasted.connect(self.add_files)
        self._attach.clicked.connect(self._on_attach)
        self._call.clicked.connect(self.call_asked)
        self._write.clicked.connect(self.write)
        self._attachments.busy_changed.connect(self._on_busy)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self._edit)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.write)

    def show_case(self, incident: Incident) -> None:
        changed = self._incident is None or self._incident.id != incident.id
        if changed:
            if self._incident is not None:
                self._unsent[self._incident.id] = self._edit.toPlainText()
            self._incident = incident
            self._edit.setPlainText(self._unsent.pop(incident.id, ""))
        self._incident = incident
        no_call = self._why_not("ADD_REPORT") or (
            "" if incident.is_open else self.tr("事件已结束,请先重新打开")
        )
        self._call.setEnabled(not no_call)
        self._call.setToolTip(no_call or self.tr("同一事件的又一次来电或来源"))
        self._attach.setEnabled(not self._why_not("ADD_ATTACHMENT"))
        no_note = self._why_not("ADD_NOTE")
        self._edit.setReadOnly(bool(no_note))
        self._say(no_note)

    def _why_not(self, event: str) -> str:
        """A new entry has no state yet: the table's roles decide."""
        user, row = self._services.session.user, transition("entry", event)
        if user is None or row is None or user.role in row.roles:
            return ""
        code = "READ_ONLY_ROLE" if user.role not in WRITERS else "NOT_YOUR_ROLE"
        refusal = Refusal(code, {"roles": sorted(row.roles)})
        return refusal_text(refusal, self._services.rules, language())

    def add_files(self, paths: list[Path]) -> None:
        if self._incident is not None:
            self._attachments.add_files(self._incident.id, paths)

    def write(self) -> None:
        """Put the note into the outbox; the text stays if the rules refuse it."""
        text = self._edit.toPlainText().strip()
        if self._incident is None or not text:
            return
        refusals = self._services.commands.fire(
            "entry", str(uuid4()), "ADD_NOTE", {"incident_id": self._incident.id, "text": text}
        )
        self._say(refusals_text(refusals, self._services.rules, language()))
        if not refusals:
            self._edit.clear()

    def focus_note(self) -> None:
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Another user comes to the seat: half-written notes go with their author."""
        self._unsent.clear()
        self._edit.clear()

    def text(self) -> str:
        return self._edit.toPlainText()

    def paste(self) -> None:
        """Take what the clipboard has: text, a picture, files."""
        self._edit.paste()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _on_text_changed(self) -> None:
        text = self._edit.toPlainText()
        over = len(text) - self._services.rules.text_limit
        self._say(self.tr("超出 {count} 字").format(count=over) if over > 0 else "")
        self._write.setEnabled(bool(text.strip()) and over <= 0)

    def _on_attach(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("选择照片或文件"))
        self.add_files([Path(name) for name in names])

    def _on_image(self, image: QImage) -> None:
        if self._incident is not None:
            self._attachments.add_image(self._incident.id, image)

    def _on_busy(self, count: int) -> None:
        self._busy.setText(self.tr("正在加入 {count} 个文件…").format(count=count) if count else "")
