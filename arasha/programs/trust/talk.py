"""The conversation of a ceremony: passphrases that nobody sees."""

import getpass
import sys
from pathlib import Path

from arasha.wire import keyfile
from arasha.wire.talk import Talk, Texts, read_texts


class NotDoneError(Exception):
    """The ceremony cannot go on; `name` says which words to show."""

    def __init__(self, name: str, **details: object) -> None:
        super().__init__(name)
        self.name = name
        self.details = details


def texts() -> Texts:
    return {**keyfile.texts(), **read_texts(Path(__file__).with_name("texts.toml"))}


def terminal(language: str) -> Talk:
    return Talk(texts(), language, sys.stdin, sys.stdout)


def secret(talk: Talk, name: str, **details: object) -> str:
    """One passphrase. It is not shown while it is typed at a keyboard."""
    if talk.source.isatty():
        return getpass.getpass(talk.words(name, **details) + " ", talk.screen)
    return talk.ask(name, **details)
