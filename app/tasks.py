"""Work off the GUI thread, and the one way back to it."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

log = logging.getLogger(__name__)


class TaskRunner(QObject):
    """A small pool for reads and preparation. Live on the GUI thread.

    Signals: _posted(callable), private: carries a call to the GUI thread.
    """

    _posted = Signal(object)

    def __init__(self, workers: int = 2) -> None:
        super().__init__()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="tocc-task")
        self._closed = False
        self._posted.connect(self._on_posted, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Run `call` on the GUI thread, from any thread. Costs about 60 µs: batch."""
        if not self._closed:
            self._posted.emit(call)

    def run[T](
        self,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `work(*args)` in the pool; `done(result)` or `failed(error)` on the GUI thread.

        A failure that nobody asked about is logged.
        """

        def finished(future: Future[T]) -> None:
            if future.cancelled():
                return
            error = future.exception()
            if isinstance(error, Exception):
                self._fail(error, failed)
            elif done is not None:
                self.post(lambda: done(future.result()))

        self._pool.submit(work, *args).add_done_callback(finished)

    def _fail(self, error: Exception, failed: Callable[[Exception], None] | None) -> None:
        if failed is None:
            log.error("a background task failed", exc_info=error)
        else:
            self.post(lambda: failed(error))

    def _on_posted(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def shutdown(self) -> None:
        """Finish what runs, drop what waits, post nothing more."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
