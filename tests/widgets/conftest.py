"""Widgets speak Chinese in tests, whatever the machine's own language is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale


@pytest.fixture(autouse=True, scope="session")
def _chinese() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
