"""What a rule of a pack rests on."""

from dataclasses import dataclass

from arasha.engines.law.rules import Checked
from arasha.packs.text import Text


@dataclass(frozen=True, slots=True)
class Basis:
    """The article something rests on, and how well it was checked. `words`: the article for readers."""

    article: str
    checked: Checked
    url: str = ""
    words: Text | None = None
