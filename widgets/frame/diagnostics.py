"""Asking where the diagnostics go, and telling how it went."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.diagnostics import export
from app.domain.describe import local_time
from app.messages import Level
from app.services import Services
from app.text import translate


def export_diagnostics(services: Services, window: QWidget) -> None:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
    name = f"tocc-diagnostics-{local_time(services.clock.now(), '%Y%m%d-%H%M')}.zip"
    chosen, _ = QFileDialog.getSaveFileName(
        window, translate("Diagnostics", "导出诊断包"), str(Path(folder) / name), "ZIP (*.zip)"
    )
    if chosen:
        export(services, Path(chosen), partial(_tell, services, chosen))


def _tell(services: Services, path: str, problem: str | None) -> None:
    if problem is None:
        words = translate("Diagnostics", "诊断包已存到 {path},不含密码和令牌").format(path=path)
        services.messages.post(Level.GOOD, words)
    else:
        words = translate("Diagnostics", "诊断包没有写成:{problem}").format(problem=problem)
        services.messages.post(Level.BAD, words, action="diagnostics.export")
