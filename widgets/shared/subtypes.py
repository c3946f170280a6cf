"""The sub-kinds that fit the chosen type of a case."""

from app.domain.rules import Rules
from widgets.shared.choices import ChoiceEditor, codes
from widgets.shared.editor import Editor


def follow_type(kind: Editor, subtype: Editor, rules: Rules, language: str) -> None:
    """Offer in `subtype` what belongs to the type in `kind`, now and after each change."""
    assert isinstance(subtype, ChoiceEditor)

    def offer() -> None:
        chosen = kind.value()
        every = codes(rules, "incident_subtype", language)
        had = subtype.value()
        if had is not None and chosen and not had.startswith(f"{chosen}."):
            subtype.set_value(None)
        subtype.set_choices(
            choice for choice in every if not chosen or choice[0].startswith(f"{chosen}.")
        )

    kind.changed.connect(offer)
    offer()
