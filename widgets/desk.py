"""The desk as a program: application, services, window, event loop, and an orderly end."""

import logging
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.bootstrap import shutdown, start
from app.logs import set_up_logs
from app.paths import SeatInUseError
from app.services import Services
from app.settings import Settings, SettingsError, load_settings
from app.version import VERSION
from widgets.frame.fatal import FatalDialog
from widgets.frame.language import use_language

log = logging.getLogger(__name__)


def run(tour: Path | None = None) -> int:
    """Show the desk until its window closes. With `tour` it plays the story and ends."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(sys.argv[:1])
    application.setApplicationName("TOCC Desk")
    sys.excepthook = _log_uncaught
    with _settings(tour) as settings:
        if isinstance(settings, str):
            return _refuse(settings)
        use_language(settings.language)
        set_up_logs(settings.data_dir)
        try:
            services = start(settings)
        except (SeatInUseError, OSError) as error:
            log.exception("cannot start")
            return _refuse(str(error))
        return _show(application, services, tour)


@contextmanager
def _settings(tour: Path | None) -> Iterator[Settings | str]:
    """The settings, or the sentence why there are none. A tour begins in an empty folder."""
    try:
        settings = load_settings()
    except SettingsError as error:
        yield str(error)
        return
    if tour is None:
        yield settings
        return
    with tempfile.TemporaryDirectory(prefix="tocc-tour-") as folder:
        yield replace(settings, data_dir=Path(folder), backend_url=None, demo=True)


def _show(application: QApplication, services: Services, tour: Path | None) -> int:
    from widgets.window import MainWindow

    window = MainWindow(services, VERSION)
    finish: Callable[[], bool] = lambda: True  # noqa: E731 - a desk without a story always ends well
    if tour is None:
        window.showMaximized()
    else:
        from widgets.tour import play

        finish = play(application, window, services, tour)
    code = application.exec()
    window.close()
    window.deleteLater()
    shutdown(services)
    return code if finish() else 1


def _refuse(sentence: str) -> int:
    FatalDialog(sentence).exec()
    return 2


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Nothing is lost silently: the log keeps it, the desk goes on."""
    log.critical("uncaught error", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)
