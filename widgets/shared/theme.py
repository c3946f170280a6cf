"""Colours of the desk as frozen tokens, and what Qt needs of them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Literal

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from widgets.shared.fonts import sans

RESOURCES = Path(__file__).parents[2] / "resources"
LEVELS = ("I", "II", "III", "IV")

type ThemeName = Literal["dark", "light"]
type Ramp = Literal["standard", "safe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One theme's tokens as `#RRGGBB`; what each is for stands in resources/theme/dark.toml.

    `Theme.current()` is what the application wears now: ask it while painting, keep nothing.
    A change of theme reaches every widget as QEvent.PaletteChange.
    """

    name: ThemeName
    bg0: str
    bg1: str
    bg2: str
    line: str
    line_strong: str
    text1: str
    text2: str
    text3: str
    accent: str
    accent_fill: str
    accent_fill_hover: str
    accent_ink: str
    selection: str
    hover: str
    level_fill: tuple[str, str, str, str]
    level_text: tuple[str, str, str, str]
    level_ink: str
    planned: str
    planned_text: str
    unknown: str
    good: str
    warn: str
    bad: str
    good_text: str
    warn_text: str
    bad_text: str
    good_wash: str
    warn_wash: str
    bad_wash: str
    info_wash: str
    track: str
    demo_ink: str
    demo_fill: str
    traffic: tuple[str, str, str, str, str]

    _worn: ClassVar[list["Theme"]] = []

    @staticmethod
    def current() -> "Theme":
        return Theme._worn[-1] if Theme._worn else load_theme("dark")

    def wear(self, wearer: QApplication | QWidget) -> None:
        """Dress the application: font, palette, and a style sheet for `wearer` and all in it.

        A window takes a change in a tenth of the time: at the application Qt polishes each
        widget once for every one that it stands in.
        """
        sheet = style_sheet(self)
        if Theme._worn == [self] and wearer.styleSheet() == sheet:
            return  # polishing every widget anew is dear
        Theme._worn[:] = [self]
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setFont(sans())
        made = palette(self)
        alike = (
            app.palette() == made
        )  # the themes differ in what no palette knows: tell it ourselves
        app.setPalette(made)
        wearer.setStyleSheet(sheet)
        for widget in app.allWidgets() if alike else ():
            app.sendEvent(widget, QEvent(QEvent.Type.PaletteChange))

    def level(self, level: str | None) -> str:
        """Fill of a severity level; grey while it is unknown."""
        return self.level_fill[LEVELS.index(level)] if level in LEVELS else self.unknown

    def level_words(self, level: str | None) -> str:
        """Colour of a level's words on a panel."""
        return self.level_text[LEVELS.index(level)] if level in LEVELS else self.text3

    def clock(self, colour: str) -> str:
        """Fill of a running clock: `calm`, `amber`, `red` of app.domain.clocks."""
        return {"amber": self.warn, "red": self.bad}.get(colour, self.good)


@cache
def load_theme(name: ThemeName, ramp: Ramp = "standard") -> Theme:
    """Read a theme's tokens. Raises OSError, or TypeError when one is missing.

    :param ramp: colours of the traffic; `safe` ones differ for every kind of colour vision
    """
    tokens = tomllib.loads((RESOURCES / "theme" / f"{name}.toml").read_text("utf-8"))
    safe = tokens.pop("traffic_safe")
    if ramp == "safe":
        tokens["traffic"] = safe
    for levels in ("level_fill", "level_text", "traffic"):
        tokens[levels] = tuple(tokens[levels])
    return Theme(name=name, **tokens)


def color(token: str, alpha: float = 1.0) -> QColor:
    """A token as QColor, more or less opaque."""
    made = QColor(token)
    made.setAlphaF(alpha)
    return made


def filled(template: str, theme: Theme) -> str:
    """A style sheet with the tokens in place of their @names."""
    icons = (RESOURCES / "icons").as_posix()

    def token(match: re.Match[str]) -> str:
        name = match[1]
        return icons if name == "icons" else str(getattr(theme, name))

    return re.sub(r"@(\w+)", token, template)


@cache
def style_sheet(theme: Theme) -> str:
    """Of all widgets, docks among them."""
    folder = RESOURCES / "theme"
    template = "".join((folder / name).read_text("utf-8") for name in ("style.qss", "docks.qss"))
    return filled(template, theme)


def palette(theme: Theme) -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    for which, token in {
        role.Window: theme.bg0,
        role.WindowText: theme.text1,
        role.Base: theme.bg1,
        role.AlternateBase: theme.bg2,
        role.Text: theme.text1,
        role.PlaceholderText: theme.text3,
        role.Button: theme.bg2,
        role.ButtonText: theme.text1,
        role.BrightText: theme.accent,
        role.Highlight: theme.accent_fill,
        role.HighlightedText: theme.accent_ink,
        role.ToolTipBase: theme.bg2,
        role.ToolTipText: theme.text1,
        role.Link: theme.accent,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Light: theme.line_strong,
        role.Accent: theme.accent,
    }.items():
        made.setColor(which, QColor(token))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.text3))
    return made
