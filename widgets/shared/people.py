"""Who: a user as other people know him."""

from app.domain.people import User
from app.store import Store


def user_name(store: Store, user_id: str | None) -> str:
    """The user's name, empty for nobody and for one that this seat does not know."""
    user = store.get("user", user_id) if user_id else None
    return user.name or user.username if isinstance(user, User) else ""
