"""The conversation at the offline machine: what is said, asked and wiped."""

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from arasha.programs.officekey.sheets import NEEDED, WORDS, SheetError, complete, read

LANGUAGES = ("kk", "ru", "en")
# Clears the screen and what could be scrolled back to (ECMA-48, and xterm's 3J).
WIPE = "\033[H\033[2J\033[3J"
COLUMNS = 3
RULE = "─" * 60


def texts() -> dict[str, dict[str, str]]:
    """Return {name: {language: words}}."""
    path = Path(__file__).with_name("texts.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Talk:
    """Speaks one language over two streams; nothing that is typed or shown is kept."""

    language: str
    source: TextIO
    screen: TextIO

    def words(self, name: str, **details: object) -> str:
        return texts()[name][self.language].format(**details)

    def say(self, name: str, **details: object) -> None:
        self.write(self.words(name, **details))

    def write(self, text: str) -> None:
        self.screen.write(f"{text}\n")
        self.screen.flush()

    def ask(self, name: str, **details: object) -> str:
        """Return one typed line. Raises SheetError when nobody is there to type."""
        self.screen.write(self.words(name, **details) + " ")
        self.screen.flush()
        line = self.source.readline()
        if not line:
            raise SheetError("nobody_types")
        return line.strip()

    def wipe(self) -> None:
        self.screen.write(WIPE)
        self.screen.flush()


def terminal(language: str) -> Talk:
    return Talk(language, sys.stdin, sys.stdout)


def ask_sheets(talk: Talk) -> list[list[str]]:
    """Return the words of two sheets, each typed by its holder and wiped. Raises SheetError."""
    return [_ask_sheet(talk, number) for number in range(1, NEEDED + 1)]


def _ask_sheet(talk: Talk, number: int) -> list[str]:
    talk.say("type_sheet", sheet=number, needed=WORDS)
    words: list[str] = []
    while len(words) < WORDS:
        line = talk.ask("next_words", place=len(words) + 1)
        if not line and not words:
            raise SheetError("one_sheet" if number > 1 else "no_sheet")
        try:
            words += _complete(line, first=len(words) + 1)
        except SheetError as error:
            talk.say(error.key, **error.details)
    read(words, number)  # tells of a wrong sheet while its holder still stands here
    talk.wipe()
    talk.say("sheet_taken", sheet=number)
    return words


def _complete(line: str, *, first: int) -> list[str]:
    return [complete(typed, place=place) for place, typed in enumerate(line.split(), start=first)]


def sheet_lines(words: list[str]) -> Iterator[str]:
    """Yield the words with their numbers in columns, in letters that every printer has."""
    rows = -(-len(words) // COLUMNS)
    numbered = [f"{place:>2}. {word:<12}" for place, word in enumerate(words, start=1)]
    for row in range(rows):
        yield "   ".join(numbered[row::rows]).rstrip()
