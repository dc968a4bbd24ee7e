"""The protocol of a ceremony: printed, signed by hand, journaled. It tells nothing that was opened."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from arasha.engines.sealing import fingerprint
from arasha.wire.clock import now
from arasha.wire.talk import Talk

SIGN_HERE = "_" * 24


@dataclass(frozen=True, slots=True)
class Line:
    """One sealed file or header: its name, its bytes as sealed, and what became of it."""

    name: str
    content: bytes = field(repr=False)
    state: str
    is_good: bool


def build(
    talk: Talk, given: argparse.Namespace, lines: Sequence[Line], *, act: str, recipient: str
) -> str:
    """Return the protocol's text in the language of the conversation."""
    return "".join(f"{line}\n" for line in _text(talk, given, lines, act, recipient))


def _text(
    talk: Talk, given: argparse.Namespace, lines: Sequence[Line], act: str, recipient: str
) -> Iterator[str]:
    words = talk.words
    yield words("protocol")
    if given.exercise:
        yield words("exercise")
    yield words("protocol_day", day=now().date().isoformat())
    yield act
    yield words("protocol_why", reason=given.reason)
    yield words("protocol_key", recipient=recipient)
    yield words("fingerprint", fingerprint=fingerprint(recipient))
    yield ""
    yield words("protocol_files")
    for line in lines:
        yield f"  {line.name}  {sha256(line.content).hexdigest()}  {line.state}"
    yield ""
    yield words("protocol_present")
    for name in given.present:
        yield f"  {SIGN_HERE}  {name}"
    yield ""
    yield words("protocol_after")
