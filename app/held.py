"""What belongs to the GUI thread and is only named by a worker."""

from itertools import count


class Held[T]:
    """Callbacks that wait for a worker. Used on the GUI thread; workers get the ticket alone.

    A worker that dropped the last reference to a widget would free what hangs on it while the
    GUI thread may be doing the same.
    """

    def __init__(self) -> None:
        self._things: dict[int, T] = {}
        self._tickets = count(1)

    def keep(self, thing: T) -> int:
        """Hold it; returns the ticket, never 0."""
        ticket = next(self._tickets)
        self._things[ticket] = thing
        return ticket

    def see(self, ticket: int) -> T | None:
        """Look at it; it stays."""
        return self._things.get(ticket)

    def take(self, ticket: int) -> T | None:
        """Give it back; None if it was taken before."""
        return self._things.pop(ticket, None)

    def drop(self, ticket: int) -> None:
        """Nobody will ask for it any more."""
        self._things.pop(ticket, None)

    def clear(self) -> None:
        self._things.clear()
