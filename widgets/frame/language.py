"""The language of the screen: Chinese is the source, English a translation."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from widgets.shared.theme import RESOURCES

_installed: list[QTranslator] = []


def use_language(language: str) -> None:
    """Let everything built from now on speak `zh` or `en`."""
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    english = language == "en"
    QLocale.setDefault(
        QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
        if english
        else QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    )
    if english:
        _install("en", str(RESOURCES / "translations"))
    else:  # Qt's own words, such as those of a line edit's menu
        _install("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))


def _install(name: str, folder: str) -> None:
    """A language without its file stays Chinese."""
    translator = QTranslator()
    if translator.load(name, folder):
        QCoreApplication.installTranslator(translator)
        _installed.append(translator)
