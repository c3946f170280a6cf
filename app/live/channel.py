"""One live channel: a thread that reads frames, a slot that holds the newest result."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from app.api.client import Stream
from app.api.errors import ApiError, InvalidError
from app.domain.live import FrameError, Head, LiveKind

if TYPE_CHECKING:
    from app.live.frames import Columns

log = logging.getLogger(__name__)

WAITS_S = (0.5, 1.0, 2.0, 5.0)
"""Before the next try to reach the server; the last one repeats."""

REFUSED_S = 60.0
"""Before the next try when the server has no such data, or another network."""

OTHER_NETWORK: Final = "OTHER_NETWORK"

type Fold = Callable[[Head, "Columns"], Any]
"""Called on the channel's thread with every frame; returns what is to be shown now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a map shows: degrees WGS-84, and its zoom."""

    west: float
    south: float
    east: float
    north: float
    zoom: float


class OtherNetworkError(Exception):
    """The states are those of another packing of the roads: its links are not ours."""


class Channel:
    """Reads until it is closed, whatever the network does; `look_at` and `close` never block.

    `show(result)` is called on the GUI thread with the newest result; older ones that were not
    shown in time are dropped.
    """

    def __init__(
        self,
        kind: LiveKind,
        view: View,
        fold: Fold,
        show: Callable[[Any], None],
        *,
        network: str,
        request: Callable[[LiveKind, View], Stream],
        leave: Callable[[], None],
        post: Callable[[Callable[[], None]], None],
        tell: Callable[[str], None],
    ) -> None:
        self.kind = kind
        self._view = view
        self._fold = fold
        self._show = show
        self._network = network
        self._request = request
        self._leave = leave
        self._post = post
        self._tell = tell
        self._lock = threading.Lock()
        self._newest: list[Any] = []  # one result that waits to be shown, or none
        self._stream: Stream | None = None
        self._stop = False
        self._told = False
        self._tries = 0
        self._failures: Counter[type[Exception]] = Counter()
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"tocc-live-{kind}")

    def start(self) -> None:
        self._thread.start()

    def look_at(self, view: View) -> None:
        """Ask for another extent."""
        self._view = view
        self.ask_again()

    def ask_again(self) -> None:
        """The server is back, or somebody else sits here: try at once."""
        with self._lock:
            stream = self._stream
        if stream is not None:
            stream.close()
        self._wake.set()

    def wake(self) -> None:
        """The server may be back: do not wait any longer. A stream that lives goes on."""
        self._wake.set()

    def close(self) -> None:
        """Nothing is shown any more; the thread ends soon."""
        self._stop = True
        self._show = _nobody
        self.ask_again()

    @property
    def is_running(self) -> bool:
        return self._thread.is_alive()

    def join(self) -> None:
        self._thread.join()

    # on the thread

    def _run(self) -> None:
        while not self._stop:
            view = self._view
            wait = self._attempt(view)
            if self._wants(view):
                self._wake.wait(wait)
            self._wake.clear()
        self._leave()

    def _attempt(self, view: View) -> float:
        """Listen as long as it goes well; seconds to wait before the next attempt."""
        try:
            self._listen(view)
        except OtherNetworkError:
            self._refuse()
            return REFUSED_S
        except InvalidError as error:
            if times := self._notable(error):
                log.info("the server has no live %s: %s (%d so far)", self.kind, error, times)
            return REFUSED_S
        except FrameError as error:
            if times := self._notable(error):
                words = "a frame of %s was dropped: %s; asking again (%d so far)"
                log.warning(words, self.kind, error, times)
        except ApiError as error:
            if times := self._notable(error):
                log.info("no live %s: %s (%d so far)", self.kind, error, times)
        except Exception as error:
            if times := self._notable(error):
                words = "the channel of %s failed; it goes on in a moment (%d so far)"
                log.exception(words, self.kind, times)
        self._tries += 1
        return WAITS_S[min(self._tries, len(WAITS_S)) - 1]

    def _notable(self, error: Exception) -> int:
        """How many of this kind there were, for the first, second, fourth …, else 0: a server that
        stays bad fills no log."""
        self._failures[type(error)] += 1
        times = self._failures[type(error)]
        return times if times & (times - 1) == 0 else 0

    def _listen(self, view: View) -> None:
        """Raises ApiError, FrameError, OtherNetworkError."""
        from app.live.frames import FrameReader  # numpy, which the first picture can do without

        stream, reader = self._request(self.kind, view), FrameReader()
        with self._lock:
            self._stream = stream
        first = True
        try:
            for chunk in stream.chunks() if self._wants(view) else ():
                for head, columns in reader.feed(chunk):
                    if not self._wants(view):
                        return
                    self._take(head, columns, first)
                    first = False
            if self._wants(view):
                reader.end()
        finally:
            with self._lock:
                self._stream = None
            stream.close()

    def _wants(self, view: View) -> bool:
        return view is self._view and not self._stop

    def _take(self, head: Head, columns: "Columns", first: bool) -> None:
        if head.kind is not self.kind or (first and not head.whole):
            raise FrameError("not what was asked for")
        if head.kind is LiveKind.LINKS and head.network != self._network:
            raise OtherNetworkError
        if not first:  # one frame alone is no sign that it goes well
            self._tries = 0
        result = self._fold(head, columns)
        with self._lock:
            waits = bool(self._newest)
            self._newest = [result]
        if not waits:
            self._post(self._deliver)

    def _refuse(self) -> None:
        if not self._told:
            self._told = True
            log.error("live links refused: they are those of another road network than ours")
            self._post(partial(self._tell, OTHER_NETWORK))

    # on the GUI thread

    def _deliver(self) -> None:
        with self._lock:
            newest, self._newest = self._newest, []
        if newest:
            self._show(newest[0])


def _nobody(_result: Any) -> None:
    """The channel is closed."""
