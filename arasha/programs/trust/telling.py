"""Says in plain words what a proposal would change, and who has signed it."""

import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from securesystemslib.signer import Key
from tuf.api.metadata import Root, Targets

from arasha.engines.sealing import fingerprint as fingerprint_of_recipient
from arasha.engines.sealing import parse_text
from arasha.wire.talk import Talk
from arasha.wire.trust import names
from arasha.wire.trust.folder import Proposal, TrustFolder, keys_of
from arasha.wire.trust.held import delegations, is_demo
from arasha.wire.trust.keys import fingerprint, holder_of

SHOWN_BYTES = 4_000  # a key, a policy, a terminal's file; a kiosk build is compared by its hash


def tell_proposal(talk: Talk, folder: TrustFolder, proposal: Proposal) -> None:
    """What is to be signed, line by line: + what is new, − what goes, the rest as it was."""
    current = folder.newest(proposal.role)
    new = list(facts(talk, folder, proposal.metadata.signed))
    old = list(facts(talk, folder, current.signed)) if current else []
    talk.write("")
    talk.say("proposal", what=title(talk, proposal.role), version=proposal.metadata.signed.version)
    for line in new:
        talk.write(f"  {' ' if line in old else '+'} {line}")
    for line in old:
        if line not in new:
            talk.write(f"  − {line}")


def tell_missing(talk: Talk, folder: TrustFolder) -> None:
    """Who has still to sign what."""
    for proposal in folder.proposals():
        what = title(talk, proposal.role)
        for result in proposal.wanted:
            for each in result.signed.values():
                talk.say("has_signed", what=what, holder=plain(holder_of(each)))
            if result.missing:
                holders = ", ".join(sorted(map(holder_of, result.unsigned.values())))
                talk.say("missing", what=what, count=result.missing, holders=plain(holders))


def title(talk: Talk, role: str) -> str:
    body = names.body_of_role(role)
    if body is not None:
        return talk.words("role_body", body=body)
    return talk.words(f"role_{role}")


def facts(talk: Talk, folder: TrustFolder, signed: Any) -> Iterator[str]:
    """Everything that a signature under this metadata vouches for, a line each."""
    if isinstance(signed, Root):
        yield from map(plain, _of_root(talk, signed))
    elif isinstance(signed, Targets):
        yield from map(plain, _of_targets(talk, folder, signed))
    yield talk.words("until", day=signed.expires.date())


def _of_root(talk: Talk, root: Root) -> Iterator[str]:
    if is_demo(root):
        yield talk.words("demo_root")
    for role in (names.ROOT, names.TIMESTAMP):
        yield talk.words(f"threshold_{role}", count=root.roles[role].threshold)
        yield from (_named(key) for key in keys_of(root, role))


def _of_targets(talk: Talk, folder: TrustFolder, targets: Targets) -> Iterator[str]:
    for role in delegations(targets):
        holders = "; ".join(_named(key) for key in keys_of(targets, role.name))
        if role.name == names.IMAGES:
            yield talk.words("fact_images", count=role.threshold, holders=holders)
            continue
        body = names.body_of_role(role.name) or role.name
        yield talk.words("fact_body", body=body, count=role.threshold, holders=holders)
    for path, target in sorted(targets.targets.items()):
        content = folder.content(path, target)
        if content is None:
            yield talk.words("fact_lacking", path=path)
        elif path.startswith(names.SETS):
            yield from _of_set(talk, content.decode(errors="replace"))
        else:
            yield from _of_file(talk, path, content)


def _of_file(talk: Talk, path: str, content: bytes) -> Iterator[str]:
    yield talk.words("fact_file", path=path, hash=sha256(content).hexdigest())
    if len(content) <= SHOWN_BYTES:
        lines = content.decode(errors="backslashreplace").rstrip("\n").split("\n")
        yield from (f"    {path}: {line}" for line in lines)


def _of_set(talk: Talk, text: str) -> Iterator[str]:
    recipients = parse_text(text)
    yield talk.words(
        "fact_set",
        set=recipients.set_id,
        version=recipients.version,
        first=recipients.valid_from,
        last=recipients.valid_until,
    )
    for member in recipients.members:
        key = fingerprint_of_recipient(member.key)
        yield talk.words(f"fact_{member.role}", label=member.label, office=member.office, key=key)


def plain(text: str) -> str:
    """The text with codes in place of what could move the cursor, turn a line around or hide."""
    return "".join(
        ascii(each)[1:-1] if unicodedata.category(each).startswith("C") else each for each in text
    )


def _named(key: Key) -> str:
    return f"{holder_of(key)} ({fingerprint(key)})"
