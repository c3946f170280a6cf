"""Organisations and users of the demo city."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from app.domain.people import Org, User
from backend.demo.ids import demo_id

FOLDER = Path(__file__).parents[2] / "resources" / "demo"


def orgs() -> Iterator[Org]:
    for code, row in _rows()["org"].items():
        parent = row.get("parent")
        yield Org(
            id=demo_id("org", code),
            version=1,
            code=code,
            name=row["name"],
            parent_id=demo_id("org", parent) if parent else None,
            demo=True,
        )


def users() -> Iterator[tuple[User, str]]:
    """Yield one user per role, and a second dispatcher, with the password of the demo."""
    password: str = _rows()["password"]
    for username, row in _rows()["user"].items():
        yield (
            User(
                id=demo_id("user", username),
                version=1,
                username=username,
                name=row["name"],
                role=row["role"],
                org_id=demo_id("org", row["org"]),
                all_orgs=row.get("centre", False),
                areas=tuple(row.get("areas", ())),
                demo=True,
            ),
            password,
        )


@cache
def _rows() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "people.toml").read_text(encoding="utf-8"))
