"""The language of the screen: Chinese is the source, English a translation."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from widgets.shared.theme import RESOURCES

_installed: list[tuple[QTranslator, bytes]] = []  # which reads from them as long as it lives


def use_language(language: str) -> None:
    """Let everything built from now on speak `zh` or `en`."""
    for translator, _ in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    english = language == "en"
    QLocale.setDefault(
        QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
        if english
        else QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    )
    if english:
        _install(RESOURCES / "translations" / "en.qm")
    else:  # Qt's own words, such as those of a line edit's menu
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _install(Path(folder) / "qtbase_zh_CN.qm")


def _install(file: Path) -> None:
    """A language without its file stays Chinese."""
    # From memory: Qt would map the file, and break down when an update writes it anew.
    content = file.read_bytes() if file.exists() else b""
    translator = QTranslator()
    if translator.load(content):
        QCoreApplication.installTranslator(translator)
        _installed.append((translator, content))
