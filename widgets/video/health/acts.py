"""What may be done with a camera's health; each form comes from the machine table."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.camera import Camera
from app.domain.decide import Refusal
from app.domain.machine import Field, transition
from app.messages import Level
from app.services import Services
from app.text import language, refusals_text
from widgets.shared.arrange import clear
from widgets.shared.buttons import button, primary_button
from widgets.shared.editor import Editor
from widgets.shared.fields import editor_for, field_label
from widgets.shared.flow import FlowLayout
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label

EVENTS: Final = ("MARK_FAULT", "FIXED", "SET_MAINT")
_KIND: Final = "camera"


class HealthActs(QWidget):
    """A button per event, grey with its reason where the rules forbid it; one with fields asks
    for them in place. Ctrl+Enter sends, Esc puts the form away."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._language = language()
        self._camera_id = ""
        self._event = ""
        self._editors: dict[str, Editor] = {}
        self.buttons = {event: button(self._label(event)) for event in EVENTS}
        self.form = QFrame()
        self.send = primary_button("", self.tr("Ctrl+Enter"))
        self._cancel = button(self.tr("收起"), tip=self.tr("Esc"))
        self._problem = text_label(font=sans(SMALL), tone="bad")
        self._title = text_label(font=sans(bold=True))
        self._fields = QHBoxLayout()
        self._build()
        for event, act in self.buttons.items():
            act.clicked.connect(partial(self._on_asked, event))
        self.send.clicked.connect(self._on_send)
        self._cancel.clicked.connect(self.close_form)
        self.show_camera("")

    def show_camera(self, camera_id: str) -> None:
        """The acts are about this camera; "": none is marked. Call it again when it changed."""
        if camera_id != self._camera_id:
            self.close_form()
        self._camera_id = camera_id
        for event, act in self.buttons.items():
            why = self._why_not(event)
            act.setEnabled(not why)
            act.setToolTip(why)

    def editor(self, name: str) -> Editor:
        return self._editors[name]

    def close_form(self) -> None:
        self._event = ""
        self.form.hide()

    # building

    def _build(self) -> None:
        acts = FlowLayout(spacing=8)
        for act in self.buttons.values():
            acts.addWidget(act)
        self.form.hide()
        self.form.setProperty("surface", "card")
        self._problem.setWordWrap(True)
        self._fields.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.send)
        row.addWidget(self._cancel)
        row.addWidget(self._problem, 1)
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.setSpacing(8)
        inner.addWidget(self._title)
        inner.addLayout(self._fields)
        inner.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addLayout(acts)

    def _label(self, event: str) -> str:
        return self._services.rules.label("camera_event", event, self._language)

    def _camera(self) -> Camera | None:
        found = self._services.store.get(_KIND, self._camera_id)
        return found if isinstance(found, Camera) else None

    def _why_not(self, event: str) -> str:
        services, camera = self._services, self._camera()
        if services.session.user is None:
            return self.tr("请先登录")
        if camera is None:
            return self.tr("先选中一台摄像机")
        refusals = services.commands.why_not(event, camera, _KIND)
        return refusals_text(refusals, services.rules, self._language)

    # acts

    def _on_asked(self, event: str) -> None:
        row, camera = transition(_KIND, event), self._camera()
        if row is None or camera is None:
            return
        self._event = event
        if not row.fields:
            self._on_send()
            return
        self._ask(row.fields)
        self._title.setText(f"{self._label(event)} · {camera.name or camera.code}")
        self.send.setText(self._label(event))
        self._say("")
        self.form.show()
        next(iter(self._editors.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, fields: tuple[Field, ...]) -> None:
        clear(self._fields)
        self._editors = {field.name: editor_for(field, self._services) for field in fields}
        for field in fields:
            words = field_label(field, self._services)
            editor = self._editors[field.name]
            editor.setAccessibleName(words)
            label = text_label(f"{words} *" if field.required else words, tone="2")
            self._fields.addWidget(label)
            self._fields.addWidget(editor, 1)

    def _on_send(self) -> None:
        services = self._services
        asked = self._editors if self.form.isVisibleTo(self) else {}
        fields = {name: editor.value() for name, editor in asked.items()}
        refusals = services.commands.fire(_KIND, self._camera_id, self._event, fields)
        if refusals:
            self._refused(refusals)
        else:
            self.close_form()

    def _refused(self, refusals: tuple[Refusal, ...]) -> None:
        words = refusals_text(refusals, self._services.rules, self._language)
        if self.form.isVisibleTo(self):
            self._say(words)
        else:
            self._services.messages.post(Level.WARN, words)

    def _say(self, words: str) -> None:
        self._problem.setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if control and entered and self.form.isVisibleTo(self):
            self._on_send()
        elif event.key() == Qt.Key.Key_Escape and self.form.isVisibleTo(self):
            self.close_form()
        else:
            super().keyPressEvent(event)
