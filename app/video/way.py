"""The way to the streams, as the settings say: a proxy, and whom to believe."""

import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

_LINUX: Final = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
)
"""Where distributions have the authorities of the operating system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """`proxy` may hold a password; it counts for HTTP and HTTPS. `ca_file`: PEM of a private
    authority, the only one to be believed; without it those of the operating system are."""

    proxy: str | None = field(default=None, repr=False)
    ca_file: Path | None = None

    @property
    def options(self) -> dict[str, str]:
        """Of FFmpeg's protocols. A proxy that is none keeps it from asking the environment."""
        authorities = str(self.ca_file or _system_authorities() or "")
        believed = {"ca_file": authorities} if authorities else {}
        return {"http_proxy": self.proxy or "", "tls_verify": "1", **believed}


DIRECT: Final = Way()


@cache
def _system_authorities() -> str | None:
    """A file that FFmpeg's TLS, which was built elsewhere, would look for in another place;
    None where the system is asked without one."""
    if sys.platform != "linux":
        return None
    import ssl  # with the first stream only: it takes its time

    known = (ssl.get_default_verify_paths().cafile, *_LINUX)
    return next((file for file in known if file and Path(file).is_file()), None)
