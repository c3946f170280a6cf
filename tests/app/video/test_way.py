"""Streams over the desk's proxy and from servers that a private authority vouches for."""

from __future__ import annotations

import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest

from app.video.address import Address
from app.video.limits import stream_limits
from app.video.source import SourceError, open_source
from app.video.way import Way
from tests.support.streams import video

CERTIFICATES: Final = Path(__file__).parents[1] / "certificates"
AUTHORITY: Final = CERTIFICATES / "authority.pem"
STREAM: Final = video(count=25)


class Camera(BaseHTTPRequestHandler):
    """Keeps the target of every request on its server; as a proxy it lets HTTPS through."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(STREAM)

    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)
        host, _, port = self.path.partition(":")
        with socket.create_connection((host, int(port))) as far:
            self.send_response(200)
            self.end_headers()
            ends = {far: self.connection, self.connection: far}
            while True:
                for end in select.select(list(ends), [], [])[0]:
                    if not (data := end.recv(1 << 16)):
                        return
                    ends[end].sendall(data)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


class Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Camera)
        self.asked: list[str] = []

    def handle_error(self, *_: object) -> None:
        """Who is not believed is hung up on."""


@contextmanager
def running(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def plain() -> Iterator[Server]:
    with running(Server()) as server:
        yield server


@pytest.fixture
def private() -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem")
    server = Server()
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with running(server):
        yield server


@pytest.fixture
def proxy() -> Iterator[Server]:
    with running(Server()) as server:
        yield server


def opens(server: Server, way: Way, scheme: str = "http") -> None:
    address = Address(f"{scheme}://localhost:{server.server_port}/road")
    with open_source(address, "", stream_limits().open, way) as source:
        assert next(source.packets()).size


def test_a_private_authority_is_believed_when_the_settings_name_it(private: Server) -> None:
    opens(private, Way(ca_file=AUTHORITY), "https")
    assert private.asked == ["/road"]


def test_a_server_that_nobody_vouches_for_is_asked_for_nothing(private: Server) -> None:
    with pytest.raises(SourceError):
        opens(private, Way(), "https")
    assert private.asked == []


def test_whom_the_operating_system_believes_is_believed(
    private: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.video.way._system_authorities", lambda: str(AUTHORITY))
    opens(private, Way(), "https")
    assert private.asked == ["/road"]


def test_the_proxy_of_the_settings_is_asked(plain: Server, proxy: Server) -> None:
    opens(plain, Way(proxy=f"http://127.0.0.1:{proxy.server_port}"))
    assert proxy.asked == [f"http://localhost:{plain.server_port}/road"]
    assert plain.asked == []


def test_the_proxy_lets_an_encrypted_stream_through(private: Server, proxy: Server) -> None:
    way = Way(proxy=f"http://127.0.0.1:{proxy.server_port}", ca_file=AUTHORITY)
    opens(private, way, "https")
    assert proxy.asked == [f"localhost:{private.server_port}"]
    assert private.asked == ["/road"]


def test_no_proxy_is_taken_from_the_surroundings(
    plain: Server, proxy: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")
    monkeypatch.delenv("no_proxy", raising=False)
    opens(plain, Way())
    assert (plain.asked, proxy.asked) == (["/road"], [])


def test_the_password_of_a_proxy_is_not_shown() -> None:
    assert "s3cret" not in repr(Way(proxy="http://desk:s3cret@127.0.0.1:3128"))
