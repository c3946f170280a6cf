"""What the seat keeps on disk for its user: drafts, preferences, files, secrets, settings, logs."""

from __future__ import annotations

import json
import logging
import stat
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.cache.accounts import Accounts
from app.cache.vault import Vault
from app.diagnostics import export
from app.domain.entry import Attachment
from app.domain.people import User
from app.drafts import Drafts
from app.files import LIMIT, Files
from app.logs import set_up_logs, without_secrets
from app.paths import SeatFolder, SeatInUseError
from app.preferences import Preferences
from app.settings import Settings, SettingsError, load_settings
from app.tasks import TaskRunner
from tests.support.fake_services import running_services

NOW = datetime(2026, 7, 15, 18, 10, tzinfo=UTC)
WANG = User(id="u1", username="wang", name="王芳")


def test_a_half_typed_report_is_there_after_a_new_start(tmp_path: Path) -> None:
    drafts = Drafts()
    drafts.use(tmp_path, {})
    for text in ("三", "三车", "三车追尾 😀"):
        drafts.save("新 1/2", {"text": text})
    drafts.save("gone", {"text": "x"})
    drafts.drop("gone")
    drafts.shutdown()
    assert Drafts.read(tmp_path) == {"新 1/2": {"text": "三车追尾 😀"}}


def test_a_draft_is_on_disk_within_300_ms_of_the_last_key(tmp_path: Path, qtbot: QtBot) -> None:
    drafts = Drafts()
    drafts.use(tmp_path, {})
    drafts.save("d", {"text": "x"})
    qtbot.waitUntil((tmp_path / "d.json").exists, timeout=300)
    drafts.shutdown()


def test_a_damaged_draft_costs_only_itself(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("a draft cannot be read")
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "good.json").write_text('{"text": "y"}')
    assert Drafts.read(tmp_path) == {"good": {"text": "y"}}


def test_preferences_of_two_users_do_not_mix(tmp_path: Path, qtbot: QtBot) -> None:
    likes = Preferences()
    likes.use(tmp_path / "a.json", {})
    likes.set("mute", True)
    likes.use(tmp_path / "b.json", Preferences.read(tmp_path / "b.json"))
    assert likes.get("mute", False) is False
    likes.set("mute", None)
    likes.shutdown()
    assert Preferences.read(tmp_path / "a.json") == {"mute": True}
    assert Preferences.read(tmp_path / "b.json") == {"mute": None}


@pytest.fixture
def files(tmp_path: Path, qtbot: QtBot) -> Iterator[Files]:
    class Nobody:
        def asked(self, request: object) -> object:
            raise AssertionError("nothing is fetched here")

    tasks = TaskRunner()
    sync: Any = Nobody()
    yield Files(SeatFolder(tmp_path), tasks, sync)
    tasks.shutdown()


def added(files: Files, path: Path, qtbot: QtBot) -> tuple[Attachment | None, str]:
    answers: list[tuple[Attachment | None, str]] = []
    files.add(path, lambda attachment, sentence: answers.append((attachment, sentence)))
    qtbot.waitUntil(lambda: bool(answers))
    return answers[0]


def test_a_photo_is_kept_by_its_content_with_size_and_thumbnail(
    files: Files, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = QImage(1200, 800, QImage.Format.Format_RGB32)
    photo.fill(QColor("red"))
    assert photo.save(str(tmp_path / "现场.png"))
    attachment, sentence = added(files, tmp_path / "现场.png", qtbot)
    assert attachment is not None
    assert (attachment.width, attachment.height, attachment.media_type) == (1200, 800, "image/png")
    assert sentence == ""
    shown: list[QImage | None] = []
    files.thumbnail(attachment.sha256, shown.append)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0] is not None
    assert (shown[0].width(), shown[0].height()) == (256, 170)


@pytest.mark.parametrize(("size", "word"), [(0, "空"), (LIMIT + 1, "25")])
def test_a_file_of_no_size_or_too_much_is_refused_with_a_sentence(
    files: Files, tmp_path: Path, qtbot: QtBot, size: int, word: str
) -> None:
    path = tmp_path / "photo.jpg"
    with path.open("wb") as file:
        file.truncate(size)
    attachment, sentence = added(files, path, qtbot)
    assert attachment is None
    assert word in sentence


