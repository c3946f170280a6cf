"""What was painted in a theme goes with the theme, at once: the collector looks too seldom."""

from __future__ import annotations

import gc
import weakref

from pytestqt.qtbot import QtBot

from maps.labels.label import Label, LabelStyle
from maps.labels.sprites import Sprites
from maps.layers.point_layer import Symbol
from maps.points.symbols import Symbols
from maps.theme import DARK


def test_texts_and_symbols_go_with_their_last_user(qtbot: QtBot) -> None:
    sprites, symbols = Sprites(DARK, 1.0), Symbols(DARK, 1.0)
    sprites.sprite(Label(("roads", 1), "海滨大道", LabelStyle.ROAD, 0.0, 0.0, 1.0))
    sprites.letters("海滨大道", LabelStyle.ROAD)
    symbols.pixmap(Symbol.CAMERA, "", 1, False)
    gone = weakref.ref(sprites), weakref.ref(symbols)
    gc.disable()
    try:
        del sprites, symbols
        assert [one() for one in gone] == [None, None]
    finally:
        gc.enable()
