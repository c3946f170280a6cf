"""The render thread: newest request in, newest picture out."""

import atexit
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal

from maps.render.context import Missing, RenderError, current, make_surface
from maps.render.request import Failure, Finished, RenderRequest
from maps.render.slot import NewestSlot

_log = logging.getLogger(__name__)

_PAUSES_S: Final = (0.0, 0.3, 1.5, 5.0)  # before each try in a row to draw with a new context
_PAINT_S: Final = 0.02  # a picture is usually on the screen by then


class RenderThread(QObject):
    """Draws in a thread of its own. Made, fed and closed on the GUI thread.

    Signals: ``finished`` — take() has something new. One notice may stand for many pictures.
    """

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._requests = NewestSlot[RenderRequest]()
        self._results = NewestSlot[Finished]()
        self._surface = make_surface()
        self._painted = threading.Event()
        self._request: RenderRequest | None = None  # the one in hand
        self._has_drawn = False
        self._failures = 0  # in a row
        self._thread = threading.Thread(target=self._run, name="map-render", daemon=True)
        # A thread that still draws while the interpreter goes down would take it along.
        atexit.register(self._end)

    def start(self) -> None:
        """Load OpenGL and make the context; `post` does it else. It may fail at once: take()."""
        if self._thread.ident is None:
            self._thread.start()

    def post(self, request: RenderRequest) -> None:
        """Ask for a picture; a request that still waits is forgotten."""
        self._requests.put(request)
        self.start()

    def take(self) -> Finished | None:
        """What is new since the last call."""
        return self._results.take()

    def painted(self) -> None:
        """What was taken is on the screen."""
        self._painted.set()

    def close(self) -> None:
        """End the thread and wait for it; then the surface may go."""
        atexit.unregister(self._end)
        self._end()
        self._surface.destroy()

    def _end(self) -> None:
        self._requests.close()
        self._painted.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        """Serve; whatever breaks is made anew, a few times in a row."""
        while True:
            try:
                with current(self._surface) as is_current:
                    self._serve(is_current)
                return
            except Exception as error:  # noqa: BLE001 a silent death would leave a frozen map
                if not self._try_again(error):
                    return
            # The error is gone here, and with it all that it held in the lost context.
            if self._requests.closed_within(_PAUSES_S[self._failures - 1]):
                return

    def _serve(self, is_current: Callable[[], bool]) -> None:
        # OpenGL is loaded here, in the thread, when the first map is shown.
        from maps.render.labelling import REST_S, Labelling
        from maps.render.scene import Scene

        scene, labelling, placed = Scene(), Labelling(), None
        while (request := self._requests.wait()) is not None:
            self._request = request
            if not is_current():
                raise RenderError(Missing.CONTEXT, "the OpenGL context was lost")
            picture = scene.draw(request)
            self._has_drawn = True
            self._painted.clear()
            self._publish(Finished(picture=picture))
            # Both need the interpreter: a frame that shares it with the next picture takes twice
            # as long.
            self._painted.wait(_PAINT_S)
            if self._requests.waits and labelling.is_fresh:
                continue  # the texts of a later picture will do
            labels = labelling.place(picture)
            self._failures = 0
            if labels is not placed:
                self._publish(Finished(labels=labels))
            if labelling.holds_back and not self._requests.comes_within(2.0 * REST_S):
                labels = labelling.place(picture)
                self._publish(Finished(labels=labels))
            placed = labels

    def _try_again(self, error: Exception) -> bool:
        """Whether a new context is worth a try; says so in the log, else to the canvas."""
        if self._failures < (len(_PAUSES_S) if self._has_drawn else 0):
            self._failures += 1
            _log.warning("the map's OpenGL context is made anew: %r", error, exc_info=error)
            if self._request is not None:
                self._requests.put_behind(self._request)
            return True
        missing = error.missing if isinstance(error, RenderError) else Missing.DRAWING
        _log.error("no map: %s (%s)", missing, error, exc_info=error)
        self._publish(Finished(failure=Failure(missing, str(error) or repr(error))))
        return False

    def _publish(self, new: Finished) -> None:
        def merged(waiting: Finished | None) -> Finished:
            if waiting is None:
                return new
            return replace(
                waiting,
                picture=new.picture or waiting.picture,
                labels=new.labels or waiting.labels,
                failure=new.failure or waiting.failure,
            )

        if self._results.update(merged):
            # emit() holds a lock of Qt's while it wakes the GUI thread, which then waits for it.
            QMetaObject.invokeMethod(self, "finished", Qt.ConnectionType.QueuedConnection)


_ahead: Final[list[RenderThread]] = []


def start_ahead() -> None:
    """Begin the first map's thread before there is a map, while the rest of the desk is built:
    loading a driver takes long and leaves the interpreter to others. On the GUI thread."""
    _ahead.append(RenderThread())
    _ahead[0].start()


def render_thread() -> RenderThread:
    """The one that was started ahead, if nobody has it yet. On the GUI thread."""
    return _ahead.pop() if _ahead else RenderThread()


def end_ahead() -> None:
    """End it if no map has come."""
    while _ahead:
        _ahead.pop().close()
