"""`arasha log monitor`: look at a log once, compare it with what was seen before, and remember it."""

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from arasha.engines.notes import MalformedError
from arasha.engines.translog import NotProvedError, Policy
from arasha.programs.log import following, memory
from arasha.programs.log.checkpoints import Judged, judged
from arasha.programs.log.following import AGAINST, NEWS, Finding, Kind
from arasha.programs.log.inputs import (
    BadInputError,
    Told,
    read_policy,
    reading,
    verb,
    words_of,
)
from arasha.programs.log.verify import witnesses
from arasha.wire import clock, evidence
from arasha.wire.published import Published, published_at

WELL, AGAINST_THE_LOG, WEAK = 0, 1, 3


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = verb(
        verbs,
        "monitor",
        run=run,
        meaning="follow a log: look once, compare with what was seen; run it by a timer",
        statuses="0 all is well, 1 the log contradicts itself, 2 cannot be checked, 3 weak",
    )
    one.add_argument("log", metavar="WHERE", help="the log's address or a copy's folder")
    one.add_argument("--state", type=Path, required=True, metavar="FILE", help="what was seen")
    one.add_argument(
        "--evidence", type=Path, metavar="DIR", help="default: evidence, beside the state"
    )
    one.add_argument(
        "--fresh", type=int, default=6, metavar="HOURS", help="how old it may be (default 6)"
    )
    one.add_argument(
        "--only-roots", action="store_true", help="do not read the new entries themselves"
    )


def run(given: argparse.Namespace) -> Told:
    words, policy, now = words_of(given.lang), read_policy(given.policy), clock.now()
    published = published_at(given.log)
    try:
        known = memory.read(given.state)
    except (MalformedError, OSError) as problem:
        raise BadInputError("unreadable", file=given.state, detail=problem) from problem
    with reading(given.log):
        try:
            head = judged(published.checkpoint(), policy)
        except NotProvedError as refusal:
            return AGAINST_THE_LOG, [words["not proved"], words[refusal.reason]]
        found = list(_findings(given, published, policy, known, head, now))
    against = any(finding.kind in AGAINST for finding in found)
    lines = [words[f"found {each.kind}"].format(**each.details) for each in found]
    lines += _kept(words["evidence kept"], given.evidence or given.state.parent / "evidence", found)
    if not against:
        _remember(given.state, known, head, now)
        lines += witnesses(words, policy, head.cosignatures)
    status = AGAINST_THE_LOG if against else _status(found)
    return status, [words[f"monitor {status}"], *lines]


def _findings(
    given: argparse.Namespace,
    published: Published,
    policy: Policy,
    known: memory.Memory | None,
    head: Judged,
    now: dt.datetime,
) -> Iterator[Finding]:
    note = known.note if known else None
    if known and known.stated.origin != head.stated.origin:
        raise BadInputError("another log", file=given.state, origin=known.stated.origin)
    yield from following.continued(published, note, head, at=now)
    if not given.only_roots:
        seen = known.stated.size if known else 0
        yield from following.entries(published, min(seen, head.stated.size), head.stated)
    witnessed = following.with_quorum(published, policy, head)
    if witnessed is None:
        yield Finding(Kind.NO_QUORUM)
    grew_at = known.grew_at if known and known.stated.size == head.stated.size else now
    within = dt.timedelta(hours=given.fresh)
    yield from following.fresh(policy, witnessed or head, grew_at, at=now, within=within)
    yield from following.asked_of_witnesses(published, policy, head, at=now)


def _kept(words: str, folder: Path, found: list[Finding]) -> list[str]:
    """Write the evidence down, and say where it lies."""
    paths = [evidence.keep(folder, each.evidence) for each in found if each.evidence]
    return [words.format(file=path) for path in paths]


def _remember(path: Path, known: memory.Memory | None, head: Judged, now: dt.datetime) -> None:
    """Never step back: an old copy of the log must not make us forget the newer state."""
    if known is None or head.stated.size > known.stated.size:
        memory.write(path, memory.Memory(head.note, now))


def _status(found: list[Finding]) -> int:
    return WELL if all(each.kind in NEWS for each in found) else WEAK
