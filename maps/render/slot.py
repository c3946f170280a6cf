"""A place for the newest of a stream of things."""

from collections.abc import Callable
from threading import Condition


class NewestSlot[T]:
    """Holds one thing; putting another forgets the one before. For any thread."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._thing: T | None = None
        self._closed = False

    @property
    def waits(self) -> bool:
        """True if there is something to take."""
        return self._thing is not None

    def put(self, thing: T) -> bool:
        """Put a thing in; true when the slot was empty, so that one notice suffices for many."""
        with self._condition:
            empty = self._thing is None
            self._thing = thing
            self._condition.notify()
            return empty

    def put_behind(self, thing: T) -> None:
        """Put a thing in unless there is one already."""
        with self._condition:
            self._thing = thing if self._thing is None else self._thing
            self._condition.notify()

    def take(self) -> T | None:
        """The newest thing, or None; the slot is empty afterwards."""
        with self._condition:
            thing, self._thing = self._thing, None
            return thing

    def update(self, change: Callable[[T | None], T]) -> bool:
        """Put what becomes of the thing that waits; true when the slot was empty."""
        with self._condition:
            empty = self._thing is None
            self._thing = change(self._thing)
            self._condition.notify()
            return empty

    def wait(self) -> T | None:
        """Wait for a thing and take it; None once the slot is closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._thing is not None)
            thing, self._thing = self._thing, None
            return None if self._closed else thing

    def comes_within(self, seconds: float) -> bool:
        """Wait so long at most; true once there is something to take, or the slot is closed."""
        with self._condition:
            return self._condition.wait_for(
                lambda: self._closed or self._thing is not None, seconds
            )

    def closed_within(self, seconds: float) -> bool:
        """Wait so long at most; true once the slot is closed."""
        with self._condition:
            return self._condition.wait_for(lambda: self._closed, seconds)

    def close(self) -> None:
        """Wake the one who waits, for good."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
