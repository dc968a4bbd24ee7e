"""What people hand to `arasha log`: files, codes, addresses. All of it may be wrong."""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from arasha.engines.notes import BadCodeError, MalformedError, read_code
from arasha.engines.translog import Policy, PolicyError, parse_policy
from arasha.wire.client import AnswerTooLongError, UnreachableError
from arasha.wire.published import NotPublishedError
from arasha.wire.talk import LANGUAGES, Texts, read_texts, words_in

CANNOT_CHECK = 2
MAX_FILE_BYTES = 1_000_000

Told = tuple[int, Iterable[str]]
Verbs = "argparse._SubParsersAction[argparse.ArgumentParser]"


class BadInputError(Exception):
    """A file or a code that cannot be used; `key` says which words to show."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


def verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    *,
    run: Callable[[argparse.Namespace], Told],
    meaning: str,
    statuses: str,
) -> argparse.ArgumentParser:
    """Add a verb with what every verb has: a policy and a language."""
    one = verbs.add_parser(
        name, help=meaning, description=meaning, epilog=f"exit status: {statuses}"
    )
    one.add_argument(
        "--policy", type=Path, required=True, help="whom you trust: a C2SP tlog-policy file"
    )
    one.add_argument("--lang", choices=LANGUAGES, help="language (default: from LANG)")
    one.set_defaults(run=run)
    return one


def texts() -> Texts:
    return read_texts(Path(__file__).with_name("texts.toml"))


def words_of(language: str | None) -> Mapping[str, str]:
    """The words of a language; None asks the machine's."""
    return words_in(texts(), language)


def read_policy(path: Path) -> Policy:
    data = read_file(path)
    try:
        return parse_policy(data)
    except PolicyError as problem:
        raise BadInputError("bad policy", file=path, detail=problem) from problem


def read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        raise BadInputError("unreadable", file=path, detail=problem.strerror) from problem
    if len(data) > MAX_FILE_BYTES:
        raise BadInputError("too large", file=path)
    return data


def read_typed_code(text: str) -> str:
    try:
        return read_code(text)
    except BadCodeError as problem:
        raise BadInputError(problem.reason) from problem


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Turn what can go wrong at a log's address into words."""
    try:
        yield
    except (UnreachableError, NotPublishedError, AnswerTooLongError, OSError) as problem:
        raise BadInputError("log unreachable", where=where, detail=problem) from problem
    except MalformedError as problem:
        raise BadInputError("log malformed", where=where, detail=problem) from problem
