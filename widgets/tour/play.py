"""Plays the story in the real window."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.settings import Settings
from app.version import VERSION
from widgets.desk import close, open_services, refuse
from widgets.tour.driver import Desk
from widgets.tour.player import Player, Told
from widgets.tour.report import write_report
from widgets.tour.stage import stage
from widgets.tour.story import CHAPTERS
from widgets.window import MainWindow

SIZE = (1920, 1080)


def play(application: QApplication, settings: Settings, out: Path) -> int:
    """Play the story in a window of 1920×1080; 0 if every step came through."""
    with stage(settings) as scene:
        services = open_services(scene.settings)
        if isinstance(services, str):
            return refuse(services)
        window = MainWindow(services, VERSION)
        window.resize(*SIZE)
        window.move(0, 0)
        window.show()
        window.activateWindow()
        heard: list[Told] = []
        player = Player(Desk(window, services, scene.cable), CHAPTERS, out)
        player.finished.connect(heard.extend)
        player.finished.connect(application.quit)
        player.start()
        application.exec()
        close(window, services)
    return 0 if heard and write_report(heard, out) else 1
