"""Labels as small pictures, painted once."""

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QImage

from maps.labels.label import Label
from maps.labels.lettering import Lettering
from maps.theme import MapTheme

_KEPT: Final = 3000


class Sprites:
    """Keeps what was written in one theme and pixel ratio. Used by one thread at a time.

    It goes with its last user, pictures and all: nothing that it keeps refers to it.
    """

    def __init__(self, theme: MapTheme, ratio: float) -> None:
        self.theme = theme
        self.ratio = ratio
        lettering = Lettering(theme, ratio)
        self.size = lru_cache(2 * _KEPT)(lettering.size)
        self.letters = lru_cache(2 * _KEPT)(lettering.letters)
        self._painted = lru_cache(_KEPT)(lettering.painted)

    def sprite(self, label: Label) -> QImage:
        """The painted label, its middle in the middle of the image."""
        return self._painted(label.text, label.style, label.angle, label.glyphs)
