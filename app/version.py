"""The version of the desk, as pyproject.toml states it."""

VERSION = "0.1.0"
