"""Sentences about the domain's codes, in the language of the screen."""

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.decide import Refusal
from app.domain.rules import Rules


def language() -> str:
    """`zh` or `en`: the language of the screen (the default locale, set at start)."""
    return "en" if QLocale().language() == QLocale.Language.English else "zh"


def refusal_text(refusal: Refusal, rules: Rules, language: str) -> str:
    """Why not, as one sentence; a code of a newer server is shown as itself."""
    event_group = rules.event_group(refusal.params.get("event"))
    groups = {"roles": "role", "field": "field", "event": event_group}
    words = {
        name: _word(groups.get(name), value, rules, language)
        for name, value in refusal.params.items()
    }
    sentence = rules.label("refusal", refusal.code, language)
    for name, word in words.items():
        sentence = sentence.replace("{" + name + "}", word)
    return sentence


def refusals_text(refusals: tuple[Refusal, ...], rules: Rules, language: str) -> str:
    joint = "; " if language == "en" else ";"
    return joint.join(refusal_text(refusal, rules, language) for refusal in refusals)


def _word(group: str | None, value: object, rules: Rules, language: str) -> str:
    if isinstance(value, list | tuple):
        joint = ", " if language == "en" else "、"
        return joint.join(_word(group, item, rules, language) for item in value)
    if group is None or not isinstance(value, str):
        return f"{value:g}" if isinstance(value, float) else str(value)
    return rules.label(group, value, language)


def translate(context: str, text: str) -> str:
    """Translate outside of a QObject; literals only, so that lupdate finds them."""
    return QCoreApplication.translate(context, text)


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark a source text of a description for translation; it is translated where it is shown."""
    return text
