"""A conversation with people at a machine, in one language: what is said, and what they type."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TextIO

LANGUAGES = ("kk", "ru", "en")
YES = frozenset({"иә", "ия", "да", "yes"})
Texts = Mapping[str, Mapping[str, str]]


class NobodyTypesError(Exception):
    """Nobody is there to answer."""


@cache
def read_texts(path: Path) -> Texts:
    """Return {name: {language: words}} of a file of texts."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def language_of(locale: str) -> str:
    """The language of a locale such as ru_RU.UTF-8; English if it is none of ours."""
    language = locale[:2].lower()
    return language if language in LANGUAGES else "en"


def language_here() -> str:
    """The language of the person at this machine."""
    return language_of(os.environ.get("LANG", ""))


def words_in(texts: Texts, language: str | None) -> Mapping[str, str]:
    """{name: words} in one language; None asks the machine's."""
    return {name: each[language or language_here()] for name, each in texts.items()}


@dataclass(frozen=True, slots=True)
class Talk:
    """Speaks over two streams; nothing that is typed or shown is kept."""

    texts: Texts
    language: str
    source: TextIO
    screen: TextIO

    def words(self, name: str, **details: object) -> str:
        return self.texts[name][self.language].format(**details)

    def say(self, name: str, **details: object) -> None:
        self.write(self.words(name, **details))

    def write(self, text: str) -> None:
        self.screen.write(f"{text}\n")
        self.screen.flush()

    def ask(self, name: str, **details: object) -> str:
        """Return one typed line. Raises NobodyTypesError."""
        self.screen.write(self.words(name, **details) + " ")
        self.screen.flush()
        line = self.source.readline()
        if not line:
            raise NobodyTypesError
        return line.strip()

    def agrees(self, name: str, **details: object) -> bool:
        """Whether somebody typed yes, in whichever of the languages. Raises NobodyTypesError."""
        return self.ask(name, **details).casefold() in YES
