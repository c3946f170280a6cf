"""The desk as a program: application, services, window, event loop, and an orderly end."""

import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.bootstrap import shutdown, start
from app.logs import set_up_logs
from app.paths import SeatInUseError
from app.services import Services
from app.settings import Settings, SettingsError, load_settings
from app.text import language
from app.version import VERSION
from maps.render.thread import end_ahead, start_ahead
from widgets.frame.fatal import FatalDialog
from widgets.frame.language import use_language
from widgets.map import prepare
from widgets.window import MainWindow

log = logging.getLogger(__name__)


def run(tour: Path | None = None) -> int:
    """Show the desk until its window closes. With `tour` it plays the story and ends."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    application = QApplication(sys.argv[:1])
    application.setApplicationName("TOCC Desk")
    sys.excepthook = _log_uncaught
    try:
        settings = load_settings()
    except SettingsError as error:
        return refuse(str(error))
    if tour is None:
        return work(application, settings)
    from widgets.tour.play import play

    return play(application, settings, tour)


def work(application: QApplication, settings: Settings) -> int:
    services = open_services(settings)
    if isinstance(services, str):
        return refuse(services)
    begin_map(services)
    window = MainWindow(services, VERSION)
    window.showMaximized()
    code = application.exec()
    close(window, services)
    return code


def open_services(settings: Settings) -> Services | str:
    """The running services, or the sentence why they cannot run."""
    use_language(settings.language)
    try:
        set_up_logs(settings.data_dir)
        return start(settings)
    except (SeatInUseError, OSError) as error:
        log.exception("cannot start")
        return str(error)


def begin_map(services: Services) -> None:
    """What the first map waits longest for begins before its panel is built."""
    start_ahead()
    services.tasks.run(prepare, language())


def close(window: MainWindow, services: Services) -> None:
    window.close()
    window.deleteLater()
    end_ahead()
    shutdown(services)


def refuse(sentence: str) -> int:
    FatalDialog(sentence).exec()
    return 2


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Nothing is lost silently: the log keeps it, the desk goes on."""
    log.critical("uncaught error", exc_info=(kind, error, trace))
    sys.__excepthook__(kind, error, trace)
