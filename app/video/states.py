"""The life of a stream in one tile, as a table (handbook 5.5)."""

from enum import StrEnum


class StreamState(StrEnum):
    IDLE = "IDLE"
    CONNECTING = "CONNECTING"
    PLAYING = "PLAYING"
    STALLED = "STALLED"
    RECONNECTING = "RECONNECTING"
    ERROR = "ERROR"
    PAUSED = "PAUSED"


class StreamEvent(StrEnum):
    OPEN = "OPEN"
    """A tile shows it, or its wait is over, or somebody asked by hand."""
    FRAME = "FRAME"
    QUIET = "QUIET"
    """No frame for a while: the picture no longer counts as live."""
    LOST = "LOST"
    """No frame for longer, or the end of the stream, or no answer: try again soon."""
    REFUSED = "REFUSED"
    """Trying again at once would change nothing."""
    HIDE = "HIDE"
    """Nobody has looked for so long that the line was given up."""
    CLOSE = "CLOSE"


_S, _E = StreamState, StreamEvent

TRANSITIONS: dict[tuple[StreamState, StreamEvent], StreamState] = {
    (_S.IDLE, _E.OPEN): _S.CONNECTING,
    (_S.CONNECTING, _E.FRAME): _S.PLAYING,
    (_S.CONNECTING, _E.LOST): _S.RECONNECTING,
    (_S.PLAYING, _E.FRAME): _S.PLAYING,
    (_S.PLAYING, _E.QUIET): _S.STALLED,
    (_S.PLAYING, _E.LOST): _S.RECONNECTING,
    (_S.PLAYING, _E.OPEN): _S.CONNECTING,  # another quality
    (_S.STALLED, _E.FRAME): _S.PLAYING,
    (_S.STALLED, _E.QUIET): _S.STALLED,
    (_S.STALLED, _E.LOST): _S.RECONNECTING,
    (_S.STALLED, _E.OPEN): _S.CONNECTING,
    (_S.RECONNECTING, _E.FRAME): _S.PLAYING,
    (_S.RECONNECTING, _E.LOST): _S.RECONNECTING,
    (_S.RECONNECTING, _E.OPEN): _S.RECONNECTING,  # the next attempt
    (_S.ERROR, _E.OPEN): _S.CONNECTING,
    (_S.PAUSED, _E.OPEN): _S.CONNECTING,
    **{
        (state, _E.REFUSED): _S.ERROR
        for state in (_S.CONNECTING, _S.PLAYING, _S.STALLED, _S.RECONNECTING)
    },
    **{
        (state, _E.HIDE): _S.PAUSED
        for state in (_S.CONNECTING, _S.PLAYING, _S.STALLED, _S.RECONNECTING, _S.ERROR)
    },
    **{(state, _E.CLOSE): _S.IDLE for state in _S},
}


def after(state: StreamState, event: StreamEvent) -> StreamState:
    """The state after an event; an event that means nothing there changes nothing."""
    return TRANSITIONS.get((state, event), state)
