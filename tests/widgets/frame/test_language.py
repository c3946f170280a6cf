from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.text import language, translate
from widgets.frame.language import use_language
from widgets.shared.theme import RESOURCES


@pytest.fixture(autouse=True)
def _back_to_chinese(qapp: QApplication) -> Iterator[None]:
    yield
    use_language("zh")


def test_the_language_of_the_screen_follows() -> None:
    use_language("en")
    assert language() == "en"
    use_language("zh")
    assert language() == "zh"


def test_qt_s_own_words_are_chinese_too() -> None:
    use_language("zh")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"
    use_language("en")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_a_translation_that_is_written_anew_meanwhile_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "translations").mkdir()
    packed = tmp_path / "translations" / "en.qm"
    packed.write_bytes((RESOURCES / "translations" / "en.qm").read_bytes())
    monkeypatch.setattr("widgets.frame.language.RESOURCES", tmp_path)
    use_language("en")
    packed.write_bytes(b"")
    assert translate("Panel", "待发箱") == "Outbox"
