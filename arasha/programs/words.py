"""Which lists of mailbox words there are, and which of them a native speaker has read."""

import tomllib
from pathlib import Path

LISTS = Path(__file__).parent / "static" / "words"


def word_lists(*, also_drafts: bool) -> list[str]:
    """Return the languages in which a mailbox's words can be drawn; drafts are for demos only."""
    about = tomllib.loads((LISTS / "words.toml").read_text(encoding="utf-8"))
    return [code for code, each in about.items() if also_drafts or each["checked"] != "unverified"]
