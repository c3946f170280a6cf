"""The presets of the camera in hand, and the form that keeps another one."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QSpinBox, QVBoxLayout, QWidget

from app.domain.camera import Preset
from app.services import Services
from widgets.shared.buttons import button, primary_button
from widgets.shared.labels import SectionHeader, text_label
from widgets.shared.row_model import RowModel
from widgets.shared.row_view import RowView
from widgets.video.ptz.control import PtzControl
from widgets.video.ptz.presets import ROW_HEIGHT, Pictures, PresetDelegate, PresetRow

type Photographer = Callable[[Callable[[str], None]], None]
"""Takes the picture that is on the screen: `done(sha256)`, empty if there is none."""


class PresetList(QWidget):
    """`photographer` is given by whoever shows the camera's picture."""

    def __init__(self, services: Services, control: PtzControl) -> None:
        super().__init__()
        self.photographer: Photographer | None = None
        self._control = control
        self.model = RowModel()
        self._pictures = Pictures(services.files, self._on_picture)
        self.view = RowView(self.model, PresetDelegate(self._pictures, self), ROW_HEIGHT, self)
        self.head = SectionHeader(self.tr("预置位"))
        self.keep = button(self.tr("存为预置位"), "flat")
        self.none = text_label(self.tr("还没有预置位。转到合适的位置后存下来。"), tone="2")
        self.number = QSpinBox()
        self.name = QLineEdit()
        self.save = primary_button(self.tr("保存"))
        self.cancel = button(self.tr("取消"))
        self.form = QFrame()
        self._rule = services.rules.ptz
        self._build()
        self._connect()

    def _build(self) -> None:
        self.view.setAccessibleName(self.tr("预置位"))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.head.add(self.keep)
        self.none.setWordWrap(True)
        self.none.setContentsMargins(12, 8, 12, 8)
        self.number.setRange(1, 255)
        self.number.setFixedWidth(56)
        self.number.setAccessibleName(self.tr("编号"))
        self.name.setPlaceholderText(self.tr("名称,如“收费站方向”"))
        self.name.setMaxLength(40)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        fields.addWidget(self.number)
        fields.addWidget(self.name, 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        acts.addStretch(1)
        acts.addWidget(self.cancel)
        acts.addWidget(self.save)
        form = QVBoxLayout(self.form)
        form.setContentsMargins(12, 8, 12, 8)
        form.setSpacing(8)
        form.addLayout(fields)
        form.addLayout(acts)
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.form)
        column.addWidget(self.none)
        column.addWidget(self.view, 1)
        column.addStretch()

    def _connect(self) -> None:
        self._control.changed.connect(self._show)
        self.keep.clicked.connect(self._on_keep)
        self.cancel.clicked.connect(self.form.hide)
        self.save.clicked.connect(self._on_save)
        self.name.returnPressed.connect(self._on_save)
        self.view.clicked.connect(lambda at: self._go(at.row()))
        self.view.opened.connect(self._go)
        self.view.customContextMenuRequested.connect(self._on_menu)

    def show_camera(self) -> None:
        """The control has another camera."""
        self.form.hide()
        self._pictures.ask_again()
        self._show()

    def _presets(self) -> tuple[Preset, ...]:
        camera = self._control.camera
        return camera.presets if camera is not None else ()

    def _show(self) -> None:
        state, presets = self._control.state, self._presets()
        rows = {
            str(preset.number): ((preset.number,), PresetRow(preset, state.may_steer))
            for preset in presets
        }
        self.model.apply(rows, set(self.model.ids()) - rows.keys())
        self.view.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.keep.setEnabled(state.may_steer)
        self.keep.setToolTip(state.why_not or self.tr("把现在的画面位置存为预置位"))
        self.save.setEnabled(state.may_steer)

    def _on_picture(self) -> None:
        self.view.repaint_rows()

    def _go(self, row: int) -> None:
        self._control.go_to(self.model.value(row).preset.number)

    # keeping

    def _on_keep(self) -> None:
        """The first number that is free; the home position has its own."""
        taken = {preset.number for preset in self._presets()}
        self.number.setValue(next(n for n in range(1, 256) if n not in taken or n == 255))
        self.name.clear()
        self.form.show()
        self.name.setFocus()

    def _on_save(self) -> None:
        self.form.hide()
        known = {preset.number: preset.name for preset in self._presets()}
        number = self.number.value()
        name = self.name.text().strip() or known.get(number) or self.tr("预置位")
        self._set(number, name)

    def _set(self, number: int, name: str) -> None:
        """Position first, its picture from the same moment."""
        camera = self._control.camera
        if self.photographer is None or camera is None:
            self._control.set_preset(number, name)
            return

        def with_picture(sha256: str) -> None:
            now = self._control.camera
            if now is not None and now.id == camera.id:
                self._control.set_preset(number, name, sha256)

        self.photographer(with_picture)

    # one row

    def _on_menu(self, at: QPoint) -> None:
        row = self.view.rowAt(at.y())
        if row < 0:
            return
        preset: Preset = self.model.value(row).preset
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act in (
            (self.tr("转到"), lambda: self._go(row)),
            (self.tr("用现在的位置更新"), lambda: self._set(preset.number, preset.name)),
            (self.tr("删除"), lambda: self._control.remove_preset(preset.number)),
        ):
            menu.addAction(text, act).setEnabled(self._control.state.may_steer)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.view.currentIndex()
        if event.key() == Qt.Key.Key_Delete and at.isValid() and self.view.hasFocus():
            self._control.remove_preset(self.model.value(at.row()).preset.number)
        elif event.key() == Qt.Key.Key_Escape and self.form.isVisible():
            self.form.hide()
        else:
            super().keyPressEvent(event)
