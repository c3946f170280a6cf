"""The way to camera heads: a GB/T 28181 gateway that takes commands over HTTP."""

import json
import urllib.error
import urllib.request
from typing import Protocol

from app.domain.ptz import Move, PresetCommand, encode

TIMEOUT_S = 1.0


class GatewayError(OSError):
    """The gateway did not take the command. The text names no address."""


class PtzGateway(Protocol):
    def send(self, code: str, command: Move | PresetCommand) -> None:
        """Blocks. Raises GatewayError."""


class HttpGateway:
    """POSTs `{"device_id": "20 digits", "command": "16 hexadecimal digits"}` to one address."""

    def __init__(self, url: str) -> None:
        self._url = url

    def send(self, code: str, command: Move | PresetCommand) -> None:
        body = json.dumps({"device_id": code, "command": encode(command)}).encode()
        request = urllib.request.Request(  # noqa: S310 - the settings are checked
            self._url, data=body, headers={"Content-Type": "application/json"}, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S):  # noqa: S310
                pass
        except urllib.error.HTTPError as error:
            error.close()
            raise GatewayError(f"status {error.code}") from None
        except (OSError, ValueError) as error:
            raise GatewayError(type(error).__name__) from None
