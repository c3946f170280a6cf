"""Asks the backend where a camera's stream is to be had, as the present user."""

from typing import Final

from app.api.errors import ApiError, InvalidError
from app.sync.sync import Sync
from app.video.address import Address, NoAddressError, Quality
from app.video.status import Fault

_BY_CODE: Final = {
    "NOT_FOUND": Fault.NOT_FOUND,
    "NO_STREAM": Fault.NO_ADDRESS,
    "NO_GATEWAY": Fault.NO_ADDRESS,
    "NOT_ALLOWED": Fault.UNAUTHORIZED,
    "NOT_SIGNED_IN": Fault.UNAUTHORIZED,
}


class StreamAddresses:
    """Used by the threads of streams; every call blocks."""

    def __init__(self, sync: Sync) -> None:
        self._sync = sync

    def ask(self, camera_id: str, quality: Quality) -> Address:
        """Raises NoAddressError."""
        api = self._sync.api
        try:
            told = self._sync.asked(lambda token: api.stream_address(token, camera_id, quality))
        except InvalidError as error:
            raise NoAddressError(_BY_CODE.get(error.code, Fault.NO_ADDRESS)) from None
        except ApiError as error:
            raise NoAddressError(_BY_CODE.get(error.code, Fault.REFUSED)) from None
        return Address(
            url=told.url,
            device_id=told.device_id,
            channel=told.channel,
            quality=Quality(told.quality) if told.quality in Quality else quality,
            expires_at=told.expires_at,
            demo=told.demo,
        )

    def leave(self) -> None:
        """The calling thread asks no more."""
        self._sync.api.leave()
