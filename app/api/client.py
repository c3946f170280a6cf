"""One backend as a set of calls. Each thread has its own HTTP session."""

import io
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.api import codec
from app.api.changes import SILENCE_S, messages, split_events
from app.api.errors import OfflineError, ServerError, error_of
from app.domain.command import Command

if TYPE_CHECKING:
    import requests

log = logging.getLogger(__name__)

API = "1"
CONNECT_S = 3.0
READ_S = 10.0
FILE_READ_S = 60.0


class Stream:
    """An open stream. `close` may be called from any thread and ends the reading."""

    def __init__(self, response: "requests.Response") -> None:
        self._response = response
        self._closed = False

    def __iter__(self) -> Iterator[codec.Page | codec.Heartbeat]:
        """Yield messages of the change stream. Raises OfflineError when it falls silent."""
        with self._while_it_lasts():
            yield from messages(split_events(self._bytes()), self._response.url)

    def chunks(self) -> Iterator[bytes]:
        """Yield bytes as they come. Raises OfflineError when the stream falls silent."""
        with self._while_it_lasts():
            yield from self._bytes()

    def _bytes(self) -> Iterator[bytes]:
        pieces: Iterator[bytes] = self._response.iter_content(chunk_size=None)
        return pieces

    @contextmanager
    def _while_it_lasts(self) -> Iterator[None]:
        import requests

        try:
            yield
        except (requests.RequestException, OSError, AttributeError, ValueError) as error:
            if not self._closed:
                raise OfflineError("LOST", more={"error": str(error)}) from error
        finally:
            self._response.close()

    def close(self) -> None:
        self._closed = True
        try:
            self._response.raw.shutdown()
        except (OSError, ValueError, AttributeError, RuntimeError):  # the last: read to its end
            log.debug("the stream was closed before")


