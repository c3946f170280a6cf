"""The bar below: how the seat stands with its backend, what waits, whose seat this is."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.outbox import PENDING, OutboxItem, OutboxState
from app.link import LATE_S, Link, LinkState
from app.services import Services
from app.text import translate
from widgets.shared.clock_bar import span_text
from widgets.shared.fonts import SMALL, sans
from widgets.shared.labels import set_tone, text_label
from widgets.shared.theme import Theme

HEIGHT = 28
SKEW_S = 60
_TONES = {
    LinkState.LIVE: "good",
    LinkState.LAGGING: "warn",
    LinkState.OFFLINE: "bad",
    LinkState.INCOMPATIBLE: "bad",
}


def link_words(link: Link, now: datetime) -> str:
    """The link in words with its age."""
    since = span_text((now - link.since).total_seconds()) if link.since else ""
    match link.state:
        case LinkState.LIVE:
            return translate("Link", "实时 {age} 秒").format(age=f"{link_age(link, now):.1f}")
        case LinkState.LAGGING:
            return translate("Link", "滞后 {age}").format(age=span_text(link_age(link, now)))
        case LinkState.OFFLINE:
            return translate("Link", "离线 {age},操作先存在本机").format(age=since)
        case LinkState.CONNECTING:
            return translate("Link", "连接中 {age}").format(age=since)
        case LinkState.INCOMPATIBLE:
            return translate("Link", "版本不兼容,请升级客户端")
        case _:
            return translate("Link", "未登录")


def link_age(link: Link, now: datetime) -> float:
    """Seconds that the shown picture is old."""
    silent = (now - link.last_word_at).total_seconds() if link.last_word_at else 0.0
    return max(link.lag_s, silent if silent > LATE_S else 0.0)


def judged(link: Link, now: datetime) -> Link:
    """What is too old does not look live, even where its new state has not come yet."""
    late = link.state is LinkState.LIVE and link_age(link, now) >= LATE_S
    return replace(link, state=LinkState.LAGGING) if late else link


class LinkMark(QWidget):
    """Full circle live, triangle lagging, hollow square offline, hollow circle else."""

    def __init__(self) -> None:
        super().__init__()
        self._state: str = LinkState.SIGNED_OUT
        self.setFixedSize(QSize(12, 12))

    def set_state(self, state: str) -> None:
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(1, 1, 10, 10)
        tones = {"good": theme.good, "warn": theme.warn, "bad": theme.bad}
        colour = QColor(tones.get(_TONES.get(LinkState(self._state), ""), theme.text3))
        painter.setPen(QPen(colour, 2))
        if self._state == LinkState.LIVE:
            painter.setBrush(colour)
            painter.drawEllipse(area)
        elif self._state == LinkState.LAGGING:
            painter.setBrush(colour)
            top = QPointF(area.center().x(), area.top())
            painter.drawPolygon(QPolygonF([area.bottomLeft(), area.bottomRight(), top]))
        elif self._state in (LinkState.OFFLINE, LinkState.INCOMPATIBLE):
            painter.drawRect(area)
            painter.drawLine(area.bottomLeft(), area.topRight())
        else:
            painter.drawEllipse(area)
        painter.end()


class Pressed(QFrame):
    """A part of the bar that opens something. Signals: pressed()."""

    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()


class StatusBar(QFrame):
    """Signals: outbox_asked()."""

    outbox_asked = Signal()

    def __init__(self, services: Services, version: str) -> None:
        super().__init__()
        self._services = services
        self.setProperty("surface", "bar")
        self.setFixedHeight(HEIGHT)
        small = sans(SMALL)
        self._mark = LinkMark()
        self._link = text_label(font=small)
        self._link.setObjectName("linkState")
        self._outbox = Pressed()
        self._waiting = text_label(font=small, tone="2")
        self._waiting.setObjectName("outboxCount")
        self._trouble = text_label(font=small, tone="bad")
        self._skew = text_label(font=small, tone="warn")
        self._demo = text_label(self.tr("演示数据"), font=small)
        self._demo.setObjectName("demoBadge")
        self._demo.setFixedHeight(20)
        self._demo.setToolTip(self.tr("此处的事件、人员和设备是虚构的"))
        self._seat = text_label(font=small, tone="2")
        self._version = text_label(f"v{version}", font=small, tone="3")
        self._build()
        self._outbox.pressed.connect(self.outbox_asked)

    def _build(self) -> None:
        inner = QHBoxLayout(self._outbox)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self._waiting)
        inner.addWidget(self._trouble)
        self._outbox.setCursor(Qt.CursorShape.PointingHandCursor)
        self._outbox.setToolTip(self.tr("打开待发列表"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(20)
        link = QHBoxLayout()
        link.setSpacing(6)
        link.addWidget(self._mark)
        link.addWidget(self._link)
        row.addLayout(link)
        for part in (self._outbox, self._demo, self._skew):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self._seat)
        row.addWidget(self._version)

    def refresh(self) -> None:
        """Once a second, and when the link or the outbox changes."""
        services, now = self._services, self._services.clock.now()
        link = judged(services.link.now, now)
        self._mark.set_state(link.state)
        self._link.setText(link_words(link, now))
        set_tone(self._link, _TONES.get(LinkState(link.state), "2"))
        self._link.setToolTip(link.detail)
        self._show_outbox(now)
        self._show_skew()
        self._demo.setVisible(services.settings.demo)
        self._seat.setText(self.tr("席位 {seat}").format(seat=services.settings.seat))

    def _show_outbox(self, now: datetime) -> None:
        items = [i for i in self._services.store.all("outbox").values() if _wants(i)]
        waiting = [i for i in items if i.state in PENDING and i.state != OutboxState.CONFLICT]
        words = self.tr("待发 {count}").format(count=len(waiting))
        if waiting:
            oldest = (now - min(item.created_at for item in waiting)).total_seconds()
            words += self.tr(" · 最早 {age} 前").format(age=span_text(oldest))
        self._waiting.setText(words)
        set_tone(self._waiting, "warn" if waiting else "2")
        troubled = len(items) - len(waiting)
        self._trouble.setText(self.tr("{count} 项需处理").format(count=troubled))
        self._trouble.setVisible(troubled > 0)

    def _show_skew(self) -> None:
        skew = self._services.clock.skew_s
        wrong = skew is not None and abs(skew) > SKEW_S
        self._skew.setVisible(wrong)
        if wrong and skew is not None:
            words = self.tr("本机时钟快 {span}") if skew > 0 else self.tr("本机时钟慢 {span}")
            self._skew.setText(words.format(span=span_text(skew)))
            self._skew.setToolTip(self.tr("已按服务器时间校正;请让管理员校准本机时钟"))


def _wants(item: object) -> bool:
    return isinstance(item, OutboxItem) and (
        item.state in PENDING or item.state == OutboxState.FAILED
    )
