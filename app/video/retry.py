"""How long to wait before the next attempt."""

from app.video.limits import RetryLimits
from app.video.status import Fault


def is_lasting(limits: RetryLimits, fault: Fault) -> bool:
    """Trying again at once would change nothing."""
    return fault in limits.lasting


def pause_s(
    limits: RetryLimits, fault: Fault, attempt: int, *, visible: bool, luck: float
) -> float:
    """Seconds from the end of the attempt (1, 2, …) that failed. `luck` from 0 to 1 spreads a
    wall of streams that were lost in one moment."""
    if is_lasting(limits, fault):
        base = limits.lasting_s
    elif fault is Fault.NO_ADDRESS:
        base = limits.no_address_s
    elif visible or attempt < limits.hidden_steps:
        base = limits.steps_s[min(max(attempt, 1), len(limits.steps_s)) - 1]
    else:
        base = limits.hidden_s
    least, most = limits.shorter
    return base * (1 - least - (most - least) * luck)
