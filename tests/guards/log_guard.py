"""A test fails when something logs a warning or worse that the test did not expect.

def test_a_bad_message_is_counted_and_dropped(expect_log):
    expect_log("dropped message")      # a regular expression; it must then really come
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Generator
from typing import Any

import pytest

_GUARD = pytest.StashKey["LogGuard"]()


class LogGuard(logging.Handler):
    """Collects what the root logger gets from WARNING up and knows what was announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._lines: list[str] = []
        self._expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def expect(self, pattern: str) -> None:
        self._expected.append(pattern)

    def fail_on_unexpected(self) -> None:
        found = [
            line for line in self._lines if not any(re.search(p, line) for p in self._expected)
        ]
        if found:
            self._lines.clear()
            pytest.fail("unexpected in the log:\n  " + "\n  ".join(found), pytrace=False)

    def fail_on_missing(self) -> None:
        missing = [p for p in self._expected if not any(re.search(p, line) for line in self._lines)]
        if missing:
            pytest.fail(f"expected in the log, but never came: {missing}", pytrace=False)


@pytest.fixture
def expect_log(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Call it with a regular expression for "LEVEL logger: message" before the line comes."""
    return request.node.stash[_GUARD].expect  # type: ignore[no-any-return]  # node is untyped


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, Any, Any]:
    guard = item.stash[_GUARD] = LogGuard()
    logging.getLogger().addHandler(guard)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    result = yield
    item.stash[_GUARD].fail_on_unexpected()
    item.stash[_GUARD].fail_on_missing()
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, Any, Any]:
    try:
        result = yield
    finally:
        logging.getLogger().removeHandler(item.stash[_GUARD])
    item.stash[_GUARD].fail_on_unexpected()
    return result
