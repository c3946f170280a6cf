"""What a case offers beyond its entity."""

from fastapi import APIRouter
from fastapi.responses import Response

from backend.services.unmasking import Unmasked, unmask
from backend.web import SIGNED_IN, Asking, EntityId, InContext, answer, answers

router = APIRouter(prefix="/v1/incidents", tags=["incidents"])


@router.post(
    "/{incident_id}/unmask", responses=answers(Unmasked, *SIGNED_IN, "NOT_ALLOWED", "NOT_FOUND")
)
def post_unmask(incident_id: EntityId, context: InContext, asking: Asking) -> Response:
    """Callers with their numbers, for the owner of the open case and the shift supervisor."""
    return answer(unmask(context, asking, incident_id))
