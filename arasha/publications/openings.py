"""Openings for auditors: what a release counted, with what is needed to find it in the public log."""

import datetime as dt
from itertools import chain
from typing import Any

from arasha.access.viewing import viewing
from arasha.actors import FIGURES, Actor
from arasha.appeals import figures as appeals
from arasha.journal import selectors as journal
from arasha.journal import services as journal_services
from arasha.publications import selectors

VERSION = "arasha openings v1"
# What figures count: decisions, and the signed acts that say what a case is.
ACTS = ("case.decided", "case.classified", "case.reclassified")


def openings(*, number: int, with_appeals: bool, by: Actor, at: dt.datetime) -> dict[str, Any]:
    """Return the openings of a release's numbers; that they were made is an act of its own.

    No name and no text is in them: keys of cases and numbers of accounts. The leaves of appeals are
    left out unless asked for, because who has them can tell an appellant's slip from any other.
    """
    release = selectors.find_release(viewer=by, number=number)
    leaf = bytes(release.leaf_hash)
    with viewing(FIGURES):
        acts = chain.from_iterable(
            journal.acts_before(viewer=by, act=act, leaf_hash=leaf) for act in ACTS
        )
        found: dict[str, Any] = {
            "v": VERSION,
            "release": number,
            # A salt that was erased is null: that act says nothing any more.
            "acts": [{"record": act, "salt": salt and salt.hex()} for act, salt in acts],
        }
        if with_appeals:
            found["appeals"] = _appeals(leaf, until=release.as_of_day, by=by)
    journal_services.record(
        act="figures.opened", subject_kind="release", subject_key=release.key, by=by, at=at
    )
    return found


def _appeals(leaf: bytes, *, until: dt.date, by: Actor) -> list[dict[str, str]]:
    days = appeals.leaves_received(viewer=FIGURES, until=until)
    texts = journal.leaves_before(viewer=by, leaf_hashes=days, leaf_hash=leaf)
    return [{"leaf": texts[each], "received": days[each].isoformat()} for each in sorted(texts)]
