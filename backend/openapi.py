"""The OpenAPI document: FastAPI's paths with the schemas of our bodies."""

from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from backend import VERSION, bodies
from backend.services.auditing import AuditPage
from backend.services.cameras import StreamAnswer
from backend.services.presence import Present
from backend.services.reading import Found, FoundEntity
from backend.services.sessions import Session
from backend.services.unmasking import Unmasked

_SHAPES = (
    bodies.SignInBody, bodies.RefreshBody, bodies.CommandBody, bodies.CommandAnswer,
    bodies.ChangesPage, bodies.ProblemBody, bodies.PresenceBody, bodies.UserPatch,
    bodies.Health, bodies.StoredEntity, bodies.StreamBody, bodies.PtzBody,
    StreamAnswer, AuditPage, Present, Found, FoundEntity, Session, Unmasked,
)  # fmt: skip


def describe(app: FastAPI) -> dict[str, Any]:
    """Made at the first request for it, because it takes as long as half a start."""
    if app.openapi_schema is None:
        schema = get_openapi(title="TOCC Desk backend", version=VERSION, routes=app.routes)
        _, shapes = msgspec.json.schema_components(
            _SHAPES, ref_template="#/components/schemas/{name}"
        )
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(shapes)
        app.openapi_schema = schema
    return app.openapi_schema
