"""SOAP 1.2 with a WS-Security user name token, as far as ONVIF asks for it.

Sources: OASIS WSS UsernameToken Profile 1.0 (digest = Base64(SHA-1(nonce + created + password)));
ONVIF Core Specification 5.9.4. Everything that a device answers is doubted: size, type, entities.
"""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from app.ptz.device import DEVICE_FAULT, UNAUTHORIZED, UNREACHABLE, PtzError

if TYPE_CHECKING:
    import requests

SOAP: Final = "http://www.w3.org/2003/05/soap-envelope"
WSSE: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU: Final = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_PROFILE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
_ENCODING = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
)
LIMIT: Final = 1_000_000
TIMEOUT_S: Final = (1.0, 2.0)
ANSWER_S: Final = 3.0
_NOT_AUTHORIZED = "NotAuthorized"


@dataclass(frozen=True, slots=True)
class Login:
    username: str
    password: str = field(repr=False)


def digest(nonce: bytes, created: str, password: str) -> str:
    """What proves the password without sending it."""
    return base64.b64encode(
        hashlib.sha1(nonce + created.encode() + password.encode(), usedforsecurity=False).digest()
    ).decode()


def security(login: Login, at: datetime) -> str:
    """The header for a device whose clock shows `at`."""
    nonce = secrets.token_bytes(16)
    created = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"
    return (
        f'<s:Header><Security xmlns="{WSSE}" s:mustUnderstand="1"><UsernameToken>'
        f"<Username>{escape(login.username)}</Username>"
        f'<Password Type="{_PROFILE}#PasswordDigest">{digest(nonce, created, login.password)}'
        f'</Password><Nonce EncodingType="{_ENCODING}">{base64.b64encode(nonce).decode()}</Nonce>'
        f'<Created xmlns="{WSU}">{created}</Created></UsernameToken></Security></s:Header>'
    )


class Soap:
    """Calls to one device. `device_now` tells its clock, once it is known."""

    def __init__(
        self, session: "requests.Session", login: Login, device_now: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._login = login
        self._device_now = device_now

    def call(self, url: str, body: str, *, signed: bool = True, heard: str = "") -> ET.Element:
        """Send the content of the body; returns the answer's. Raises PtzError.

        `heard`: an element whose name is answer enough. Some devices break the rules of XML
        where nobody looks.
        """
        header = (
            security(self._login, self._device_now()) if signed and self._login.username else ""
        )
        text = f'<s:Envelope xmlns:s="{SOAP}">{header}<s:Body>{body}</s:Body></s:Envelope>'
        content = self._post(url, text.encode())
        if heard and heard.encode() in content:
            return ET.Element(heard)
        answer = parse(content)
        fault = answer.find(f"{{{SOAP}}}Fault")
        if fault is not None:
            raise _fault(fault)
        return answer

    def _post(self, url: str, data: bytes) -> bytes:
        import requests
        from urllib3.exceptions import HTTPError

        headers = {"Content-Type": "application/soap+xml; charset=utf-8"}
        try:
            response = self._session.post(
                url, data, headers=headers, timeout=TIMEOUT_S, allow_redirects=False, stream=True
            )
            with closing(response):
                content = _content(response)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise PtzError(UNREACHABLE, type(error).__name__) from error
        if response.status_code in (401, 403):
            raise PtzError(UNAUTHORIZED)
        if response.status_code not in (200, 400, 500):
            raise PtzError(DEVICE_FAULT, f"HTTP {response.status_code}")
        if len(content) > LIMIT or "xml" not in response.headers.get("Content-Type", ""):
            raise PtzError(DEVICE_FAULT, f"HTTP {response.status_code}, no SOAP")
        return content


def _content(response: "requests.Response") -> bytes:
    """At most LIMIT bytes and a little, however slowly a device drips. Raises TimeoutError."""
    content, end = b"", time.monotonic() + ANSWER_S
    while len(content) <= LIMIT and (piece := response.raw.read1(1 << 16, decode_content=True)):
        content += piece
        if time.monotonic() > end:
            raise TimeoutError("the answer takes too long")
    return content


def parse(content: bytes) -> ET.Element:
    """The body of an envelope. Raises PtzError for anything else, entities included."""
    declared = b"<!" in content.replace(b"<!--", b"").replace(b"<![CDATA[", b"")
    if declared or b"\0" in content:  # the latter hides the former: other encodings
        raise PtzError(DEVICE_FAULT, "a document type in SOAP")
    try:
        body = ET.fromstring(content).find(f"{{{SOAP}}}Body")  # noqa: S314 - no DTD, no entities
    except (ET.ParseError, ValueError) as error:
        raise PtzError(DEVICE_FAULT, "no XML") from error
    if body is None:
        raise PtzError(DEVICE_FAULT, "no SOAP body")
    return body


def _fault(fault: ET.Element) -> PtzError:
    words = " ".join(text.strip() for text in fault.itertext() if text.strip())
    code = UNAUTHORIZED if _NOT_AUTHORIZED in words else DEVICE_FAULT
    return PtzError(code, words[:200])
