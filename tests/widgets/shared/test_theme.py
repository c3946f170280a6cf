from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.rules import load_rules
from maps.theme import DARK, LIGHT
from widgets.shared.severity import PLANNED, level_words, paint_severity, shape
from widgets.shared.theme import LEVELS, Ramp, Theme, ThemeName, load_theme, style_sheet

NAMES: tuple[ThemeName, ...] = ("dark", "light")


def luminance(token: str) -> float:
    parts = (QColor(token).redF(), QColor(token).greenF(), QColor(token).blueF())
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


VISION = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "tritan": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                        [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
"""What people see of linear RGB, whole loss of one cone: Machado, Oliveira and Fernandes 2009."""
XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
) / np.array([[0.9505], [1.0], [1.089]])

type Triple = npt.NDArray[np.float64]


def linear(token: str) -> Triple:
    """Linear RGB, 0 to 1."""
    c = np.array([int(token[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    made: Triple = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return made


def lab(rgb: Triple) -> Triple:
    """CIE L*a*b*, white D65: a difference of 20 is plain at a glance."""
    x = XYZ @ np.clip(rgb, 0.0, 1.0)
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.fixture(params=NAMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    return load_theme(request.param)


@pytest.mark.parametrize("ground", ["bg0", "bg1", "bg2"])
@pytest.mark.parametrize(
    "text",
    ["text1", "text2", "text3", "accent", "good_text", "warn_text", "bad_text", "planned_text"],
)
def test_what_must_be_read_has_contrast(theme: Theme, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


def test_level_words_and_what_stands_on_fills_can_be_read(theme: Theme) -> None:
    for words in theme.level_text:
        assert contrast(words, theme.bg1) >= 4.5
    for fill in (*theme.level_fill, theme.planned):
        assert contrast(theme.level_ink, fill) >= 4.5
    assert contrast(theme.accent_ink, theme.accent_fill) >= 4.5
    assert contrast(theme.demo_ink, theme.demo_fill) >= 4.5


def test_both_themes_have_the_same_contrasts_within_a_sixth() -> None:
    dark, light = (load_theme(name) for name in NAMES)
    for text in ("text1", "text2", "text3"):
        ratio = contrast(getattr(dark, text), dark.bg1) / contrast(getattr(light, text), light.bg1)
        assert 5 / 6 < ratio < 6 / 5


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("name", NAMES)
def test_levels_of_the_safe_ramp_differ_for_every_colour_vision(
    name: ThemeName, vision: str
) -> None:
    seen = [lab(VISION[vision] @ linear(token)) for token in load_theme(name, "safe").traffic]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 20


@pytest.mark.parametrize("ramp", ["standard", "safe"])
@pytest.mark.parametrize("name", NAMES)
def test_no_density_looks_like_a_level_of_traffic(name: ThemeName, ramp: Ramp) -> None:
    levels = [lab(linear(token)) for token in load_theme(name, ramp).traffic]
    ends = [linear(f"#{colour:06x}") for colour in {"dark": DARK, "light": LIGHT}[name].heat]
    between = [a + (b - a) * part for a, b in pairwise(ends) for part in np.linspace(0.0, 1.0, 11)]
    assert min(np.linalg.norm(lab(rgb) - level) for rgb in between for level in levels) > 20


def test_the_standard_ramp_is_not_enough_for_everybody() -> None:
    seen = [lab(VISION["protan"] @ linear(token)) for token in load_theme("dark").traffic]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) < 10


def test_every_name_in_the_style_sheet_is_a_token(theme: Theme) -> None:
    assert "@" not in style_sheet(theme)


def test_every_level_has_a_shape_of_its_own() -> None:
    square = QRectF(0, 0, 20, 20)
    outlines = [shape(level, square).toFillPolygon().toList() for level in LEVELS]
    assert all(one != other for one, other in combinations(outlines, 2))


def test_an_unknown_level_is_an_empty_outline(qtbot: QtBot) -> None:
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_severity(painter, QRectF(0, 0, 20, 20), None)
    painter.end()
    assert image.pixelColor(10, 10).alpha() == 0
    assert image.pixelColor(1, 10).alpha() > 0


@pytest.mark.parametrize(
    ("level", "zh", "en"),
    [
        ("III", "较大 III", "Serious III"),
        (None, "未定级", "No level"),
        (PLANNED, "计划", "Planned"),
        ("V", "V(未知)", "V (unknown)"),
    ],
)
def test_a_level_is_said_in_words(level: str | None, zh: str, en: str) -> None:
    rules = load_rules()
    assert level_words(rules, level, "zh") == zh
    assert level_words(rules, level, "en") == en


@pytest.fixture
def dark_again(qapp: QApplication) -> Iterator[None]:
    yield
    load_theme("dark").wear(qapp)


class Counting(QLabel):
    """Counts how often it is polished anew."""

    polished = 0

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.polished += event.type() is QEvent.Type.StyleChange


@pytest.fixture
def nested(qtbot: QtBot, dark_again: None) -> tuple[QWidget, Counting]:
    """A window in dark colours and a label that stands twelve widgets deep in it."""
    window = inner = QWidget()
    for _ in range(12):
        column, outer = QVBoxLayout(inner), inner
        inner = QWidget(outer)
        column.addWidget(inner)
    label = Counting(inner)
    label.setProperty("tone", "good")
    qtbot.addWidget(window)
    load_theme("dark").wear(window)
    window.show()
    qtbot.waitExposed(window)
    return window, label


def test_how_deep_a_widget_stands_does_not_make_a_theme_dear(
    nested: tuple[QWidget, Counting],
) -> None:
    window, label = nested
    label.polished = 0
    load_theme("light").wear(window)
    assert label.polished <= 2
    assert label.palette().windowText().color() == QColor(load_theme("light").good_text)


def test_the_same_theme_again_polishes_nothing(nested: tuple[QWidget, Counting]) -> None:
    window, label = nested
    label.polished = 0
    load_theme("dark").wear(window)
    assert label.polished == 0
