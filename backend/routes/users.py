"""PATCH /v1/users/{id}: rights given and taken, by ADMIN."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from backend.bodies import StoredEntity, UserPatch
from backend.services.users import change_rights
from backend.web import (
    SIGNED_IN,
    Asking,
    EntityId,
    InContext,
    answer,
    answers,
    in_thread,
    read,
    sent,
)

router = APIRouter(prefix="/v1/users", tags=["users"])


@router.patch(
    "/{user_id}",
    openapi_extra=sent(UserPatch),
    responses=answers(StoredEntity, *SIGNED_IN, "NOT_ALLOWED", "NOT_FOUND", "TOO_LARGE"),
)
async def patch_user(
    request: Request, user_id: EntityId, context: InContext, asking: Asking
) -> Response:
    patch = await read(request, UserPatch)
    user = await in_thread(lambda: change_rights(context, asking, user_id, patch))
    return answer({"kind": "user", "entity": user})
