"""Who sits at the seat."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.domain.people import User

DEMO_PASSWORD = "tocc-demo"  # noqa: S105 - no secret: published with the demo city
"""Of every demo account (resources/demo/people.toml)."""

type Answer = Callable[[str | None], None]
"""Gets None if it went well, else a translated sentence that says why not."""


class Session(QObject):
    """Signals: signed_in(User), signed_out(), locked(), unlocked(), accounts_changed():
    `demo_accounts()` has news."""

    signed_in = Signal(object)
    signed_out = Signal()
    locked = Signal()
    unlocked = Signal()
    accounts_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.user: User | None = None
        self.is_locked = False

    def demo_accounts(self) -> list[User]:
        """One per role, if the backend is a demo; they sign in with `DEMO_PASSWORD`."""
        raise NotImplementedError

    def sign_in(self, username: str, password: str, done: Answer) -> None:
        """Sign in at the server, or offline if the user did so here within seven days.

        Somebody else who was signed in before is signed out; waiting items stay theirs.
        """
        raise NotImplementedError

    def sign_out(self) -> None:
        raise NotImplementedError

    def lock(self) -> None:
        raise NotImplementedError

    def unlock(self, password: str, done: Answer) -> None:
        raise NotImplementedError
