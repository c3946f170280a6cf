from __future__ import annotations

from tests.guards.conftest import RunGuarded


def test_a_qt_warning_during_the_test_fails_it(run_guarded: RunGuarded) -> None:
    result = run_guarded(
        "qt_guard",
        """
        from PySide6.QtCore import qWarning
        def test_warns(): qWarning("timer without thread")
        """,
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*timer without thread*"])


def test_a_qt_warning_during_teardown_fails_it(run_guarded: RunGuarded) -> None:
    result = run_guarded(
        "qt_guard",
        """
        import pytest
        from PySide6.QtCore import qWarning
        @pytest.fixture
        def window():
            yield
            qWarning("destroyed while running")
        def test_uses_it(window): pass
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*destroyed while running*"])


def test_a_message_declared_harmless_passes_in_both_phases(run_guarded: RunGuarded) -> None:
    result = run_guarded(
        "qt_guard",
        """
        import pytest
        from PySide6.QtCore import qWarning
        @pytest.fixture
        def window():
            yield
            qWarning("known noise")
        @pytest.mark.qt_log_ignore("known noise")
        def test_uses_it(window): qWarning("known noise")
        """,
    )
    result.assert_outcomes(passed=1)
