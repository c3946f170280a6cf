"""A camera's head over ONVIF, spoken with the device itself (Profile S, PTZ service 2.0)."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from app.domain.ptz import Move
from app.ptz.device import DEVICE_FAULT, NO_SUCH_PRESET, PtzError
from app.ptz.soap import Login, Soap

DEVICE: Final = "http://www.onvif.org/ver10/device/wsdl"
MEDIA: Final = "http://www.onvif.org/ver10/media/wsdl"
PTZ: Final = "http://www.onvif.org/ver20/ptz/wsdl"
SCHEMA: Final = "http://www.onvif.org/ver10/schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnvifAddress:
    """`url` is the device service, as the backend knows it."""

    url: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Head:
    """A profile that can be moved; what it has no speeds for must not be named in a move."""

    token: str
    turns: bool
    zooms: bool


class Onvif:
    """`open` asks the device for its clock, services and profiles; once, before anything else.

    `timeout_s`: how long it goes on moving when it hears nothing more.
    """

    def __init__(
        self, address: OnvifAddress, timeout_s: float, now: Callable[[], float] = time.time
    ) -> None:
        from app.api.transport import new_session

        self._url = address.url
        self._timeout_s = timeout_s
        self._now = now
        self._ahead_s = 0.0
        self._ptz_url = ""
        self._head = _Head("", turns=False, zooms=False)
        self._session = new_session(None, None)
        self._login(address)

    def _login(self, address: OnvifAddress) -> None:
        from app.ptz.challenge import Digest

        if address.username:
            self._session.auth = Digest(address.username, address.password)
        login = Login(address.username, address.password)
        self._soap = Soap(self._session, login, self._device_now)

    def open(self) -> None:
        """Raises PtzError."""
        self._read_clock()
        services = self._services()
        self._head = self._movable(services[MEDIA])
        self._ptz_url = services[PTZ]

    def move(self, move: Move) -> None:
        speeds = ""
        if self._head.turns:
            speeds += f'<PanTilt xmlns="{SCHEMA}" x="{move.pan:.3f}" y="{move.tilt:.3f}"/>'
        if self._head.zooms:
            speeds += f'<Zoom xmlns="{SCHEMA}" x="{move.zoom:.3f}"/>'
        timeout = f"<Timeout>PT{self._timeout_s:g}S</Timeout>"
        self._act("ContinuousMove", f"<Velocity>{speeds}</Velocity>{timeout}")

    def stop(self) -> None:
        self._act("Stop", "<PanTilt>true</PanTilt><Zoom>true</Zoom>")

    def go_to(self, number: int) -> None:
        self._act("GotoPreset", f"<PresetToken>{escape(self._token(number))}</PresetToken>")

    def set_preset(self, number: int, name: str) -> None:
        """The device's name begins with our number, as its token is its own affair."""
        token = self._tokens().get(number)
        named = f"<PresetName>{escape(f'{number} {name}'.strip())}</PresetName>"
        known = f"<PresetToken>{escape(token)}</PresetToken>" if token else ""
        self._act("SetPreset", named + known)

    def remove_preset(self, number: int) -> None:
        self._act("RemovePreset", f"<PresetToken>{escape(self._token(number))}</PresetToken>")

    def close(self) -> None:
        self._session.close()

    def _token(self, number: int) -> str:
        try:
            return self._tokens()[number]
        except KeyError:
            raise PtzError(NO_SUCH_PRESET, str(number)) from None

    def _tokens(self) -> dict[int, str]:
        """The device's tokens by our numbers: from the name, else a token that is a number."""
        answer = self._ask("GetPresets", "")
        found: dict[int, str] = {}
        for preset in answer.iter(f"{{{PTZ}}}Preset"):
            token = preset.get("token", "")
            name = preset.findtext(f"{{{SCHEMA}}}Name", "").partition(" ")[0]
            for text, sure in ((name, True), (token, False)):
                if text.isdecimal() and (sure or int(text) not in found):
                    found[int(text)] = token
                    break
        return found

    def _act(self, name: str, content: str) -> None:
        self._ask(name, content, heard=f"{name}Response")

    def _ask(self, name: str, content: str, heard: str = "") -> ET.Element:
        profile = f"<ProfileToken>{escape(self._head.token)}</ProfileToken>"
        body = f'<{name} xmlns="{PTZ}">{profile}{content}</{name}>'
        return self._soap.call(self._ptz_url, body, heard=heard)

    # the device itself

    def _device_now(self) -> datetime:
        return datetime.fromtimestamp(self._now(), UTC) + timedelta(seconds=self._ahead_s)

    def _read_clock(self) -> None:
        """What we sign must look as of now to the device, however wrong its clock is."""
        body = f'<GetSystemDateAndTime xmlns="{DEVICE}"/>'
        at = _utc(self._soap.call(self._url, body, signed=False))
        self._ahead_s = at.timestamp() - self._now() if at else 0.0

    def _services(self) -> dict[str, str]:
        """Addresses by namespace, always on the host that we were told: a device behind another
        address tells its own, and our password must not follow a foreign one."""
        body = f'<GetServices xmlns="{DEVICE}"><IncludeCapability>false</IncludeCapability>'
        answer = self._soap.call(self._url, f"{body}</GetServices>")
        found = {
            service.findtext(f"{{{DEVICE}}}Namespace", "").strip(): self._here(
                service.findtext(f"{{{DEVICE}}}XAddr", "")
            )
            for service in answer.iter(f"{{{DEVICE}}}Service")
        }
        if MEDIA not in found or PTZ not in found:
            raise PtzError(DEVICE_FAULT, "no PTZ service")
        return found

    def _here(self, address: str) -> str:
        try:
            return urlsplit(self._url)._replace(path=urlsplit(address.strip()).path).geturl()
        except ValueError as error:
            raise PtzError(DEVICE_FAULT, "no address of a service") from error

    def _movable(self, media_url: str) -> _Head:
        answer = self._soap.call(media_url, f'<GetProfiles xmlns="{MEDIA}"/>')
        for profile in answer.iter(f"{{{MEDIA}}}Profiles"):
            ptz = profile.find(f"{{{SCHEMA}}}PTZConfiguration")
            if ptz is not None:
                turns, zooms = (
                    ptz.find(f"{{{SCHEMA}}}DefaultContinuous{what}VelocitySpace") is not None
                    for what in ("PanTilt", "Zoom")
                )
                known = turns or zooms  # a device that names no spaces has to know both
                token = profile.get("token", "")
                return _Head(token, turns=turns or not known, zooms=zooms or not known)
        raise PtzError(DEVICE_FAULT, "no profile with PTZ")


def _utc(answer: ET.Element) -> datetime | None:
    """The device's clock; None if it tells none that can be read."""
    found = next(answer.iter(f"{{{SCHEMA}}}UTCDateTime"), None)
    if found is None:
        return None
    names = ("Date/Year", "Date/Month", "Date/Day", "Time/Hour", "Time/Minute", "Time/Second")
    paths = ["/".join(f"{{{SCHEMA}}}{part}" for part in name.split("/")) for name in names]
    try:
        year, month, day, hour, minute, second = (int(found.findtext(path, "")) for path in paths)
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
