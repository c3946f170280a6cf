"""Organisations and users. Organisations change with every reform: they are data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Org:
    id: str
    version: int = 0
    code: str = ""
    name: str = ""
    parent_id: str | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person with one role. `areas` are adcodes or route codes; empty means no limit.

    `all_orgs` marks users of the centre itself, who see every organisation's cases.
    """

    id: str
    version: int = 0
    username: str = ""
    name: str = ""
    role: str = ""
    org_id: str = ""
    all_orgs: bool = False
    areas: tuple[str, ...] = ()
    active: bool = True
    demo: bool = False


SYSTEM = User(id="system", username="system", name="系统", role="SYSTEM", all_orgs=True)
"""The author of timers and detectors."""
