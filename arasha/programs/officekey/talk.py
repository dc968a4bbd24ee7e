"""The conversation at the offline machine: sheets that are typed, and what is wiped."""

import sys
from collections.abc import Iterator
from pathlib import Path

from arasha.programs.officekey.sheets import NEEDED, WORDS, SheetError, complete, read
from arasha.wire.talk import Talk, Texts, read_texts

# Clears the screen and what could be scrolled back to (ECMA-48, and xterm's 3J).
WIPE = "\033[H\033[2J\033[3J"
COLUMNS = 3


def texts() -> Texts:
    return read_texts(Path(__file__).with_name("texts.toml"))


def terminal(language: str) -> Talk:
    return Talk(texts(), language, sys.stdin, sys.stdout)


def wipe(talk: Talk) -> None:
    talk.screen.write(WIPE)
    talk.screen.flush()


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
    wipe(talk)
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
