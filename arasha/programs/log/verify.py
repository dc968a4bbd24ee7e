"""`arasha log verify`: check a receipt or a promise, and say exactly what it proves."""

import argparse
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from arasha.engines.notes import (
    MalformedError,
    UntrustedNoteError,
    Verified,
    filing_code,
    grouped,
)
from arasha.engines.translog import (
    NotProvedError,
    Policy,
    Proof,
    Proved,
    parse_proof,
    verify_proof,
)
from arasha.engines.translog.policy import NONE
from arasha.programs.log.checkpoints import judged
from arasha.programs.log.inputs import (
    BadInputError,
    Told,
    read_file,
    read_policy,
    read_typed_code,
    reading,
    verb,
    words_of,
)
from arasha.programs.log.promises import (
    Promise,
    Terminals,
    Verdict,
    judge,
    read_promise,
    search,
)
from arasha.programs.log.stamps import Stamp, stamped_on
from arasha.wire import clock
from arasha.wire.published import WEB, published_at
from arasha.wire.trust import TrustRefusedError, first, follow, names
from arasha.wire.trust.folder import TrustFolder

PROVED, NOT_PROVED, TOO_EARLY = 0, 1, 3
STATUS = {
    Verdict.REDEEMED: PROVED,
    Verdict.NOT_DUE: TOO_EARLY,
    Verdict.TOO_OLD: TOO_EARLY,
    Verdict.BROKEN: NOT_PROVED,
    Verdict.REVOKED: NOT_PROVED,
}
Words = Mapping[str, str]


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    one = verb(
        verbs,
        "verify",
        run=run,
        meaning="check a .tlog-proof file or a terminal's promise, without a network",
        statuses="0 proved, 1 not proved or broken, 2 cannot be checked, 3 too early to tell",
    )
    one.add_argument("proof", type=Path, nargs="?", metavar="PROOF", help="the .tlog-proof file")
    one.add_argument("--code", help="the filing code on the slip, in any spacing")
    one.add_argument("--log", metavar="WHERE", help="the log's address or a copy's folder")
    one.add_argument("--promise", type=Path, metavar="FILE", help="the promise on the slip")
    one.add_argument(
        "--timestamp", type=Path, metavar="TSR", help="an RFC 3161 timestamp of the log"
    )
    one.add_argument(
        "--authorities", type=Path, metavar="PEM", help="the timestamp authorities you believe"
    )
    one.add_argument(
        "--terminals",
        type=Path,
        metavar="FILE",
        help="terminals' keys: one <vkey> a line, or a folder of the root of trust",
    )
    one.add_argument("--root", type=Path, metavar="FILE", help="the pinned root of that folder")


def run(given: argparse.Namespace) -> Told:
    words, policy = words_of(given.lang), read_policy(given.policy)
    proof = _read_proof(given.proof) if given.proof else None
    code = None if given.code is None else read_typed_code(given.code)
    promised = _read_promise(given) if given.promise else None
    proved = None
    if proof is not None:
        try:
            proved = verify_proof(proof, policy, code=code)
        except NotProvedError as refusal:
            reason = words[refusal.reason].format(code=grouped(filing_code(proof.leaf_hash)))
            return NOT_PROVED, [words["not proved"], reason]
    elif promised is None:
        raise BadInputError("nothing to check")
    lines = [] if proved is None else list(_report(words, policy, proved, code, given.log))
    if proof is not None and proved is not None and given.timestamp is not None:
        lines.append(_stamped(words, given, proof, proved, policy))
    if promised is None:
        return PROVED, lines
    status, verdict = _verdict(words, policy, promised, proved, given.log)
    return status, [*verdict, *([""] if lines else []), *lines]


def _read_proof(path: Path) -> Proof:
    data = read_file(path)
    try:
        proof = parse_proof(data)
        filing_code(proof.leaf_hash)
    except MalformedError as problem:
        raise BadInputError("bad proof", file=path, detail=problem) from problem
    return proof


def _report(
    words: Words, policy: Policy, proved: Proved, code: str | None, log: str | None
) -> Iterator[str]:
    yield words["proved"]
    yield words["entry"].format(
        origin=proved.checkpoint.origin, number=proved.index + 1, size=proved.checkpoint.size
    )
    if log is not None:
        yield from _epoch_day(words, log, proved)
    yield words["hash"].format(leaf=proved.leaf_hash.hex())
    if code is not None:
        yield words["code fits"].format(code=grouped(proved.code))
    yield words["signed"].format(key_id=proved.log.key_id.hex())
    yield from witnesses(words, policy, proved.cosignatures)
    yield ""
    yield words["limits"]
    if code is None:
        yield words["whose"].format(code=grouped(proved.code))
    yield words["content"]
    yield words["day" if proved.cosignatures else "no witness"]
    yield words["since"]


