"""Faces and sizes: Chinese sans for reading, monospaced for clocks and stakes."""

from collections.abc import Iterable
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

TILE, SMALL, BODY, ROW, TITLE = 11, 12, 13, 14, 18
"""Pixels: inside tiles only, secondary, body, row title, case title."""

_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "PingFang SC")
_MONO = ("Noto Sans Mono CJK SC", "Source Han Mono SC", "Cascadia Mono", "Consolas", "Menlo")


@cache
def sans_family() -> str:
    return _first(_SANS) or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@cache
def mono_family() -> str:
    return _first(_MONO) or QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


def sans(px: int = BODY, *, bold: bool = False) -> QFont:
    """The reading face with figures of one width."""
    return _font(sans_family(), px, bold)


def mono(px: int = BODY, *, bold: bool = False) -> QFont:
    """For clocks, stakes, case numbers, coordinates."""
    return _font(mono_family(), px, bold)


def _font(family: str, px: int, bold: bool) -> QFont:
    font = QFont(family)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _first(wanted: Iterable[str]) -> str | None:
    known = set(QFontDatabase.families())
    return next((family for family in wanted if family in known), None)
