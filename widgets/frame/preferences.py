"""What a user may set at this seat. Each choice takes hold at once, or says when."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.preferences import Preferences
from app.settings import Settings
from widgets.shared.buttons import primary_button
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import text_label


class PreferencesDialog(QDialog):
    """Writes to the preferences; who is concerned listens to them."""

    def __init__(self, preferences: Preferences, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.setWindowTitle(self.tr("偏好设置"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(420)
        self._muted = QCheckBox(self.tr("静音:新告警只在屏幕上提示"))
        self._muted.setChecked(bool(preferences.get("mute", False)))
        self._muted.toggled.connect(self._on_muted)
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(12)
        form.addRow(
            self.tr("界面"),
            self._choice(
                "theme", settings.theme, {"dark": self.tr("深色"), "light": self.tr("浅色")}
            ),
        )
        form.addRow(
            self.tr("路况配色"),
            self._choice(
                "traffic_ramp",
                "standard",
                {"standard": self.tr("标准(绿至红)"), "safe": self.tr("色觉友好(蓝至褐)")},
            ),
        )
        form.addRow(
            self.tr("语言"),
            self._choice("language", settings.language, {"zh": "中文", "en": "English"}),
        )
        form.addRow("", text_label(self.tr("语言在下次登录时生效"), font=sans(SMALL), tone="2"))
        form.addRow(self.tr("声音"), self._muted)
        note = text_label(self.tr("这些设置只属于您和本席位"), font=sans(SMALL), tone="3")
        close = primary_button(self.tr("完成"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(note, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addLayout(foot)

    def _choice(self, key: str, default: str, choices: dict[str, str]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        chosen = self._preferences.get(key, default)
        for value, words in choices.items():
            option = QRadioButton(words)
            option.setObjectName(f"{key}-{value}")
            option.setChecked(value == chosen)
            option.toggled.connect(lambda on, v=value: self._on_chosen(key, v) if on else None)
            row.addWidget(option)
        row.addStretch(1)
        return holder

    def _on_chosen(self, key: str, value: str) -> None:
        self._preferences.set(key, value)

    def _on_muted(self, on: bool) -> None:
        self._preferences.set("mute", on)
