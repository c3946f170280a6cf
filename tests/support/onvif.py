"""An ONVIF camera: a SOAP service over HTTP that checks who signed, and turns its head.

It reads XML and WS-Security by itself (nothing of the client's code), refuses a wrong, late or
repeated token, keeps position and presets, and stops by itself when a move's timeout is over.
"""

from __future__ import annotations

import base64
import hashlib
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

NS = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "wsse": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
    "wsu": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
    "tds": "http://www.onvif.org/ver10/device/wsdl",
    "trt": "http://www.onvif.org/ver10/media/wsdl",
    "tptz": "http://www.onvif.org/ver20/ptz/wsdl",
    "tt": "http://www.onvif.org/ver10/schema",
    "ter": "http://www.onvif.org/ver10/error",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
DIGEST = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
    "#PasswordDigest"
)
FAULT = (
    "<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>{}</s:Value></s:Subcode>"
    '</s:Code><s:Reason><s:Text xml:lang="en">{}</s:Text></s:Reason></s:Fault>'
)
FRESH = timedelta(seconds=5)


class Refused(Exception):  # noqa: N818 - an answer, not a defect
    """A SOAP fault: subcode and words."""


@dataclass
class Camera:
    """`clock_off`: how wrong its clock is. `calls`: what it was told, in order. `mute`: it takes
    connections and answers nothing until it is set free. `raw`: answers this instead of SOAP."""

    username: str = "operator"
    password: str = "tocc-test-1"
    clock_off: timedelta = timedelta()
    own_host: str = "192.0.2.7"
    zooms: bool = True
    mute: threading.Event | None = None
    raw: tuple[int, str, bytes] | None = None
    url: str = ""
    calls: list[str] = field(default_factory=list)
    presets: dict[str, tuple[str, tuple[float, float, float]]] = field(default_factory=dict)
    _nonces: set[str] = field(default_factory=set)
    _place: tuple[float, float, float] = (0.0, 0.0, 0.0)
    _speed: tuple[float, float, float] = (0.0, 0.0, 0.0)
    _since: float = 0.0
    _until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_moving(self) -> bool:
        return any(self._speed) and time.monotonic() < self._until

    @property
    def speed(self) -> tuple[float, float, float]:
        return self._speed if self.is_moving else (0.0, 0.0, 0.0)

    @property
    def place(self) -> tuple[float, float, float]:
        for_s = max(0.0, min(time.monotonic(), self._until) - self._since)
        pan, tilt, zoom = (
            at + speed * for_s for at, speed in zip(self._place, self._speed, strict=True)
        )
        return pan, tilt, zoom

    def now(self) -> datetime:
        return datetime.now(UTC) + self.clock_off

    def answer(self, body: bytes, path: str) -> str:
        """The answer's body. Raises Refused."""
        envelope = ET.fromstring(body)
        request = envelope.find("s:Body", NS)
        if request is None or len(request) != 1:
            raise Refused("ter:InvalidArgVal", "one request in a body")
        act = request[0]
        namespace, _, name = act.tag[1:].partition("}")
        service = {NS["tds"]: "device", NS["trt"]: "media", NS["tptz"]: "ptz"}.get(namespace)
        if service is None or path != f"/onvif/{service}_service":
            raise Refused("ter:ActionNotSupported", act.tag)
        if name != "GetSystemDateAndTime":
            self._check(envelope)
        with self._lock:
            self.calls.append(name)
            return str(getattr(self, f"_{re.sub('(?<!^)(?=[A-Z])', '_', name).lower()}")(act))

    def _check(self, envelope: ET.Element) -> None:
        token = envelope.find("s:Header/wsse:Security/wsse:UsernameToken", NS)
        if token is None:
            raise Refused("ter:NotAuthorized", "no token")
        nonce = token.findtext("wsse:Nonce", "", NS)
        created = token.findtext("wsu:Created", "", NS)
        password = token.find("wsse:Password", NS)
        age = self.now() - datetime.fromisoformat(created)
        wanted = hashlib.sha1(base64.b64decode(nonce, validate=True) + created.encode())
        wanted.update(self.password.encode())
        good = (
            password is not None
            and password.get("Type") == DIGEST
            and base64.b64decode(password.text or "") == wanted.digest()
            and token.findtext("wsse:Username", "", NS) == self.username
            and abs(age) < FRESH
            and nonce not in self._nonces
        )
        if not good:
            raise Refused("ter:NotAuthorized", "The sender is not authorized")
        self._nonces.add(nonce)

    # device and media

    def _get_system_date_and_time(self, _act: ET.Element) -> str:
        now = self.now()
        return (
            "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>"
            "<tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>"
            f"<tt:UTCDateTime><tt:Time><tt:Hour>{now.hour}</tt:Hour><tt:Minute>{now.minute}"
            f"</tt:Minute><tt:Second>{now.second}</tt:Second></tt:Time><tt:Date><tt:Year>"
            f"{now.year}</tt:Year><tt:Month>{now.month}</tt:Month><tt:Day>{now.day}</tt:Day>"
            "</tt:Date></tt:UTCDateTime></tds:SystemDateAndTime>"
            "</tds:GetSystemDateAndTimeResponse>"
        )

    def _get_services(self, _act: ET.Element) -> str:
        services = "".join(
            f"<tds:Service><tds:Namespace>{NS[prefix]}</tds:Namespace>"
            f"<tds:XAddr>http://{self.own_host}/onvif/{name}_service</tds:XAddr></tds:Service>"
            for prefix, name in (("tds", "device"), ("trt", "media"), ("tptz", "ptz"))
        )
        return f"<tds:GetServicesResponse>{services}</tds:GetServicesResponse>"

    def _get_profiles(self, _act: ET.Element) -> str:
        zoom = "<tt:DefaultContinuousZoomVelocitySpace>z</tt:DefaultContinuousZoomVelocitySpace>"
        return (
            '<trt:GetProfilesResponse><trt:Profiles token="fixed"><tt:Name>a</tt:Name>'
            '</trt:Profiles><trt:Profiles token="dome"><tt:PTZConfiguration token="p">'
            "<tt:DefaultContinuousPanTiltVelocitySpace>x"
            f"</tt:DefaultContinuousPanTiltVelocitySpace>{zoom if self.zooms else ''}"
            "</tt:PTZConfiguration></trt:Profiles></trt:GetProfilesResponse>"
        )

    # PTZ

    def _continuous_move(self, act: ET.Element) -> str:
        self._check_profile(act)
        turn = act.find("tptz:Velocity/tt:PanTilt", NS)
        zoom = act.find("tptz:Velocity/tt:Zoom", NS)
        if zoom is not None and not self.zooms:
            raise Refused("ter:SpaceNotSupported", "no zoom")
        old = self.speed
        pan, tilt = (float(turn.attrib[axis]) for axis in "xy") if turn is not None else old[:2]
        speed = (pan, tilt, float(zoom.attrib["x"]) if zoom is not None else old[2])
        if any(abs(part) > 1 for part in speed):
            raise Refused("ter:InvalidVelocity", str(speed))
        timeout = re.fullmatch(r"PT([\d.]+)S", act.findtext("tptz:Timeout", "", NS))
        if timeout is None:
            raise Refused("ter:TimeoutNotSupported", "an endless move")
        self._rest()
        self._speed, self._until = speed, self._since + float(timeout[1])
        return "<tptz:ContinuousMoveResponse/>"

    def _stop(self, act: ET.Element) -> str:
        self._check_profile(act)
        self._rest()
        return "<tptz:StopResponse/>"

    def _get_presets(self, act: ET.Element) -> str:
        self._check_profile(act)
        rows = "".join(
            f'<tptz:Preset token="{token}"><tt:Name>{escape(name)}</tt:Name></tptz:Preset>'
            for token, (name, _) in self.presets.items()
        )
        return f"<tptz:GetPresetsResponse>{rows}</tptz:GetPresetsResponse>"

    def _set_preset(self, act: ET.Element) -> str:
        self._check_profile(act)
        token = act.findtext("tptz:PresetToken", "", NS) or f"tok-{len(self.presets) + 1}"
        self._rest()
        self.presets[token] = act.findtext("tptz:PresetName", "", NS), self._place
        return (
            f"<tptz:SetPresetResponse><tptz:PresetToken>{token}</tptz:PresetToken>"
            "</tptz:SetPresetResponse>"
        )

    def _goto_preset(self, act: ET.Element) -> str:
        self._check_profile(act)
        self._rest()
        self._place = self._known(act)[1]
        return "<tptz:GotoPresetResponse/>"

    def _remove_preset(self, act: ET.Element) -> str:
        self._check_profile(act)
        self._known(act)
        del self.presets[act.findtext("tptz:PresetToken", "", NS)]
        return "<tptz:RemovePresetResponse/>"

    def _known(self, act: ET.Element) -> tuple[str, tuple[float, float, float]]:
        try:
            return self.presets[act.findtext("tptz:PresetToken", "", NS)]
        except KeyError as error:
            raise Refused("ter:NoToken", "no such preset") from error

    def _check_profile(self, act: ET.Element) -> None:
        if act.findtext("tptz:ProfileToken", "", NS) != "dome":
            raise Refused("ter:NoProfile", "no such profile")

    def _rest(self) -> None:
        self._place, self._speed, self._since = self.place, (0.0, 0.0, 0.0), time.monotonic()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    camera: Camera

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        camera = self.camera
        if camera.mute is not None:
            camera.mute.wait(10)
            self.close_connection = True
            return
        if camera.raw is not None:
            self._reply(*camera.raw)
            return
        try:
            status, inner = 200, camera.answer(body, self.path)
        except Refused as refused:
            status, inner = 400, FAULT.format(*refused.args)
        text = f"<s:Envelope {DECLARED}><s:Body>{inner}</s:Body></s:Envelope>"
        self._reply(status, "application/soap+xml; charset=utf-8", text.encode())

    def _reply(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Nothing on the console of a test."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def handle_error(self, *_args: Any) -> None:
        """A client that gave up is part of the tests."""


@contextmanager
def onvif_camera(**values: Any) -> Iterator[Camera]:
    """A camera that serves on loopback; `camera.url` is its device service."""
    camera = Camera(**values)
    handler = type("Handler", (_Handler,), {"camera": camera, "timeout": 0.5})
    server = _Server(("127.0.0.1", 0), handler)
    camera.url = f"http://127.0.0.1:{server.server_port}/onvif/device_service"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="onvif-camera")
    thread.start()
    try:
        yield camera
    finally:
        if camera.mute is not None:
            camera.mute.set()
        server.shutdown()
        server.server_close()
        thread.join()
