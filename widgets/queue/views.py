"""Saved views of the queue: a filter and an order under a name, per user."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.preferences import Preferences
from widgets.queue.filter import Filter, Sort

_KEY = "queue.views"
_LAST = "queue.last"


@dataclass(frozen=True, slots=True)
class View:
    name: str
    filter: Filter
    sort: Sort


def saved_views(preferences: Preferences) -> list[View]:
    raw = preferences.get(_KEY, [])
    rows = raw if isinstance(raw, list) else []
    return [_read(row) for row in rows if isinstance(row, Mapping) and row.get("name")]


def save_view(preferences: Preferences, view: View) -> None:
    """Keep a view; one of the same name is replaced."""
    others = [known for known in saved_views(preferences) if known.name != view.name]
    preferences.set(_KEY, [_write(known) for known in (*others, view)])


def delete_view(preferences: Preferences, name: str) -> None:
    kept = [known for known in saved_views(preferences) if known.name != name]
    preferences.set(_KEY, [_write(known) for known in kept])


def last_view(preferences: Preferences) -> View:
    """What the user looked at when the desk was closed."""
    raw = preferences.get(_LAST, {})
    return _read(raw if isinstance(raw, Mapping) else {})


def keep_last(preferences: Preferences, view: View) -> None:
    preferences.set(_LAST, _write(view))


def _write(view: View) -> dict[str, object]:
    return {"name": view.name, "filter": view.filter.to_json(), "sort": view.sort.value}


def _read(row: Mapping[str, object]) -> View:
    sort = str(row.get("sort"))
    known = Sort(sort) if sort in set(Sort) else Sort.DUE
    return View(str(row.get("name", "")), Filter.from_json(row.get("filter")), known)
