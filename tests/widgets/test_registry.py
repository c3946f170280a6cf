"""What the registry promises to menus, palette, docks and the shortcut sheet."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from widgets.frame.layouts import LAYOUTS
from widgets.registry import ACTIONS, PANELS


def test_ids_are_unique() -> None:
    for things in (PANELS, ACTIONS):
        ids = [thing.id for thing in things]
        assert len(set(ids)) == len(ids)


def test_no_two_actions_share_a_shortcut() -> None:
    keys = [key for action in ACTIONS for key in action.shortcut.split(", ") if key]
    assert len(set(keys)) == len(keys)


def test_every_shortcut_is_one_that_qt_understands() -> None:
    for action in ACTIONS:
        for key in filter(None, action.shortcut.split(", ")):
            assert QKeySequence(key).toString() == key


def test_every_action_with_a_shortcut_stands_in_a_group_of_the_sheet() -> None:
    assert [action.id for action in ACTIONS if action.shortcut and not action.group] == []


def test_layouts_name_only_panels_that_exist() -> None:
    named = {panel for layout in LAYOUTS for ids in layout.arrangement.values() for panel in ids}
    assert named <= {panel.id for panel in PANELS}
