"""Chinese is the source of every text; English must be complete, finished and packed."""

from __future__ import annotations

import ast
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.domain.rules import load_rules
from app.panels import Area
from app.text import translate
from installers import translations
from installers.machine import ROOT
from tests.support.fake_services import running_services
from widgets.frame.language import use_language
from widgets.registry import ACTIONS, PANELS

CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
PLACEHOLDER = re.compile(r"{\w*}")
SIDE_PX = 400  # the docks beside the map have more on a screen of 1920 pixels

TRANSLATING = ("tr", "translate", "QT_TRANSLATE_NOOP")
ALLOWED = {
    "app/place_finder.py": "spellings that people type",
    "app/text.py": "the mark between items, beside its English one",
    "maps/labels/plates.py": "marks between the codes of a road",
    "widgets/queue/table.py": "heads of the exported table, beside the English ones",
    "widgets/shared/clock_bar.py": "beside the English words",
    "widgets/shared/facts.py": "the mark between lanes as they are stored",
    "widgets/shared/labels.py": "measures how wide a character is",
    "widgets/shared/moment.py": "spellings that people type",
    "widgets/shared/severity.py": "beside the English words",
    "widgets/frame/preferences.py": "a language is called by its own name",
    "widgets/video/calling.py": "the mark between numbers, beside its English one",
    "widgets/tour/report.py": "the story is told in Chinese and English",
    "widgets/tour/screen.py": "both languages, before a screen is there",
    "widgets/tour/video_story.py": "what the story checks, as it is told in its report",
    "widgets/tour/hands.py": "what the people of the story say and type",
    "widgets/tour/map_story.py": "what the story waits for",
    "widgets/tour/story.py": "what the people of the story say and type",
}
"""Files where Chinese stands outside of a translation, and why."""

type Texts = dict[tuple[str, str], str]


@cache
def english() -> Texts:
    """English by context and Chinese; empty while unfinished."""
    found: Texts = {}
    for context in ET.parse(translations.ENGLISH).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            finished = "" if translation.get("type") else translation.text or ""
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = finished
    return found


class Calls(ast.NodeVisitor):
    """The translating calls of a file with their context, and its Chinese outside of them."""

    def __init__(self) -> None:
        self.texts: list[tuple[str, str]] = []
        self.outside: list[int] = []
        self._classes: list[str] = [""]

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Expr(self, node: ast.Expr) -> None:
        if not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
            self.generic_visit(node)  # a string that stands alone is documentation

    def visit_Call(self, node: ast.Call) -> None:
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name not in TRANSLATING or not self._take(name, [_literal(arg) for arg in node.args]):
            self.generic_visit(node)

    def _take(self, name: str, given: list[str | None]) -> bool:
        texts = [self._classes[-1], *given] if name == "tr" else given
        if len(texts) == 2 and texts[0] is not None and texts[1] is not None:
            self.texts.append((texts[0], texts[1]))
            return True
        return False

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and CHINESE.search(node.value):
            self.outside.append(node.lineno)


def _literal(node: ast.expr) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None


@cache
def calls(path: Path) -> Calls:
    found = Calls()
    found.visit(ast.parse(path.read_text("utf-8")))
    return found


def files() -> Iterator[tuple[str, Calls]]:
    for path in translations.sources():
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith("app/domain/"):  # speaks by the tables of resources/rules
            yield name, calls(path)


def test_every_text_of_the_code_has_its_english() -> None:
    texts = [(name, text) for name, found in files() for text in found.texts]
    missing = [(name, *text) for name, text in texts if not english().get(text)]
    assert len(texts) > 500
    assert missing == [], "fill them into en.ts after `make translations`; none in f-strings"


def test_english_holds_the_texts_of_the_code_and_no_others(tmp_path: Path) -> None:
    fresh = tmp_path / "en.ts"
    shutil.copy(translations.ENGLISH, fresh)
    translations.update(fresh)
    assert fresh.read_bytes() == translations.ENGLISH.read_bytes(), "run `make translations`"


def test_what_the_desk_loads_is_made_of_the_texts(tmp_path: Path) -> None:
    fresh = tmp_path / "en.qm"
    translations.release(translations.ENGLISH, fresh)
    packed = translations.ENGLISH.with_suffix(".qm")
    assert fresh.read_bytes() == packed.read_bytes(), "run `make translations`"


def test_a_text_without_english_is_told(tmp_path: Path) -> None:
    poorer = tmp_path / "en.ts"
    whole = translations.ENGLISH.read_text("utf-8")
    poorer.write_text(whole.replace("<source>席位已锁定<", "<source>另一句话<", 1), "utf-8")
    translations.update(poorer)
    assert translations.unfinished(translations.ENGLISH) == []
    assert translations.unfinished(poorer) == ["席位已锁定"]


def test_both_languages_have_the_same_placeholders() -> None:
    differing = [
        text
        for (_, text), words in english().items()
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(words))
    ]
    assert differing == []


def test_english_is_written_without_chinese_characters_and_marks() -> None:
    assert [words for words in english().values() if CHINESE.search(words)] == []


def test_no_chinese_reaches_the_screen_past_the_translation() -> None:
    outside = {name: found.outside for name, found in files() if found.outside}
    assert {name: lines for name, lines in outside.items() if name not in ALLOWED} == {}
    assert sorted(set(ALLOWED) - set(outside)) == [], "no longer needed in ALLOWED"


@pytest.fixture
def in_english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


@pytest.mark.usefixtures("in_english")
def test_panels_and_actions_are_described_in_english(qtbot: QtBot) -> None:
    shown = [translate("Panel", panel.title) for panel in PANELS]
    for action in ACTIONS:
        described = (action.text, action.tip, action.group)
        shown += [translate("Action", words) for words in described if words]
    assert [words for words in shown if CHINESE.search(words)] == []


@pytest.mark.usefixtures("in_english")
def test_panels_at_the_sides_fit_their_docks_in_english_too(qtbot: QtBot) -> None:
    with running_services() as services:
        sides = [panel for panel in PANELS if panel.area in (Area.LEFT, Area.RIGHT)]
        panels = {panel.id: panel.build(services) for panel in sides}
        for panel in panels.values():
            qtbot.addWidget(panel)
        assert {"queue", "case", "report"} <= panels.keys()
        wide = {name: panel.minimumSizeHint().width() for name, panel in panels.items()}
        assert {name: width for name, width in wide.items() if width > SIDE_PX} == {}


@pytest.mark.usefixtures("in_english")
def test_a_text_inherited_from_a_base_class_is_translated_too(qtbot: QtBot) -> None:
    from widgets.shared.editor import NumberEditor

    class Own(NumberEditor):
        pass

    editor = Own()
    qtbot.addWidget(editor)
    assert editor.tr("请填数字") == "Enter a number"


def labels(value: Any) -> Iterator[Any]:
    """Every pair of Chinese and English in the rules."""
    if hasattr(value, "zh"):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from labels(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from labels(part)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from labels(getattr(value, name))


def test_the_tables_of_the_domain_speak_both_languages() -> None:
    pairs = list(labels(load_rules()))
    assert len(pairs) > 200
    assert [pair for pair in pairs if not pair.en or CHINESE.search(pair.en)] == []
    filled = [(set(PLACEHOLDER.findall(p.en)), set(PLACEHOLDER.findall(p.zh))) for p in pairs]
    assert [(en, zh) for en, zh in filled if not en <= zh] == []
