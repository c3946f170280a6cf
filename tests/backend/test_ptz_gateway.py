"""The way to camera heads: eight bytes over HTTP to a gateway, or simulated heads of the demo."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from app.domain.ptz import STILL, Move, PresetAct, PresetCommand
from backend.adapters.ptz_gateway import GatewayError, HttpGateway
from backend.demo.heads import DemoHeads, Position

CODE = "12011600001310000001"


@dataclass
class Ticks:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Gateway:
    url: str
    bodies: list[dict[str, str]]


@pytest.fixture
def http_gateway() -> Iterator[Gateway]:
    bodies: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if self.path == "/broken" else 200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the test's output."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield Gateway(f"http://127.0.0.1:{server.server_port}", bodies)
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_gateway_gets_the_eight_bytes(http_gateway: Gateway) -> None:
    HttpGateway(http_gateway.url).send(CODE, PresetCommand(PresetAct.CALL, 1))
    assert http_gateway.bodies == [{"device_id": CODE, "command": "A50F018200010038"}]


@pytest.mark.parametrize("path", ["/broken", ":1/nobody"])
def test_a_gateway_that_fails_is_told_without_its_address(http_gateway: Gateway, path: str) -> None:
    url = http_gateway.url + path if path[0] == "/" else f"http://127.0.0.1{path}"
    with pytest.raises(GatewayError) as error:
        HttpGateway(url).send(CODE, STILL)
    assert "127.0.0.1" not in str(error.value)


def test_a_demo_head_moves_with_time_stops_and_comes_back_to_its_preset() -> None:
    ticks = Ticks()
    demo = DemoHeads(ticks)
    demo.send(CODE, Move(pan=0.5, tilt=-1.0, zoom=1.0))
    ticks.now += 1.0
    demo.send(CODE, STILL)
    ticks.now += 5.0
    there = Position(pan_deg=30.0, tilt_deg=-70.0, zoom=5.0)
    assert demo.position(CODE) == (there, False)
    demo.send(CODE, PresetCommand(PresetAct.SET, 4))
    demo.send(CODE, Move(zoom=-1.0))
    assert demo.position(CODE)[1]
    demo.send(CODE, PresetCommand(PresetAct.CALL, 4))
    assert demo.position(CODE) == (there, False)
