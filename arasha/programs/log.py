"""`arasha log verify`: check a receipt offline, and say exactly what it proves."""

import argparse
import datetime as dt
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from arasha.engines.notes import (
    BadCodeError,
    MalformedError,
    Verified,
    filing_code,
    grouped,
    read_code,
)
from arasha.engines.translog import (
    NotProvedError,
    Policy,
    PolicyError,
    Proof,
    Proved,
    parse_policy,
    parse_proof,
    verify_proof,
)
from arasha.programs.log_words import WORDS

PROVED, NOT_PROVED, BAD_INPUT = 0, 1, 2
MAX_FILE_BYTES = 1_000_000


class BadInputError(Exception):
    """A file or a code that cannot be used; `key` says which words to show."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


def main(argv: list[str]) -> int:
    """Return 0 if the proof proves something, 1 if not, 2 if it cannot be checked."""
    asked = _parser().parse_args(argv)
    words = WORDS[asked.lang or _language_of(os.environ.get("LANG", ""))]
    try:
        policy, (proof, code_of_leaf) = _read_policy(asked.policy), _read_proof(asked.proof)
        code = None if asked.code is None else _read_code(asked.code)
    except BadInputError as bad:
        return _say(BAD_INPUT, [words["bad input"], words[bad.key].format(**bad.details)])
    try:
        proved = verify_proof(proof, policy, code=code)
    except NotProvedError as refusal:
        reason = words[refusal.reason].format(code=grouped(code_of_leaf))
        return _say(NOT_PROVED, [words["not proved"], reason])
    return _say(PROVED, _report(words, policy, proved, has_code=code is not None))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="arasha log", description=__doc__)
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    verify = verbs.add_parser(
        "verify",
        help="check a .tlog-proof file without a network",
        epilog="exit status: 0 proved, 1 not proved, 2 cannot be checked",
    )
    verify.add_argument("proof", type=Path, metavar="PROOF", help="the .tlog-proof file")
    verify.add_argument(
        "--policy", type=Path, required=True, help="whom you trust: a C2SP tlog-policy file"
    )
    verify.add_argument("--code", help="the filing code on the slip, in any spacing")
    verify.add_argument("--lang", choices=sorted(WORDS), help="language (default: from LANG)")
    return parser


def _language_of(locale: str) -> str:
    language = locale[:2].lower()
    return language if language in WORDS else "en"


def _read_policy(path: Path) -> Policy:
    data = _read(path)
    try:
        return parse_policy(data)
    except PolicyError as problem:
        raise BadInputError("bad policy", file=path, detail=problem) from problem


def _read_proof(path: Path) -> tuple[Proof, str]:
    data = _read(path)
    try:
        proof = parse_proof(data)
        return proof, filing_code(proof.leaf_hash)
    except MalformedError as problem:
        raise BadInputError("bad proof", file=path, detail=problem) from problem


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as problem:
        raise BadInputError("unreadable", file=path, detail=problem.strerror) from problem
    if len(data) > MAX_FILE_BYTES:
        raise BadInputError("too large", file=path)
    return data


def _read_code(text: str) -> str:
    try:
        return read_code(text)
    except BadCodeError as problem:
        raise BadInputError(problem.reason) from problem


def _report(
    words: dict[str, str], policy: Policy, proved: Proved, *, has_code: bool
) -> Iterator[str]:
    yield words["proved"]
    yield words["entry"].format(
        origin=proved.checkpoint.origin, number=proved.index + 1, size=proved.checkpoint.size
    )
    yield words["hash"].format(leaf=proved.leaf_hash.hex())
    if has_code:
        yield words["code fits"].format(code=grouped(proved.code))
    yield words["signed"].format(key_id=proved.log.key_id.hex())
    yield from _witnesses(words, policy, proved.cosignatures)
    yield ""
    yield words["limits"]
    if not has_code:
        yield words["whose"].format(code=grouped(proved.code))
    yield words["content"]
    yield words["day" if proved.cosignatures else "no witness"]
    yield words["since"]


def _witnesses(
    words: dict[str, str], policy: Policy, cosignatures: Sequence[Verified]
) -> Iterator[str]:
    if cosignatures:
        yield words["witnesses"]
    for each in cosignatures:
        day = _day(each.timestamp) or words["no day"]
        yield words["witness"].format(name=policy.name_of(each.key), key=each.key.name, day=day)


def _day(timestamp: int | None) -> str | None:
    # The day only: the second would tell no more about the filing, and invites to read it so.
    try:
        return dt.datetime.fromtimestamp(timestamp or 0, dt.UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return None


def _say(status: int, lines: Iterator[str] | list[str]) -> int:
    text = "".join(f"{line}\n" for line in lines)
    # A file name or a policy may hold octets that are no text; a message must not die of them.
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.flush()
    return status
