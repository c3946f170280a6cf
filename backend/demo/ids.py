"""Identities of demo objects: the same object has the same id in every build and seeding."""

import uuid

_DEMO = uuid.uuid5(uuid.NAMESPACE_DNS, "demo.tocc-desk.invalid")


def demo_id(kind: str, name: str) -> str:
    """Return the UUID of a demo object that its kind and name identify."""
    return str(uuid.uuid5(_DEMO, f"{kind}/{name}"))
