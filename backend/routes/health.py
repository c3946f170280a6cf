"""GET /health: is the backend there, which version, how far. Needs no login."""

from fastapi import APIRouter
from fastapi.responses import Response

from backend import API_MAX, API_MIN, VERSION
from backend.bodies import Health
from backend.web import InContext, answer, answers

router = APIRouter()


@router.get("/health", responses=answers(Health))
def health(context: InContext) -> Response:
    return answer(
        Health(
            status="ok",
            version=VERSION,
            api_min=API_MIN,
            api_max=API_MAX,
            database="sqlite" if context.database.is_sqlite else "postgresql",
            head=context.database.head(),
            demo=context.settings.demo,
            server_time=context.now(),
        )
    )
