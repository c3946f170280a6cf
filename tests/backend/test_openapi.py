"""The backend keeps to its own OpenAPI document, whatever it is sent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.context import open_context
from backend.services.users import add_users
from backend.settings import Settings
from tests.backend.conftest import PASSWORD, PEOPLE, Clock, seat_of, serving

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Base URL and an administrator's token."""
    data: Path = tmp_path_factory.mktemp("openapi")
    context = open_context(Settings(data_dir=data, timers=False), Clock())
    add_users(context, [(user, PASSWORD) for user in PEOPLE.values()])
    with serving(context) as port:
        base = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=base, trust_env=False) as http:
            token = seat_of(http, PEOPLE["ADMIN"]).session["access_token"]
        yield base, token
    context.close()


def test_every_operation_answers_as_documented(backend: tuple[str, str]) -> None:
    base, token = backend
    schema = schemathesis.openapi.from_url(f"{base}/openapi.json")
    found = list(schema.get_all_operations())
    operations = [one.ok() for one in found if isinstance(one, Ok)]
    assert len(operations) == len(found)
    assert len(operations) > 12
    for operation in operations:
        _probe(operation, token)


def _probe(operation: Any, token: str) -> None:
    # signing out would end the session of all that follow
    headers = {} if operation.method == "delete" else {"Authorization": f"Bearer {token}"}

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def answers_as_documented(case: Any) -> None:
        if operation.path == "/v1/commands" and isinstance(case.body, dict):
            case.body["author_id"] = PEOPLE["ADMIN"].id  # so that more than the author is looked at
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    answers_as_documented()


def test_the_document_names_every_resource(backend: tuple[str, str]) -> None:
    paths = httpx.get(f"{backend[0]}/openapi.json", trust_env=False).json()["paths"]
    assert set(paths) == {
        "/health",
        "/v1/sessions",
        "/v1/sessions/refresh",
        "/v1/changes",
        "/v1/live/{kind}",
        "/v1/commands",
        "/v1/files/{sha256}",
        "/v1/presence",
        "/v1/incidents/{incident_id}/unmask",
        "/v1/entities/{kind}/{entity_id}",
        "/v1/search",
        "/v1/cameras/{camera_id}/stream",
        "/v1/cameras/{camera_id}/ptz",
        "/v1/cameras/{camera_id}/ptz-address",
        "/media/{code}/{quality}.ts",
        "/v1/audit",
        "/v1/users/{user_id}",
    }
