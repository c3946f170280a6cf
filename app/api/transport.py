"""HTTP sessions for a control room: private certificate authority, proxy, nothing implicit."""

import ssl
from pathlib import Path
from typing import Any

import requests
import truststore
from requests.adapters import HTTPAdapter


class SystemTrustAdapter(HTTPAdapter):
    """Trusts what the operating system trusts, the operator's own authorities included."""

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().init_poolmanager(*args, ssl_context=context, **more)


def new_session(proxy: str | None, ca_file: Path | None) -> requests.Session:
    """A session that reads no proxies and no passwords from its surroundings."""
    session = requests.Session()
    session.trust_env = False
    if ca_file is not None:
        session.verify = str(ca_file)
    else:
        session.mount("https://", SystemTrustAdapter())
    if proxy:
        session.proxies = {"http": proxy, "https": proxy}
    return session
