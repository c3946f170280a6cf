"""Sign-in, refresh, sign-out."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from backend.bodies import RefreshBody, SignInBody
from backend.services.sessions import Session, refresh_session, sign_in, sign_out
from backend.web import SIGNED_IN, Asking, InContext, answer, answers, in_thread, read, sent

router = APIRouter(prefix="/v1/sessions", tags=["sessions"])


@router.post(
    "",
    openapi_extra=sent(SignInBody),
    responses=answers(Session, "BAD_LOGIN", "LOCKED", "DEMO_ACCOUNT", "TOO_LARGE"),
)
async def post_session(request: Request, context: InContext) -> Response:
    body = await read(request, SignInBody)
    return answer(
        await in_thread(lambda: sign_in(context, body.username, body.password, body.seat))
    )


@router.post(
    "/refresh",
    openapi_extra=sent(RefreshBody),
    responses=answers(Session, *SIGNED_IN, "TOO_LARGE"),
)
async def post_refresh(request: Request, context: InContext) -> Response:
    body = await read(request, RefreshBody)
    return answer(await in_thread(lambda: refresh_session(context, body.refresh_token)))


@router.delete("", status_code=204, responses=answers(None, *SIGNED_IN, status=204))
def delete_session(context: InContext, asking: Asking) -> Response:
    sign_out(context, asking)
    return Response(status_code=204)
