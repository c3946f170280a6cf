"""A network cable that can be pulled: a TCP relay between the seat and its backend."""

import socket
import threading
from contextlib import suppress


class Cable:
    """Listens on a free port of the loopback; `pull` cuts every connection and refuses new ones
    until `plug`. A few threads, no Qt."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.target = 0
        self._plugged = True
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._begin(self._accept)

    def lead_to(self, url: str) -> None:
        """Where the far end is: the backend's address."""
        self.target = int(url.rpartition(":")[2])

    def pull(self) -> None:
        with self._lock:
            self._plugged = False
        self._cut()

    def plug(self) -> None:
        with self._lock:
            self._plugged = True

    def close(self) -> None:
        """Cut everything and join the threads."""
        self.pull()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _begin(self, work: object, *args: object) -> None:
        assert callable(work)
        thread = threading.Thread(target=work, args=args, name="tocc-cable", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self._join(near)

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            near.close()
            return
        far.settimeout(None)
        with self._lock:
            plugged = self._plugged
            if plugged:
                self._open |= {near, far}
        if not plugged:
            near.close()
            far.close()
            return
        self._begin(self._pump, near, far)
        self._begin(self._pump, far, near)

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):  # the other end is gone: so is this one
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            _shut(end)

    def _cut(self) -> None:
        with self._lock:
            ends, self._open = self._open, set()
        for end in ends:
            _shut(end)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
