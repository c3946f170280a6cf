"""Acts of the desk as descriptions: menu, shortcut, palette and help derive from one tuple."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """`text` and `tip` are Chinese source texts (context "Action"); `shortcut` a portable
    key sequence or empty. `run` gets the services and the window that fired it. A single key
    never fires while a text field or an input method has the focus."""

    id: str
    text: str
    run: Callable[[Any, Any], None]
    shortcut: str = ""
    tip: str = ""
    group: str = ""
