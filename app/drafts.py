"""Half-typed reports of the user: on disk within 300 ms of the last key."""

from collections.abc import Mapping
from typing import Any


class Drafts:
    """JSON objects by id. Reading is from memory, writing is done off the GUI thread."""

    def save(self, draft_id: str, draft: Mapping[str, Any]) -> None:
        raise NotImplementedError

    def load(self, draft_id: str) -> dict[str, Any] | None:
        raise NotImplementedError

    def drop(self, draft_id: str) -> None:
        raise NotImplementedError

    def ids(self) -> list[str]:
        """The user's drafts, the newest first."""
        raise NotImplementedError
