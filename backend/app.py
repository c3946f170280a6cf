"""create_app: the ASGI application over one context."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from backend import VERSION
from backend.context import Context
from backend.middleware import Envelope
from backend.problems import Problem
from backend.routes import ROUTERS
from backend.services.alarms import Timers
from backend.services.heads import Heads, gateway_of
from backend.services.housekeeping import keep_house
from backend.services.live import Live, demo_source
from backend.services.media import Media
from backend.web import answer

log = logging.getLogger(__name__)
_HTTP_CODES = {404: "NOT_HERE", 405: "METHOD", 413: "TOO_LARGE"}


class Backend(FastAPI):
    """FastAPI whose document knows our bodies."""

    def openapi(self) -> "dict[str, object]":
        from backend.openapi import describe

        return describe(self)


def create_app(context: Context) -> Backend:
    """The caller keeps the context and closes it after the application has ended."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await context.hub.start()
        works = (Timers(context).run(), keep_house(context)) if context.settings.timers else ()
        app.state.live = live = Live(context, demo_source(context))
        app.state.media = Media(context)
        app.state.heads = heads = Heads(context, gateway_of(context))
        tasks = [asyncio.create_task(work) for work in (*works, heads.run())]
        yield
        await live.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await context.hub.stop()

    app = Backend(
        title="TOCC Desk backend", version=VERSION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.context = context
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_bad_request)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(OperationalError, _on_database)
    app.add_exception_handler(Exception, _on_defect)
    app.add_middleware(Envelope, body_limit=context.settings.body_limit)
    return app


async def _on_problem(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    response = answer(problem.body(), problem.status)
    if problem.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


async def _on_bad_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    where = [".".join(map(str, item["loc"])) for item in error.errors()]
    return answer(Problem("BAD_REQUEST", detail=", ".join(where)[:500]).body(), 422)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = Problem(_HTTP_CODES.get(error.status_code, "BAD_REQUEST"), status=error.status_code)
    response = answer(problem.body(), problem.status)
    response.headers.update(error.headers or {})
    return response


async def _on_database(request: Request, error: Exception) -> Response:
    """The database is away, busy or out of room: the same request may succeed later."""
    log.error("the database failed: %s", error, extra=_marks(request))
    return answer(Problem("BUSY").body(), 503)


async def _on_defect(request: Request, error: Exception) -> Response:
    marks = _marks(request)
    log.error("unhandled error", exc_info=error, extra=marks)
    return answer(Problem("INTERNAL", **marks).body(), 500)


def _marks(request: Request) -> dict[str, Any]:
    return {"request_id": request.scope["state"]["request_id"]}
