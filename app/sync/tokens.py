"""Access tokens of everybody who acts at this seat, renewed when needed."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.api.client import Api
from app.api.codec import SignedIn
from app.api.errors import ApiError, SignedOutError
from app.cache.vault import Vault

log = logging.getLogger(__name__)

MARGIN_S = 30.0


@dataclass(frozen=True, slots=True)
class _Access:
    token: str
    until: float  # monotonic seconds


class Tokens:
    """An author's commands go out with the author's own token, whoever sits here now.

    Blocks on the network; safe from any thread.
    """

    def __init__(self, api: Api, vault: Vault, seat: str) -> None:
        self._api = api
        self._vault = vault
        self._seat = seat
        self._lock = threading.RLock()
        self._access: dict[str, _Access] = {}
        self._logins: dict[str, tuple[str, str]] = {}

    def sign_in(self, username: str, password: str) -> SignedIn:
        """Sign in at the server. Raises ApiError."""
        answer = self._api.sign_in(username, password, self._seat)
        self._keep(answer)
        return answer

    def sign_in_later(self, user_id: str, username: str, password: str) -> None:
        """The user came in offline: sign in with the first request that needs it.

        The password stays in memory until then, never on disk.
        """
        with self._lock:
            self._logins[user_id] = (username, password)

    def access(self, user_id: str) -> str:
        """A token that lasts for the next request. Raises ApiError, SignedOutError for none."""
        with self._lock:
            known = self._access.get(user_id)
            if known is not None and known.until > time.monotonic():
                return known.token
            answer = self._renewed(user_id) or self._signed_in(user_id)
            if answer is None or answer.user.id != user_id:
                raise SignedOutError("AUTHOR_SIGNED_OUT")
            return answer.access_token

    def asked[T](self, user_id: str, request: Callable[[str], T]) -> T:
        """The answer to a request with the user's token. Raises ApiError.

        A token that the server does not take is renewed once: its secret may have changed.
        """
        try:
            return request(self.access(user_id))
        except SignedOutError:
            with self._lock:
                self._access.pop(user_id, None)
            return request(self.access(user_id))

    def revoke(self, user_id: str) -> None:
        """End the user's session here and, if it can be reached, at the server."""
        with self._lock:
            known = self._access.pop(user_id, None)
            self._logins.pop(user_id, None)
            self._vault.delete(user_id)
        if known is not None:
            try:
                self._api.sign_out(known.token)
            except ApiError as error:
                log.info("the session ends by itself: %s", error.code)

    def _renewed(self, user_id: str) -> SignedIn | None:
        refresh = self._vault.load(user_id)
        if refresh is None:
            return None
        try:
            answer = self._api.refresh(refresh)
        except SignedOutError as error:
            log.info("refresh refused: %s", error.code)
            self._vault.delete(user_id)
            return None
        self._keep(answer)
        return answer

    def _signed_in(self, user_id: str) -> SignedIn | None:
        login = self._logins.get(user_id)
        if login is None:
            return None
        try:
            return self.sign_in(*login)
        except SignedOutError:
            del self._logins[user_id]
            raise

    def _keep(self, answer: SignedIn) -> None:
        """The lifetime counts from the server's clock, so a wrong clock here changes nothing."""
        lasts = (answer.access_expires_at - answer.server_time).total_seconds() - MARGIN_S
        with self._lock:
            self._access[answer.user.id] = _Access(answer.access_token, time.monotonic() + lasts)
            self._vault.save(answer.user.id, answer.refresh_token)
            self._logins.pop(answer.user.id, None)
