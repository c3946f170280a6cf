"""The shift story: the real window, played by itself, with pictures and a report."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from app.services import Services
from widgets.tour.driver import Desk
from widgets.tour.player import Player, Told
from widgets.tour.report import write_report
from widgets.tour.story import CHAPTERS

SIZE = (1920, 1080)


def play(
    application: QApplication, window: QWidget, services: Services, out: Path
) -> Callable[[], bool]:
    """Show the window at 1920×1080 and begin; the answer says, after the end, whether all held."""
    window.resize(*SIZE)
    window.move(0, 0)
    window.show()
    window.activateWindow()
    heard: list[Told] = []
    player = Player(Desk(window, services), CHAPTERS, out)
    player.setParent(application)

    def on_finished(told: list[Told]) -> None:
        heard.extend(told)
        application.quit()

    player.finished.connect(on_finished)
    player.start()
    return lambda: bool(heard) and write_report(heard, out)
