"""A test fails when Qt warns while the test is taken down.

pytest-qt watches the test itself (qt_log_level_fail), but looks away before widgets are closed and
threads are joined, which is when the worst messages come.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Generator
from typing import Any

import pytest


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, Any, Any]:
    if "PySide6.QtCore" not in sys.modules:
        return (yield)
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    harmless = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
    messages: list[str] = []

    def collect(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
        if kind not in harmless and text:
            messages.append(text)

    previous = qInstallMessageHandler(collect)
    try:
        result = yield
    finally:
        qInstallMessageHandler(previous)
    ignored = [*item.config.getini("qt_log_ignore")]
    for marker in item.iter_markers("qt_log_ignore"):
        ignored += marker.args
    found = [text for text in messages if not any(re.search(p, text) for p in ignored)]
    if found:
        pytest.fail("Qt warned after the test:\n  " + "\n  ".join(found), pytrace=False)
    return result
