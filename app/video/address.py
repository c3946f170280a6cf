"""Where a camera's stream is to be had just now, as the backend said."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from app.video.status import Fault


class Quality(StrEnum):
    SUB = "sub"
    MAIN = "main"


@dataclass(frozen=True, slots=True)
class Address:
    """The URL carries secrets: it is never shown, logged or kept; `host` may be.

    `device_id` is the 20-digit code of the device that the backend will connect us to.
    """

    url: str = field(repr=False)
    device_id: str = ""
    channel: str = ""
    quality: Quality = Quality.SUB
    expires_at: datetime | None = None
    demo: bool = False

    @property
    def scheme(self) -> str:
        return urlsplit(self.url).scheme.lower()

    @property
    def host(self) -> str:
        """Host and port, without login."""
        return urlsplit(self.url).netloc.rpartition("@")[2].lower()


class NoAddressError(Exception):
    """The backend gave no address; `fault` tells why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
