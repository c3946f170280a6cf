"""The fixtures that other tests stand on."""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.postgres import Server


def test_every_test_gets_an_empty_database_of_its_engine(database_url: str) -> None:
    engine = sqlalchemy.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE incident (id TEXT)"))
        connection.execute(sqlalchemy.text("INSERT INTO incident VALUES ('追尾')"))
        assert connection.execute(sqlalchemy.text("SELECT id FROM incident")).all() == [("追尾",)]
    engine.dispose()


def test_the_private_postgresql_runs_as_an_ordinary_user(postgres: Server) -> None:
    status = Path(f"/proc/{postgres.pid}/status").read_text()
    uid = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1]
    assert uid != "0"


def test_windows_open_on_the_virtual_screen(qtbot: QtBot, virtual_screen: str) -> None:
    label = QLabel("天津滨海")
    qtbot.addWidget(label)
    with qtbot.waitExposed(label):
        label.show()
    size = label.screen().size()
    assert (size.width(), size.height()) == (1920, 1080)
    assert os.environ["DISPLAY"] == virtual_screen


@given(st.text())
def test_properties_run_beside_the_guards(text: str) -> None:
    assert text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogatepass") == text
