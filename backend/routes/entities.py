"""Reading one entity, and the search over cases."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from backend.services.reading import Found, FoundEntity, get, search
from backend.web import SIGNED_IN, Asking, EntityId, InContext, Kind, answer, answers

router = APIRouter(prefix="/v1", tags=["reading"])


@router.get("/entities/{kind}/{entity_id}", responses=answers(FoundEntity, *SIGNED_IN, "NOT_FOUND"))
def get_entity(kind: Kind, entity_id: EntityId, context: InContext, asking: Asking) -> Response:
    return answer(get(context, asking.user, kind, entity_id))


@router.get("/search", responses=answers(Found, *SIGNED_IN))
def get_search(
    context: InContext,
    asking: Asking,
    q: Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00]+$")],
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Cases whose number, title, place or text hold every word, the newest first."""
    return answer(search(context, asking.user, q, limit))
