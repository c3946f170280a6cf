"""Building the client by explicit calls, and taking it down in reverse."""

from app.services import Services
from app.settings import Settings


def start(settings: Settings) -> Services:
    """Build all services on the GUI thread. Raises SeatInUseError."""
    raise NotImplementedError


def shutdown(services: Services) -> None:
    """Stop in reverse order and join every thread."""
    raise NotImplementedError
