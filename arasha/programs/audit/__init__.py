"""`arasha audit`: counts a published release again, from openings that are tied to the log."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from arasha.engines.notes import MalformedError
from arasha.engines.translog import Checkpoint, NotProvedError, grown, leaf_hash
from arasha.programs.audit.openings import Opened, Release, read_openings, read_release
from arasha.programs.audit.recounting import Difference, differences, not_recounted
from arasha.programs.log.checkpoints import judged
from arasha.programs.log.inputs import BadInputError, read_policy, reading
from arasha.programs.log.inputs import texts as texts_of_log
from arasha.wire.published import Published, published_at
from arasha.wire.talk import LANGUAGES, Texts, read_texts, words_in

AGREES, DIFFERS, CANNOT_CHECK = 0, 1, 2
Words = Mapping[str, str]


def main(argv: list[str]) -> int:
    """Return 0 if every number that can be counted agrees, 1 if not, 2 if it cannot be checked."""
    given = _parser().parse_args(argv)
    words = words_in(texts(), given.lang)
    try:
        status, lines = _audit(words, given)
    except NotProvedError as refusal:
        status, lines = DIFFERS, [words["not proved"], words[refusal.reason]]
    except BadInputError as bad:
        status, lines = CANNOT_CHECK, [words["bad input"], words[bad.key].format(**bad.details)]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status


def texts() -> Texts:
    """What is not said here, `arasha log` says."""
    return {**texts_of_log(), **read_texts(Path(__file__).with_name("texts.toml"))}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("arasha audit", description=__doc__)
    parser.add_argument("release", type=Path, metavar="RELEASE", help="its JSON, as published")
    parser.add_argument("openings", type=Path, metavar="OPENINGS", help="from the office")
    parser.add_argument("--log", required=True, metavar="WHERE", help="address or a copy's folder")
    parser.add_argument("--policy", type=Path, required=True, help="whom you trust")
    parser.add_argument("--lang", choices=LANGUAGES, help="language (default: from LANG)")
    return parser


def _audit(words: Words, given: argparse.Namespace) -> tuple[int, list[str]]:
    policy, published = read_policy(given.policy), published_at(given.log)
    release = _release(given.release)
    with reading(given.log):
        stated = judged(published.checkpoint(), policy).stated
        in_log = leaves(published, stated)
    if release.leaf_hash not in in_log:
        return DIFFERS, [words["differs"], words["release missing"]]
    opened = _openings(given.openings, release, in_log)
    found = list(differences(release, opened))
    status = DIFFERS if found or opened.missing or opened.twice else AGREES
    place = in_log[release.leaf_hash] + 1
    return status, [
        words["agrees" if status == AGREES else "differs"],
        words["release"].format(
            number=release.number,
            day=release.as_of.isoformat(),
            place=place,
            size=stated.size,
            origin=stated.origin,
        ),
        *_told(words, release, opened, found),
        words["limits"],
    ]


def leaves(published: Published, stated: Checkpoint) -> dict[bytes, int]:
    """Every leaf hash of the log and its place, hashed up to the signed root. Raises MalformedError."""
    hashes = [leaf_hash(entry) for entry in published.entries(0, stated.size)]
    _, root = grown(published.nodes(stated.size), 0, hashes)
    if root != stated.root:
        raise MalformedError("its entries do not lead to the root that it signed")
    return {each: place for place, each in enumerate(hashes)}


def _told(words: Words, release: Release, opened: Opened, found: list[Difference]) -> Iterator[str]:
    yield words["opened"].format(acts=sum(map(len, opened.courses.values())))
    if opened.appeals is not None:
        yield words["appeals"].format(appeals=len(opened.appeals))
    if opened.erased:
        yield words["erased"].format(count=opened.erased)
    for key, names in (("missing", opened.missing), ("twice", opened.twice)):
        yield from (words[key].format(name=name) for name in names)
    for each in found:
        yield words["total" if each.year is None else "year"].format(
            indicator=each.indicator,
            year=each.year,
            published=each.published,
            counted=each.counted,
        )
    for code in not_recounted(release, opened):
        yield words["not recounted"].format(indicator=code)


def _release(path: Path) -> Release:
    try:
        return read_release(_json(path))
    except MalformedError as problem:
        raise BadInputError("bad release", file=path, detail=problem) from problem


def _openings(path: Path, release: Release, in_log: Mapping[bytes, int]) -> Opened:
    try:
        return read_openings(_json(path), release, in_log)
    except MalformedError as problem:
        raise BadInputError("bad openings", file=path, detail=problem) from problem


def _json(path: Path) -> Any:
    """Openings of a whole country are larger than other files that people hand over: no limit here."""
    try:
        return json.loads(path.read_bytes())
    except OSError as problem:
        raise BadInputError("unreadable", file=path, detail=problem.strerror) from problem
    except (ValueError, RecursionError) as problem:
        raise MalformedError(f"not JSON: {problem}") from problem
