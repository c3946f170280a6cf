"""The render thread: newest request in, newest picture out."""

import atexit
import logging
import threading
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from maps.render.context import Missing, RenderError, current, make_surface
from maps.render.request import Failure, Finished, RenderRequest
from maps.render.slot import NewestSlot

_log = logging.getLogger(__name__)


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
        self._thread = threading.Thread(target=self._run, name="map-render", daemon=True)
        # A thread that still draws while the interpreter goes down would take it along.
        atexit.register(self._end)

    def post(self, request: RenderRequest) -> None:
        """Ask for a picture; a request that still waits is forgotten."""
        self._requests.put(request)
        if self._thread.ident is None:  # not before somebody listens: it may fail at once
            self._thread.start()

    def take(self) -> Finished | None:
        """What is new since the last call."""
        return self._results.take()

    def close(self) -> None:
        """End the thread and wait for it; then the surface may go."""
        atexit.unregister(self._end)
        self._end()
        self._surface.destroy()

    def _end(self) -> None:
        self._requests.close()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            with current(self._surface):
                self._serve()
        except RenderError as error:
            _log.error("no map: %s (%s)", error.missing, error)
            self._publish(Finished(failure=Failure(error.missing, str(error))))
        except Exception as error:  # noqa: BLE001 a silent death would leave a frozen map
            _log.exception("the map's render thread failed")
            self._publish(Finished(failure=Failure(Missing.DRAWING, repr(error))))

    def _serve(self) -> None:
        # OpenGL is loaded here, in the thread, when the first map is shown.
        from maps.render.labelling import Labelling
        from maps.render.scene import Scene

        scene, labelling = Scene(), Labelling()
        while (request := self._requests.wait()) is not None:
            picture = scene.draw(request)
            self._publish(Finished(picture=picture))
            self._publish(Finished(labels=labelling.place(picture)))

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
            self.finished.emit()