def test_a_text_that_calls_itself_a_photo_is_kept_as_a_file_and_said_so(
    files: Files, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_text("not a picture")
    attachment, sentence = added(files, path, qtbot)
    assert attachment is not None
    assert attachment.width is None
    assert sentence
    shown: list[QImage | None] = []
    files.thumbnail(attachment.sha256, shown.append)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [None]


def test_a_file_that_is_gone_is_said_so(
    files: Files, tmp_path: Path, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log("a file cannot be taken")
    attachment, sentence = added(files, tmp_path / "none.png", qtbot)
    assert attachment is None
    assert sentence


def test_only_the_last_accepted_password_opens_the_seat_without_a_server(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.record(WANG, "夜班-26", NOW)
    known = accounts.check("wang", "夜班-26")
    assert known is not None
    assert (known.user, known.seen_at) == (WANG, NOW)
    assert accounts.check("wang", "夜班-27") is None
    assert accounts.check("chen", "夜班-26") is None
    text = (tmp_path / "accounts.json").read_text("utf-8")
    assert "夜班" not in text
    accounts.forget("wang")
    assert not accounts.is_known("wang")


def test_secrets_lie_in_a_file_of_their_owner_alone_where_no_keyring_is(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    vault.save("u1", "geheim")
    assert stat.S_IMODE((tmp_path / "tokens.json").stat().st_mode) == 0o600
    assert Vault(tmp_path).load("u1") == "geheim"
    vault.delete("u1")
    assert Vault(tmp_path).load("u1") is None


def test_a_folder_belongs_to_one_client_at_a_time(tmp_path: Path) -> None:
    folder = SeatFolder.of(tmp_path, None)
    lock = folder.lock()
    with pytest.raises(SeatInUseError):
        folder.lock()
    lock.unlock()
    folder.lock().unlock()


def test_each_backend_has_its_own_folder(tmp_path: Path) -> None:
    urls = (None, "https://a.example:8600", "https://a.example:8601", "https://b.example/x")
    assert len({SeatFolder.of(tmp_path, url).root for url in urls}) == len(urls)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('backend_url = "https://a.example/"\nlanguage = "en"\nseat = "A-03"\n')
    environ = {"TOCC_SETTINGS": str(file), "TOCC_SEAT": "B-07", "TOCC_DATA_DIR": str(tmp_path)}
    settings = load_settings(environ)
    assert (settings.backend_url, settings.language, settings.seat) == (
        "https://a.example", "en", "B-07",
    )  # fmt: skip
    assert not settings.demo


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("LANGUAGE", "fr", "language"),
        ("THEME", "pink", "theme"),
        ("BACKEND_URL", "ftp://x", "backend_url"),
        ("CA_FILE", "/does/not/exist.pem", "ca_file"),
        ("DEMO", "perhaps", "demo"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        load_settings({f"TOCC_{name}": value})


def test_a_setting_nobody_knows_is_named(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('backend = "https://a.example"\n')
    with pytest.raises(SettingsError, match="backend"):
        load_settings({"TOCC_SETTINGS": str(file)})


def test_logs_turn_over_and_hold_no_secret(tmp_path: Path) -> None:
    stop = set_up_logs(tmp_path)
    logging.getLogger("app.test").info("sent with Authorization: Bearer eyJhbGciOi.abc.def today")
    logging.getLogger("app.test").info('{"refresh_token": "abc123", "password":"夜班-26"}')
    stop()
    text = (tmp_path / "logs" / "desk.log").read_text("utf-8")
    assert "today" in text
    for secret in ("eyJhbGciOi", "abc123", "夜班-26"):
        assert secret not in text
    assert without_secrets("http://user:pw@proxy:3128") == "http://***@proxy:3128"


def test_the_diagnostics_hold_logs_versions_and_counts_but_no_secret(
    tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "desk.log").write_text("Bearer abc.def.ghi ok", "utf-8")
    settings = Settings(data_dir=tmp_path, proxy="http://user:pw@proxy:3128")
    answers: list[str | None] = []
    with running_services(settings=settings) as services:
        export(services, tmp_path / "out.zip", answers.append)
        qtbot.waitUntil(lambda: bool(answers))
    assert answers == [None]
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert {"settings.json", "versions.json", "counts.json", "link.json", "logs/desk.log"} <= set(
        texts
    )
    assert json.loads(texts["counts.json"])["store"]["user"] == 6
    assert "pw@" not in texts["settings.json"]
    assert "abc.def" not in texts["logs/desk.log"]
