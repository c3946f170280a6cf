"""GET /v1/audit: the append-only record, for AUDITOR and ADMIN."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from backend.services.auditing import AuditPage, page
from backend.web import SIGNED_IN, Asking, InContext, answer, answers

router = APIRouter(prefix="/v1/audit", tags=["audit"])


@router.get("", responses=answers(AuditPage, *SIGNED_IN, "NOT_ALLOWED"))
def get_audit(
    context: InContext,
    asking: Asking,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 500,
) -> Response:
    return answer(page(context, asking.user, after, limit))
