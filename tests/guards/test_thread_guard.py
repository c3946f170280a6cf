from __future__ import annotations

from tests.guards.conftest import RunGuarded


def test_a_thread_that_outlives_its_test_fails_it_by_name(run_guarded: RunGuarded) -> None:
    result = run_guarded(
        "thread_guard",
        """
        import threading
        def test_forgets_to_join():
            threading.Thread(target=threading.Event().wait, name="reader", daemon=True).start()
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*threads outlive the test: reader*"])


def test_a_qthread_that_outlives_its_test_fails_it(run_guarded: RunGuarded) -> None:
    result = run_guarded(
        "thread_guard",
        """
        import threading
        import pytest
        from PySide6.QtCore import QThread

        started, stop = threading.Event(), threading.Event()

        class Render(QThread):
            def run(self):
                threading.current_thread()
                started.set()
                stop.wait()

        @pytest.fixture(scope="session")
        def render():
            thread = Render(objectName="render")
            yield thread
            stop.set()
            thread.wait()

        def test_forgets_to_wait(render):
            render.start()
            started.wait()
        """,
    )
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*threads outlive the test: render*"])


def test_a_thread_that_is_just_ending_and_one_of_a_session_fixture_pass(
    run_guarded: RunGuarded,
) -> None:
    result = run_guarded(
        "thread_guard",
        """
        import threading
        import pytest

        @pytest.fixture(scope="session")
        def server():
            stop = threading.Event()
            thread = threading.Thread(target=stop.wait, name="server")
            thread.start()
            yield
            stop.set()
            thread.join()

        def test_uses_the_server(server): pass

        def test_starts_a_short_thread():
            threading.Thread(target=threading.Event().wait, args=(0.2,)).start()
        """,
    )
    result.assert_outcomes(passed=2)
