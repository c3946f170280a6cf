"""The change stream: server-sent events, decoded as they arrive."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.api.codec import BadMessageError, Heartbeat, Page, drop, read

SILENCE_S = 4.0
"""No word for so long means that the link is lost (a heartbeat comes each second)."""
LONGEST_EVENT = 8_000_000


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event: its name and its data, still raw."""

    name: str
    data: bytes


def split_events(chunks: Iterable[bytes]) -> Iterator[Event]:
    """Cut a byte stream into events, whatever pieces it comes in.

    Raises BadMessageError for an event without end.
    """
    rest = b""
    for chunk in chunks:
        rest = (rest + chunk).replace(b"\r\n", b"\n")
        *blocks, rest = rest.split(b"\n\n")
        for block in blocks:
            event = _event(block)
            if event is not None:
                yield event
        if len(rest) > LONGEST_EVENT:
            raise BadMessageError("an event without end")


def _event(block: bytes) -> Event | None:
    name, data = "message", []
    for line in block.split(b"\n"):
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"event":
            name = value.decode("utf-8", "replace")
        elif field == b"data":
            data.append(value)
    return Event(name, b"\n".join(data)) if data else None


def messages(events: Iterable[Event], source: str) -> Iterator[Page | Heartbeat]:
    """Pages and heartbeats; a bad message is dropped, events of newer servers are passed over."""
    types: dict[str, type[Page] | type[Heartbeat]] = {"changes": Page, "heartbeat": Heartbeat}
    for event in events:
        kind = types.get(event.name)
        if kind is None:
            continue
        try:
            yield read(kind, event.data)
        except BadMessageError as error:
            drop(event.name, source, error)
