"""The conversation of a ceremony: one language, two streams, passphrases that nobody sees."""

import getpass
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TextIO

LANGUAGES = ("kk", "ru", "en")
YES = frozenset({"иә", "ия", "да", "yes"})


class NotDoneError(Exception):
    """The ceremony cannot go on; `name` says which words to show."""

    def __init__(self, name: str, **details: object) -> None:
        super().__init__(name)
        self.name = name
        self.details = details


@cache
def texts() -> dict[str, dict[str, str]]:
    """Return {name: {language: words}}."""
    path = Path(__file__).with_name("texts.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Talk:
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

    def agrees(self, name: str, **details: object) -> bool:
        """Whether somebody typed yes, in whichever of the languages."""
        self.screen.write(self.words(name, **details) + " ")
        self.screen.flush()
        return self._line().casefold() in YES

    def secret(self, name: str, **details: object) -> str:
        """One passphrase. It is not shown while it is typed at a keyboard."""
        prompt = self.words(name, **details) + " "
        if self.source.isatty():
            return getpass.getpass(prompt, self.screen)
        self.screen.write(prompt)
        return self._line()

    def _line(self) -> str:
        line = self.source.readline()
        if not line:
            raise NotDoneError("nobody_types")
        return line.strip()


def terminal(language: str) -> Talk:
    return Talk(language, sys.stdin, sys.stdout)
