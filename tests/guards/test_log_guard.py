from __future__ import annotations

import pytest

from tests.guards.conftest import RunGuarded


def test_an_unannounced_warning_fails_the_test_and_is_quoted(run_guarded: RunGuarded) -> None:
    result = run_guarded(
        "log_guard",
        """
        import logging
        def test_logs():
            logging.getLogger("app.sync").warning("dropped %d", 3)
        """,
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*WARNING app.sync: dropped 3*"])


def test_an_announced_warning_passes_and_info_never_matters(run_guarded: RunGuarded) -> None:
    result = run_guarded(
        "log_guard",
        """
        import logging
        def test_logs(expect_log):
            expect_log("app.sync: dropped")
            logging.getLogger("app.sync").warning("dropped %d", 3)
            logging.getLogger("app.sync").info("connected")
        """,
    )
    result.assert_outcomes(passed=1)


def test_an_announced_warning_that_never_comes_fails_the_test(run_guarded: RunGuarded) -> None:
    result = run_guarded("log_guard", "def test_quiet(expect_log): expect_log('dropped')")
    result.assert_outcomes(failed=1)


@pytest.mark.parametrize("phase", ["setup", "teardown"])
def test_fixtures_are_watched_too(run_guarded: RunGuarded, phase: str) -> None:
    lines = ["yield", "logging.error('disk')"]
    if phase == "setup":
        lines.reverse()
    body = "\n    ".join(lines)
    result = run_guarded(
        "log_guard",
        f"""
import logging, pytest
@pytest.fixture
def resource():
    {body}
def test_uses_it(resource): pass
""",
    )
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*ERROR root: disk*"])
