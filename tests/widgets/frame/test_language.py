from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.text import language
from widgets.frame.language import use_language


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
