"""What the client makes of answers, of no answer, and of somebody else's answer."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from app.api.client import Api
from app.api.errors import (
    ApiError,
    ConflictError,
    DeniedError,
    EpochError,
    IncompatibleError,
    InvalidError,
    OfflineError,
    ServerError,
    SignedOutError,
    error_of,
)
from app.api.transport import new_session


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, SignedOutError),
        (403, DeniedError),
        (404, InvalidError),
        (409, ConflictError),
        (410, EpochError),
        (422, InvalidError),
        (426, IncompatibleError),
        (429, ServerError),
        (500, ServerError),
        (503, ServerError),
    ],
)
def test_each_refusal_of_the_server_has_its_error(status: int, kind: type[ApiError]) -> None:
    error = error_of(
        status, '{"code":"X","message_zh":"不行","message_en":"No","until":5}'.encode()
    )
    assert type(error) is kind
    assert (error.code, error.sentence("zh"), error.sentence("en")) == ("X", "不行", "No")
    assert error.more == {"until": 5}


@pytest.mark.parametrize("status", [302, 400, 403, 404, 407, 502])
def test_the_page_of_a_proxy_decides_nothing_about_a_command(status: int) -> None:
    assert type(error_of(status, b"<html>Blocked by policy</html>")) is ServerError
    assert type(error_of(status, b"[1]")) is ServerError


class Answering(BaseHTTPRequestHandler):
    body: ClassVar[bytes] = b"{}"
    seen: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        type(self).seen = dict(self.headers)
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, form: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def api(server: str) -> Iterator[Api]:
    api = Api(server)
    yield api
    api.close()


CERTIFICATES = Path(__file__).parent / "certificates"
"""A made-up authority and a server that it vouches for, good for a hundred years."""


@pytest.fixture
def private_server() -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem")
    with QuietServer(("127.0.0.1", 0), Answering) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"https://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()


class QuietServer(HTTPServer):
    def handle_error(self, request: object, address: object) -> None:
        """A client that hangs up because of the certificate is what the test wants."""


def test_a_private_authority_is_believed_when_the_settings_name_it(private_server: str) -> None:
    Answering.body = b'{"version":"1.2.3"}'
    api = Api(private_server, ca_file=CERTIFICATES / "authority.pem")
    assert api.health().version == "1.2.3"
    api.close()


def test_a_server_that_nobody_vouches_for_gets_no_request(private_server: str) -> None:
    Answering.seen = {}
    api = Api(private_server)
    with pytest.raises(OfflineError, match="CERTIFICATE"):
        api.health()
    assert Answering.seen == {}
    api.close()


def test_requests_name_their_version_and_carry_the_token(api: Api) -> None:
    Answering.body = b'{"epoch":"e","head":0,"next":0,"changes":[]}'
    api.page("secret", 0, "")
    assert Answering.seen["X-TOCC-Api"] == "1"
    assert Answering.seen["Authorization"] == "Bearer secret"


def test_an_answer_that_is_not_what_the_contract_says_is_no_answer(
    api: Api, expect_log: pytest.FixtureRequest
) -> None:
    expect_log("dropped message from /v1/changes: Page")  # type: ignore[operator]  # a callable
    Answering.body = b"<html>please log in to the guest network</html>"
    with pytest.raises(ServerError, match="BAD_ANSWER"):
        api.page("t", 0, "")


def test_nobody_there_is_offline() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    api = Api(f"http://127.0.0.1:{port}")
    with pytest.raises(OfflineError, match="UNREACHABLE"):
        api.health()
    api.close()


def test_no_backend_yet_is_offline_without_asking_anybody() -> None:
    with pytest.raises(OfflineError, match="NO_BACKEND"):
        Api(None).health()


def test_a_proxy_that_is_not_there_has_its_own_code() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    api = Api("http://backend.invalid", proxy=f"http://127.0.0.1:{port}")
    with pytest.raises(OfflineError, match="PROXY"):
        api.health()
    api.close()


def test_a_session_takes_nothing_from_its_surroundings(
    monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with new_session(None, None) as session:
        assert session.get(server, timeout=5).status_code == 200