class Api:
    """The calls of the contract (docs: GET /openapi.json of the backend).

    `base_url` may change while running (an embedded backend restarts on another port);
    None means that it is not there now. Every call raises ApiError and blocks: never call
    one on the GUI thread.
    """

    def __init__(
        self, base_url: str | None, *, proxy: str | None = None, ca_file: Path | None = None
    ) -> None:
        self.base_url = base_url
        self._proxy = proxy
        self._ca_file = ca_file
        self._local = threading.local()
        self._sessions: list[requests.Session] = []
        self._lock = threading.Lock()

    def health(self) -> codec.Health:
        return codec.read(codec.Health, self._call("GET", "/health"))

    def sign_in(self, username: str, password: str, seat: str) -> codec.SignedIn:
        login = {"username": username, "password": password, "seat": seat}
        return self._read(codec.SignedIn, "POST", "/v1/sessions", json=login)

    def refresh(self, refresh_token: str) -> codec.SignedIn:
        body = {"refresh_token": refresh_token}
        return self._read(codec.SignedIn, "POST", "/v1/sessions/refresh", json=body)

    def sign_out(self, token: str) -> None:
        self._call("DELETE", "/v1/sessions", token)

    def page(self, token: str, after: int, epoch: str, limit: int = 500) -> codec.Page:
        params = {"after": after, "limit": limit} | ({"epoch": epoch} if epoch else {})
        return self._read(codec.Page, "GET", "/v1/changes", token, params=params)

    def stream(self, token: str, after: int, epoch: str) -> Stream:
        """Open the stream after a revision; silence for SILENCE_S ends it."""
        response = self._send(
            "GET",
            "/v1/changes",
            token,
            params={"after": after, "epoch": epoch},
            headers={"Accept": "text/event-stream"},
            timeout=(CONNECT_S, SILENCE_S),
            stream=True,
        )
        return Stream(response)

    def live(self, token: str, kind: str, where: Mapping[str, float]) -> Stream:
        """Open a live channel (app.domain.live): west, south, east, north in degrees, zoom."""
        response = self._send(
            "GET",
            f"/v1/live/{kind}",
            token,
            params=where,
            timeout=(CONNECT_S, SILENCE_S),
            stream=True,
        )
        return Stream(response)

    def send(self, token: str, command: Command) -> codec.Accepted:
        body = codec.encode(command)
        headers = {"Content-Type": "application/json"}
        return self._read(codec.Accepted, "POST", "/v1/commands", token, data=body, headers=headers)

    def put_file(
        self, token: str, sha256: str, path: Path, media_type: str, stopped: Callable[[], bool]
    ) -> None:
        """Give up, as if the line were cut, when `stopped()` says so."""
        with _Upload(path, stopped) as body:
            self._call(
                "PUT",
                f"/v1/files/{sha256}",
                token,
                data=body,
                headers={"Content-Type": media_type},
                timeout=(CONNECT_S, FILE_READ_S),
            )

    def get_file(self, token: str, sha256: str, target: Path) -> None:
        """Write the file to `target`. Raises OSError for the disk."""
        url, timeout = f"/v1/files/{sha256}", (CONNECT_S, FILE_READ_S)
        response = self._send("GET", url, token, timeout=timeout, stream=True)
        with closing(response), _as_offline(), target.open("wb") as file:
            for chunk in response.iter_content(1 << 16):
                file.write(chunk)

    def presence(self, token: str, incident_ids: Sequence[str]) -> list[codec.Seen]:
        body = {"incident_ids": list(incident_ids)}
        return self._read(codec.Others, "POST", "/v1/presence", token, json=body).others

    def unmask(self, token: str, incident_id: str) -> codec.Unmasked:
        return self._read(codec.Unmasked, "POST", f"/v1/incidents/{incident_id}/unmask", token)

    def stream_address(self, token: str, camera_id: str, quality: str) -> codec.StreamAddress:
        """Where to open a stream (sub or main). Raises InvalidError NO_STREAM, NOT_FOUND."""
        path, body = f"/v1/cameras/{camera_id}/stream", {"quality": quality}
        return self._read(codec.StreamAddress, "POST", path, token, json=body)

    def ptz(
        self, token: str, camera_id: str, body: Mapping[str, Any], timeout_s: float = READ_S
    ) -> None:
        """Move a head that is held: `issued_at` with one of `move`, `stop`, `preset`,
        `set_preset`, `remove_preset`. Raises InvalidError LOCKED, EXPIRED, NO_PTZ and
        ServerError NO_GATEWAY."""
        path = f"/v1/cameras/{camera_id}/ptz"
        data, headers = codec.encode(body), {"Content-Type": "application/json"}
        timeout = (CONNECT_S, timeout_s)
        self._call("POST", path, token, data=data, headers=headers, timeout=timeout)

    def ptz_address(self, token: str, camera_id: str) -> codec.PtzAddress:
        """For who holds the head of an ONVIF camera. Raises ServerError NO_PTZ, PTZ_FREE, …"""
        return self._read(codec.PtzAddress, "GET", f"/v1/cameras/{camera_id}/ptz-address", token)

    def _read[T](self, message: type[T], method: str, path: str, *args: Any, **more: Any) -> T:
        try:
            return codec.read(message, self._call(method, path, *args, **more))
        except codec.BadMessageError as error:
            codec.drop(message.__name__, path, error)
            raise ServerError("BAD_ANSWER", more={"error": str(error)}) from error

    def _call(self, *args: Any, **more: Any) -> bytes:
        """The whole answer. requests would read it by 10 kB, and wait for the interpreter after
        each piece while other threads are busy."""
        response = self._send(*args, stream=True, **more)
        with closing(response), _as_offline():
            content: bytes = response.raw.read(decode_content=True)
        return content

    def _send(self, method: str, path: str, token: str = "", **more: Any) -> "requests.Response":
        if self.base_url is None:
            raise OfflineError("NO_BACKEND")
        headers = {"X-TOCC-Api": API, **more.pop("headers", {})}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        more.setdefault("timeout", (CONNECT_S, READ_S))
        url = self.base_url + path
        with _as_offline():
            response = self._session().request(
                method, url, headers=headers, allow_redirects=False, **more
            )
            if response.status_code in (200, 201, 204):
                return response
            with closing(response):
                raise error_of(response.status_code, response.content)

    def _session(self) -> "requests.Session":
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            from app.api.transport import new_session

            session = self._local.session = new_session(self._proxy, self._ca_file)
            with self._lock:
                self._sessions.append(session)
        return session

    def leave(self) -> None:
        """The calling thread makes no more requests: let its connections go."""
        session = self._local.__dict__.pop("session", None)
        if session is not None:
            session.close()
            with self._lock:
                self._sessions = [known for known in self._sessions if known is not session]

    def close(self) -> None:
        with self._lock:
            for session in self._sessions:
                session.close()
            self._sessions.clear()


class _Upload(io.FileIO):
    """A file that is read to its end only while nobody wants it to stop."""

    def __init__(self, path: Path, stopped: Callable[[], bool]) -> None:
        super().__init__(path)
        self._stopped = stopped

    def read(self, size: int | None = -1, /) -> bytes:
        if self._stopped():
            raise InterruptedError("the upload is given up")
        return super().read(size) or b""


@contextmanager
def _as_offline() -> Iterator[None]:
    """No answer is one thing, whatever the library calls it; a private CA is worth its own code."""
    import requests
    from urllib3.exceptions import HTTPError

    try:
        yield
    except requests.exceptions.SSLError as error:
        raise OfflineError("CERTIFICATE", more={"error": str(error)}) from error
    except requests.exceptions.ProxyError as error:
        raise OfflineError("PROXY", more={"error": str(error)}) from error
    except requests.Timeout as error:
        raise OfflineError("TIMEOUT", more={"error": str(error)}) from error
    except (requests.RequestException, HTTPError) as error:
        raise OfflineError("UNREACHABLE", more={"error": str(error)}) from error
