"""The map in the colours of the desk."""

from dataclasses import replace
from functools import cache

from maps.theme import DARK, LIGHT, MapTheme
from widgets.shared.fonts import sans_family
from widgets.shared.theme import Theme


@cache
def map_theme(theme: Theme) -> MapTheme:
    """Roads, land and sea come from the map's own themes, the rest from the tokens."""
    one, two, three, four = (_rgb(token) for token in theme.level_fill)
    free, easy, light, medium, severe = (_rgb(token) for token in theme.traffic)
    return replace(
        LIGHT if theme.name == "light" else DARK,
        text=_rgb(theme.text1),
        text_minor=_rgb(theme.text2),
        accent=_rgb(theme.accent),
        raised=_rgb(theme.bg2),
        on_severity=_rgb(theme.level_ink),
        severity=(one, two, three, four),
        planned=_rgb(theme.planned),
        unknown=_rgb(theme.unknown),
        traffic=(free, easy, light, medium, severe),
        font=sans_family(),
    )


def _rgb(token: str) -> int:
    return int(token.removeprefix("#"), 16)
