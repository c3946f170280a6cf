"""A fixed city at a fixed minute, in both themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.rules import load_rules
from app.services import Services
from backend.demo.seed import entities, users
from tests.scenes.compare import PICTURES, difference, shrunk
from tests.support.fake_services import NOW, put, running_services
from widgets.shared.theme import ThemeName, load_theme

type Hold = Callable[[QWidget, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep-scenes", action="store_true", help="keep the present pictures")


@pytest.fixture(params=["dark", "light"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[ThemeName]:
    name: ThemeName = request.param
    load_theme(name).wear(qapp)
    yield name
    load_theme("dark").wear(qapp)


@pytest.fixture
def services(theme: ThemeName) -> Iterator[Services]:
    """The demo city as it was seeded at NOW, with its shift supervisor signed in."""
    with running_services() as made:
        people = [user for user, _ in users()]
        made.store.apply(put(*people, *entities(NOW, load_rules())))
        made.session.user = next(user for user in people if user.role == "SHIFT_CHIEF")
        made.preferences.set("theme", theme)
        yield made


@pytest.fixture
def hold(pytestconfig: pytest.Config, qtbot: QtBot, theme: ThemeName, tmp_path: Path) -> Hold:
    """Hold a widget of this size against its kept picture; the present one stays in tmp_path."""

    def compare(widget: QWidget, name: str) -> None:
        kept = PICTURES / f"{name}-{theme}.png"
        if pytestconfig.getoption("--keep-scenes", default=False):
            assert shrunk(widget).save(str(kept))
            return
        assert kept.exists(), f"{kept.name}: nothing kept yet, see tests/scenes/compare.py"
        wanted = QImage(str(kept)).convertToFormat(QImage.Format.Format_RGB888)

        def same() -> None:
            now = shrunk(widget)
            now.save(str(tmp_path / kept.name))
            assert difference(now, wanted) == "", tmp_path / kept.name

        qtbot.waitUntil(same, timeout=3000)

    return compare