def _stamped(
    words: Words, given: argparse.Namespace, proof: Proof, proved: Proved, policy: Policy
) -> str:
    if given.authorities is None:
        raise BadInputError("no authorities")
    stamp = Stamp(given.timestamp, given.authorities)
    day = stamped_on(stamp, proof, proved, policy, given.log)
    return words["stamped" if day else "stamped before"].format(day=day)


def _epoch_day(words: Words, log: str, proved: Proved) -> Iterator[str]:
    with reading(log):
        place = published_at(log).place_of(proved.leaf_hash)
    if place is None or place.index != proved.index:
        yield words["no epoch day"].format(where=log)
    else:
        yield words["epoch day"].format(day=place.day.isoformat())


def witnesses(words: Words, policy: Policy, cosignatures: tuple[Verified, ...]) -> Iterator[str]:
    """Say who saw a checkpoint, on which day, and whether that is enough for the policy."""
    if cosignatures:
        yield words["witnesses"]
    for each in cosignatures:
        day = _day(each.timestamp) or words["no day"]
        yield words["witness"].format(name=policy.name_of(each.key), key=each.key.name, day=day)
    if policy.witnesses:
        enough = policy.is_satisfied({each.key for each in cosignatures})
        yield words["quorum met" if enough else "quorum missed"].format(
            count=len(cosignatures), all=len(policy.witnesses)
        )


def _day(timestamp: int | None) -> str | None:
    # The day only: the second would tell no more about the filing, and invites to read it so.
    try:
        return dt.datetime.fromtimestamp(timestamp or 0, dt.UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return None


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise whose signature was checked."""

    promise: Promise
    terminal: str
    revoked_at: int | None


def _read_promise(given: argparse.Namespace) -> Promised:
    if given.terminals is None:
        raise BadInputError("no terminals")
    data = read_file(given.promise)
    try:
        terminals = _terminals(given.terminals, given.root)
    except (ValueError, TrustRefusedError) as problem:
        raise BadInputError("bad terminals", file=given.terminals, detail=problem) from problem
    try:
        key, text = terminals.signer_of(data)
        promise = read_promise(text)
    except (MalformedError, UntrustedNoteError) as problem:
        raise BadInputError("bad promise", file=given.promise, detail=problem) from problem
    return Promised(promise, key.name, terminals.revoked_at[key])


def _terminals(path: Path, root: Path | None) -> Terminals:
    """From a list of keys, or from a folder of the root of trust that is followed from a pinned root."""
    if not path.is_dir():
        return Terminals.parse(read_file(path).decode("utf-8", "replace"))
    if root is None:
        raise BadInputError("no root")
    # A demo's root too: whoever pins it knows what they check.
    followed = follow(first(read_file(root), demo=True), TrustFolder(path).fetch, demo=True)
    for refusal in followed.refused:
        if not refusal.subject.startswith((names.BODY, names.SETS)):  # bodies sign no terminals
            raise refusal
    return Terminals.of(followed.held.terminal_keys())


def _verdict(
    words: Words, policy: Policy, promised: Promised, proved: Proved | None, log: str | None
) -> tuple[int, list[str]]:
    promise = promised.promise
    if proved is not None and proved.leaf_hash != promise.leaf_hash:
        return NOT_PROVED, [words["not proved"], words["other leaf"]]
    found = proved is not None
    known_until, after_fits = None, True
    if not found and log is not None:
        found, known_until, after_fits = _searched(policy, promise, log)
    verdict = judge(
        promise,
        revoked_at=promised.revoked_at,
        is_included=found,
        known_until=known_until,
        today=clock.now().date(),
    )
    said = words[f"promise {verdict}"].format(
        by=promise.by.isoformat(), after=promise.after_size, terminal=promised.terminal
    )
    forked = [] if after_fits else [words["after differs"].format(after=promise.after_size)]
    return STATUS[verdict], [
        words[f"verdict {verdict}"],
        said,
        words["promise signer"].format(terminal=promised.terminal),
        *forked,
    ]


def _searched(policy: Policy, promise: Promise, log: str) -> tuple[bool, dt.date | None, bool]:
    """Whether the leaf is in the log, up to which day that is known, whether `after` is its state."""
    published = published_at(log)
    with reading(log):
        try:
            head = judged(published.checkpoint(), policy)
        except NotProvedError as problem:
            raise BadInputError("log malformed", where=log, detail=problem) from problem
        if head.stated.size < promise.after_size:
            return False, None, True  # an old copy
        place, after_fits = search(published, head.stated, promise)
    if policy.quorum != NONE:
        seen = head.seen_at if head.has_quorum else None
    else:
        # Who asks for no witness believes the address: it answered now.
        seen = clock.now() if log.startswith(WEB) else None
    return place is not None, seen.date() if seen else None, after_fits
