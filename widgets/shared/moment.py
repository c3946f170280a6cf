"""An editor for a time: Asia/Shanghai on screen, UTC in the command."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

from PySide6.QtWidgets import QLineEdit

from app.clock import Clock
from app.domain.describe import SHANGHAI, local_time
from widgets.shared.buttons import button
from widgets.shared.editor import Editor
from widgets.shared.fonts import mono

_TIME = re.compile(
    r"(?:(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?[ T]*)?"
    r"(?P<hour>\d{1,2})(?:[:时.])?(?P<minute>\d{2})分?(?::(?P<second>\d{2}))?"
)
FORM = "%Y-%m-%d %H:%M"


def read_time(text: str, now: datetime) -> datetime:
    """`12:06`, `1206`, `11-22 12:06`, `2026-11-22 12:06:30` in Asia/Shanghai.

    A time without a day is the one nearest to now. Raises ValueError.
    """
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        raise ValueError(text)
    here = now.astimezone(SHANGHAI)
    parts = {name: int(found) for name, found in match.groupdict().items() if found}
    read = here.replace(
        year=parts.get("year", here.year),
        month=parts.get("month", here.month),
        day=parts.get("day", here.day),
        hour=parts["hour"],
        minute=parts["minute"],
        second=parts.get("second", 0),
        microsecond=0,
    ).astimezone(UTC)
    if "month" in parts:
        return read
    days = (read + timedelta(days=shift) for shift in (-1, 0, 1))
    return min(days, key=lambda day: abs(day - here))


class TimeEditor(Editor):
    """A line for the time and a button for now."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._exact: datetime | None = None  # seconds that the line does not show
        self.edit = QLineEdit(placeholderText=self.tr("时:分 或 月-日 时:分"))
        self.edit.setFont(mono())
        self._now = button(self.tr("现在"), tip=self.tr("填入此刻"))
        self.setFocusProxy(self.edit)
        self._row.addWidget(self.edit, 1)
        self._row.addWidget(self._now)
        self.edit.textEdited.connect(self._on_text_edited)
        self.edit.editingFinished.connect(self._on_editing_finished)
        self._now.clicked.connect(self._on_now)

    def value(self) -> str | None:
        time = self._exact or self._read()
        return time.isoformat() if time else None

    def set_value(self, value: Any) -> None:
        time = datetime.fromisoformat(value) if isinstance(value, str) else value
        self._exact = time
        self.edit.setText(local_time(time, FORM) if time else "")
        self.say("", self.edit)

    def _read(self) -> datetime | None:
        try:
            return read_time(self.edit.text(), self._clock.now())
        except ValueError:
            return None

    def _on_text_edited(self) -> None:
        self._exact = None
        self.changed.emit()

    def _on_editing_finished(self) -> None:
        wrong = bool(self.edit.text().strip()) and self.value() is None
        self.say(self.tr("看不懂这个时间,例如 12:06 或 11-22 12:06") if wrong else "", self.edit)
        time = self._exact or self._read()
        if time:
            self.edit.setText(local_time(time, FORM))

    def _on_now(self) -> None:
        self.set_value(self._clock.now())
        self.changed.emit()
