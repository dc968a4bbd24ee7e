"""Looks at a folder without changing it: its state in words, and whether a terminal would believe it."""

import argparse

from arasha.programs.trust.telling import facts, tell_missing, tell_proposal, title
from arasha.wire import clock
from arasha.wire.talk import Talk
from arasha.wire.trust import TrustRefusedError, first, follow, names
from arasha.wire.trust.folder import TrustFolder
from arasha.wire.trust.held import delegations


def show(talk: Talk, given: argparse.Namespace) -> bool:
    """What is in force here, until when, what waits and for whom."""
    folder = TrustFolder(given.folder)
    folder.root()  # raises unless the folder is one
    targets = folder.targets()
    bodies = [role.name for role in delegations(targets.signed if targets else None)]
    for role in (*names.TOP, *bodies):
        found = folder.newest(role)
        if found is None:
            talk.say("not_in_force", what=title(talk, role))
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
    """Follow the folder from a pinned root. Returns whether all of it would be believed."""
    folder, root = TrustFolder(given.folder), given.root.read_bytes()
    try:
        pinned = first(root, demo=True)
    except TrustRefusedError as error:
        talk.say("refused", subject=error.subject, why=talk.words(f"why_{error.why}"))
        return False
    followed = follow(pinned, folder.fetch, demo=True)
    for refusal in followed.refused:
        subject = title(talk, refusal.subject) if refusal.subject in names.TOP else refusal.subject
        talk.say("refused", subject=subject, why=talk.words(f"why_{refusal.why}"))
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
