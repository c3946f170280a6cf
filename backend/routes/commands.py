"""POST /v1/commands: one command, decided and stored, or refused with reasons."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from backend.bodies import CommandAnswer, CommandBody
from backend.services.commands import execute
from backend.web import SIGNED_IN, Asking, InContext, answer, answers, in_thread, read, sent

router = APIRouter(prefix="/v1/commands", tags=["commands"])
_PROBLEMS = (
    *SIGNED_IN, "NOT_THE_AUTHOR", "NOT_ALLOWED", "NOT_FOUND", "CONFLICT", "KEY_REUSED", "TOO_LARGE",
)  # fmt: skip


@router.post("", openapi_extra=sent(CommandBody), responses=answers(CommandAnswer, *_PROBLEMS))
async def post_command(request: Request, context: InContext, asking: Asking) -> Response:
    body = await read(request, CommandBody)
    return answer(await in_thread(lambda: execute(context, body.command(), asking.user)))
