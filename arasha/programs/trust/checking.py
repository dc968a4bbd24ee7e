"""Looks at a folder without changing it: its state in words, and whether a terminal would believe it."""

import argparse
from pathlib import Path

from arasha.programs.trust.talk import NotDoneError
from arasha.programs.trust.telling import facts, tell_missing, tell_proposal, title
from arasha.wire import clock
from arasha.wire.published import published_at
from arasha.wire.talk import Talk
from arasha.wire.trust import Fetch, Held, TrustRefusedError, first, follow, names
from arasha.wire.trust.errors import FileMissingError
from arasha.wire.trust.folder import TrustFolder
from arasha.wire.trust.held import delegations
from arasha.wire.trust.making import ONLINE


def show(talk: Talk, given: argparse.Namespace) -> bool:
    """What is in force here, until when, what waits and for whom."""
    folder = TrustFolder(given.folder)
    folder.root()  # raises unless the folder is one
    targets = folder.targets()
    bodies = [role.name for role in delegations(targets.signed if targets else None)]
    for role in (*names.TOP, *bodies):
        found = folder.newest(role)
        if found is None:
            talk.say("not_stamped" if role in ONLINE else "not_in_force", what=title(talk, role))
            continue
        talk.say("state", what=title(talk, role), version=found.signed.version)
        for line in facts(talk, folder, found.signed):
            talk.write(f"    {line}")
        if found.signed.is_expired(clock.now()):
            talk.say("over")
    for proposal in folder.proposals():
        tell_proposal(talk, folder, proposal)
    tell_missing(talk, folder)
    return True


def check(talk: Talk, given: argparse.Namespace) -> bool:
    """Follow a folder or an address from a pinned root. Returns whether all of it would be believed."""
    root = given.root.read_bytes()
    try:
        pinned = first(root, demo=True)
    except TrustRefusedError as error:
        talk.say("refused", subject=error.subject, why=talk.words(f"why_{error.why}"))
        return False
    followed = follow(pinned, _fetching(given.where, _copy(given.copy, pinned)), demo=True)
    for refusal in followed.refused:
        subject = title(talk, refusal.subject) if refusal.subject in names.TOP else refusal.subject
        talk.say("refused", subject=subject, why=_why(talk, refusal))
        if talk.language == "en":  # the words of the library, which speaks no other language
            talk.write(f"    {refusal.detail}")
    held = followed.held
    if held.is_demo():
        talk.say("demo_root")
    for signed in held.sets():
        each = signed.recipients
        talk.say("believed", set=each.set_id, body=each.body)
    if held.timestamp and not held.is_fresh_at(clock.now()):
        talk.say("not_fresh")
    if not followed.refused:
        talk.say("all_believed", version=held.root_metadata.version)
    return not followed.refused


def _why(talk: Talk, refusal: TrustRefusedError) -> str:
    if isinstance(refusal, FileMissingError):
        return talk.words("why_file_missing", file=refusal.file)
    return talk.words(f"why_{refusal.why}")


def _fetching(where: str, copy: TrustFolder | None) -> Fetch:
    """Files of a folder or of an address where they are published; each is laid into the copy, too."""
    read = published_at(where).read

    def fetch(name: str) -> bytes | None:
        data = read(name) if names.is_served(name) else None
        if data is not None and copy is not None:
            copy.write(name, data)
        return data

    return fetch


def _copy(path: Path | None, pinned: Held) -> TrustFolder | None:
    """An empty folder for the copy, with the pinned root in it. Raises NotDoneError."""
    if path is None:
        return None
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise NotDoneError("copy_not_empty", folder=path)
    copy = TrustFolder(path)
    copy.write(names.metadata_name(names.ROOT, pinned.root_metadata.version), pinned.root)
    return copy
