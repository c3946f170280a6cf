"""The live channels of this seat: opened by what shows them, ended with it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from app.api.client import Stream
from app.api.errors import OfflineError
from app.domain.live import LiveKind
from app.live.channel import Channel, Fold, View
from app.sync.sync import Sync


class Live:
    """Used on the GUI thread. `post` brings a call there, `tell(code)` says what is wrong.

    Nothing is asked for before `is_live()`: facts and the cases come first.
    """

    def __init__(
        self,
        sync: Sync,
        is_live: Callable[[], bool],
        post: Callable[[Callable[[], None]], None],
        tell: Callable[[str], None],
    ) -> None:
        self._sync = sync
        self._is_live = is_live
        self._post = post
        self._tell = tell
        # kept until their threads have ended: none of those drops the last word of a widget
        self._channels: list[Channel] = []

    def open(
        self,
        kind: LiveKind,
        view: View,
        fold: Fold,
        show: Callable[[Any], None],
        network: str = "",
    ) -> Channel:
        """Follow what lies in the view until the channel is closed.

        `fold(head, columns)` runs on the channel's thread, with every frame; it must touch no
        widget. `show(result)` runs on the GUI thread. `network`: fingerprint of the packed network
        whose rows the links must be.
        """
        self._channels = [channel for channel in self._channels if channel.is_running]
        channel = Channel(
            kind, view, fold, show,
            network=network, request=self._request, leave=self._sync.api.leave,
            post=self._post, tell=self._tell,
        )  # fmt: skip
        self._channels.append(channel)
        channel.start()
        return channel

    def wake(self) -> None:
        """The server is there again."""
        for channel in self._channels:
            channel.wake()

    def user_changed(self) -> None:
        """Nobody reads on with the rights of the last one."""
        for channel in self._channels:
            channel.ask_again()

    def shutdown(self) -> None:
        for channel in self._channels:
            channel.close()
        for channel in self._channels:
            channel.join()
        self._channels.clear()

    def _request(self, kind: LiveKind, view: View) -> Stream:
        if not self._is_live():
            raise OfflineError("NOT_LIVE")
        where = asdict(view)
        return self._sync.asked(lambda token: self._sync.api.live(token, kind, where))
