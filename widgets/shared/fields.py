"""From a field of the machine table to the widget that asks for it."""

from collections.abc import Callable

from app.domain.machine import Field
from app.services import Services
from app.text import language
from widgets.shared.choices import (
    ChoiceEditor,
    LiveChoiceEditor,
    codes,
    levels,
    open_cases,
    people,
)
from widgets.shared.editor import Editor, NoteEditor, NumberEditor, StatementEditor, TextEditor
from widgets.shared.facts import CasualtiesEditor, HazmatEditor, LanesEditor
from widgets.shared.moment import TimeEditor
from widgets.shared.place import PlaceEditor


def field_label(field: Field, services: Services) -> str:
    """The field's name on screen."""
    return services.rules.label("field", field.name, language())


def editor_for(field: Field, services: Services) -> Editor:
    """A new editor for the field's type. `facts` and `attachment` are forms of their own.

    Raises KeyError for a type that has no editor.
    """
    return _EDITORS[field.type](field, services)


def _people(field: Field, services: Services) -> Editor:
    return LiveChoiceEditor(lambda: people(services.store, services.rules, language()))


def _cases(field: Field, services: Services) -> Editor:
    return LiveChoiceEditor(lambda: open_cases(services.store, services.rules, language()))


_EDITORS: dict[str, Callable[[Field, Services], Editor]] = {
    "text": lambda field, services: TextEditor(),
    "note": lambda field, services: NoteEditor(services.rules.text_limit),
    "choice": lambda field, services: ChoiceEditor(
        codes(services.rules, field.choices, language())
    ),
    "time": lambda field, services: TimeEditor(services.clock),
    "number": lambda field, services: NumberEditor(),
    "statement": lambda field, services: StatementEditor(field_label(field, services)),
    "user": _people,
    "incident": _cases,
    "severity": lambda field, services: ChoiceEditor(levels(services.rules, language())),
    "place": lambda field, services: PlaceEditor(services),
    "casualties": lambda field, services: CasualtiesEditor(services.rules, language()),
    "hazmat": lambda field, services: HazmatEditor(),
    "lanes": lambda field, services: LanesEditor(services.rules, language()),
}
