"""How the seat stands with its backend, in words."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.sync.link import LATE_S, Link, LinkState

__all__ = ["LATE_S", "Link", "LinkState", "LinkStatus"]

TICK_MS = 500


class LinkStatus(QObject):
    """Lives on the GUI thread. Signals: changed(Link)."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.now = Link()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)

    def start(self, tick: Callable[[], None]) -> None:
        """Let `tick` look at the time twice a second: silence is news, too."""
        self._timer.timeout.connect(tick)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def show(self, link: Link) -> None:
        """Take the newest word on the link, its code as a sentence."""
        link = replace(link, detail=self._sentence(link.detail))
        if link != self.now:
            self.now = link
            self.changed.emit(link)

    def _sentence(self, code: str) -> str:
        sentences = {
            "": "",
            "UNREACHABLE": self.tr("服务器连接不上"),
            "TIMEOUT": self.tr("服务器没有应答"),
            "LOST": self.tr("连接中断"),
            "NO_BACKEND": self.tr("本机服务正在启动"),
            "CERTIFICATE": self.tr("服务器证书不受信任,请检查证书设置"),
            "PROXY": self.tr("代理服务器连接不上,请检查代理设置"),
            "AUTHOR_SIGNED_OUT": self.tr("登录已失效,请重新登录"),
            "NOT_SIGNED_IN": self.tr("登录已失效,请重新登录"),
            "BAD_LOGIN": self.tr("密码已更改,请重新登录"),
            "API": self.tr("客户端与服务器版本不兼容,请升级"),
        }
        return sentences.get(code, self.tr("服务器报告:{code}").format(code=code))
