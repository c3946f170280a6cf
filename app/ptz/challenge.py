"""HTTP's digest login for devices that ask for it besides the token in the message."""

import io
from typing import Any

from requests import Response
from requests.auth import HTTPDigestAuth


class Digest(HTTPDigestAuth):
    """Reads nothing of the page that comes with a challenge: it may be endless."""

    def handle_401(self, r: Response, **kwargs: Any) -> Response:
        if "digest" in r.headers.get("WWW-Authenticate", "").lower():
            r.raw.close()
            r.raw = io.BytesIO()
        answered: Response = super().handle_401(r, **kwargs)  # type: ignore[no-untyped-call]  # no stub
        return answered
