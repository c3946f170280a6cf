"""The cameras that this seat steers: one driver each, ended with the seat."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.api.client import Api
from app.api.errors import ApiError, OfflineError
from app.clock import Clock
from app.domain.camera import Camera, PtzLink
from app.ptz.device import UNREACHABLE, Device, PtzError
from app.ptz.driver import Driver, Post, Tell
from app.ptz.gateway import Gateway
from app.ptz.limits import Limits, load_limits

type Asked = Callable[[Callable[[str], Any]], Any]
"""Makes a request with the present user's token. Raises ApiError."""


class Ptz:
    """Used on the GUI thread. `post` brings a call there."""

    def __init__(self, api: Api, asked: Asked, clock: Clock, post: Post) -> None:
        self.limits: Limits = load_limits()
        self._api = api
        self._asked = asked
        self._clock = clock
        self._post = post
        # kept until their threads have ended: a stop may still be on its way
        self._drivers: list[Driver] = []

    def take(self, camera: Camera, tell: Tell) -> Driver:
        """A hand on the camera, until `close`. Whether the user may is not asked here."""
        self._drivers = [driver for driver in self._drivers if driver.is_running]
        by_link = {PtzLink.ONVIF.value: self._onvif}
        open_device = by_link.get(camera.ptz, self._gateway)
        driver = Driver(
            camera.id,
            partial(open_device, camera.id),
            self.limits,
            tell,
            self._post,
            self._api.leave,
        )
        self._drivers.append(driver)
        driver.start()
        return driver

    def shutdown(self) -> None:
        """Every camera that moves is stopped."""
        for driver in self._drivers:
            driver.close()
        for driver in self._drivers:
            driver.join()
        self._drivers.clear()

    # on a driver's thread

    def _gateway(self, camera_id: str) -> Device:
        def send(body: Mapping[str, Any]) -> None:
            self._asked(lambda token: self._api.ptz(token, camera_id, body))

        return Gateway(send, self._clock.now)

    def _onvif(self, camera_id: str) -> Device:
        """Address and login come from the backend each time, and are kept nowhere."""
        from app.ptz.onvif import Onvif

        try:
            address = self._asked(lambda token: self._api.ptz_address(token, camera_id))
        except OfflineError as error:
            raise PtzError(UNREACHABLE, error.code) from error
        except ApiError as error:
            raise PtzError(error.code) from error
        device = Onvif(address, self.limits.timeout_s)
        try:
            device.open()
        except PtzError:
            device.close()
            raise
        return device
