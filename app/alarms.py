"""What rings at the seat: the server's alarms and the clocks that the seat itself counts."""

from PySide6.QtCore import QObject, Signal


class AlarmDesk(QObject):
    """Watches the open cases' clocks each second; its alarms are entities in the store.

    Signals: rang(Alarm): wants a person now, not sent while muted (preference "mute").
    """

    rang = Signal(object)
