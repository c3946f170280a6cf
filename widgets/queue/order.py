"""The visible rows in their order: slots of the index, kept sorted row by row."""

from array import array
from bisect import bisect_left, bisect_right

import numpy as np

from widgets.queue.index import Keys, Slots

_HIDDEN = -1


class Order:
    """Rows 0, 1, … by growing key; equal keys stand in the order of their coming."""

    def __init__(self) -> None:
        self.slots = array("q")
        self._keys = array("q")
        self._key_of = np.full(1024, _HIDDEN, np.int64)

    def __len__(self) -> int:
        return len(self.slots)

    def fill(self, slots: Slots, keys: Keys) -> None:
        """Begin anew with rows that are sorted already."""
        self.slots = array("q", slots.astype("i8").tobytes())
        self._keys = array("q", keys.astype("i8").tobytes())
        self._key_of[:] = _HIDDEN
        self._make_room(int(slots.max(initial=0)))
        self._key_of[slots] = keys

    def row(self, slot: int) -> int | None:
        """Where a slot stands, None if it is not shown."""
        key = self._key_of[slot] if slot < len(self._key_of) else _HIDDEN
        if key == _HIDDEN:
            return None
        row = bisect_left(self._keys, int(key))
        while self.slots[row] != slot:
            row += 1
        return row

    def shown(self, slots: Slots) -> int:
        """How many of these are shown."""
        known = slots[slots < len(self._key_of)]
        return int(np.count_nonzero(self._key_of[known] != _HIDDEN))

    def place(self, key: int) -> int:
        """The row before which a key belongs."""
        return bisect_right(self._keys, key)

    def stays(self, row: int, key: int) -> bool:
        """True if the row may take this key and remain where it is."""
        above = row == 0 or self._keys[row - 1] <= key
        below = row + 1 == len(self) or key <= self._keys[row + 1]
        return above and below

    def rekey(self, row: int, key: int) -> None:
        self._keys[row] = key
        self._key_of[self.slots[row]] = key

    def insert(self, row: int, slot: int, key: int) -> None:
        self.slots.insert(row, slot)
        self._keys.insert(row, key)
        self._make_room(slot)
        self._key_of[slot] = key

    def remove(self, row: int) -> None:
        self._key_of[self.slots.pop(row)] = _HIDDEN
        self._keys.pop(row)

    def _make_room(self, slot: int) -> None:
        missing = slot + 1 - len(self._key_of)
        if missing > 0:
            more = np.full(max(missing, len(self._key_of)), _HIDDEN, np.int64)
            self._key_of = np.concatenate([self._key_of, more])
