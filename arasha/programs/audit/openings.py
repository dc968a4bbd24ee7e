"""A release and its openings, read and tied to the log. Nothing that is not tied is counted."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arasha.engines.notes import MalformedError, canonical_json
from arasha.engines.translog import commitment, leaf, leaf_hash

VERSION = "arasha openings v1"
DECIDED = "case.decided"
EVENT = "event"


@dataclass(frozen=True, slots=True)
class Release:
    """Published figures: indicator → year → number, None where it is protected; and their leaf."""

    number: int
    as_of: dt.date
    years: Mapping[str, Mapping[int, int | None]]
    totals: Mapping[str, int | None]
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as its journal entry commits to it."""

    kind: str
    day: dt.date
    persons: int


@dataclass(slots=True)
class Opened:
    """What could be tied to the log, and what could not: erased, missing there, or counted twice."""

    decisions: list[Decided] = field(default_factory=list)
    appeals: list[dt.date] | None = None
    erased: int = 0
    missing: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)


def read_release(content: Any) -> Release:
    """Read the release's public JSON. Raises MalformedError."""
    try:
        figures = content["figures"]
        indicators = figures["indicators"]
        digest = hashlib.sha256(canonical_json(figures)).digest()
        text = leaf(content["leaf_kind"], commitment(bytes.fromhex(content["salt"]), digest))
        return Release(
            number=int(figures["release"]),
            as_of=dt.date.fromisoformat(figures["as_of"]),
            years={code: _years(row["years"]) for code, row in indicators.items()},
            totals={code: row["total"] for code, row in indicators.items()},
            leaf_hash=leaf_hash(text),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise MalformedError(f"not a release as it is published: {problem!r}") from problem


def _years(row: Mapping[str, int | None]) -> dict[int, int | None]:
    return {int(year): value for year, value in row.items()}


def read_openings(content: Any, release: Release, in_log: Mapping[bytes, int]) -> Opened:
    """Tie every opening to its leaf in the log (hash → place). Raises MalformedError."""
    try:
        if content["v"] != VERSION or content["release"] != release.number:
            raise MalformedError(f"these are openings of release {content['release']!r}")
        opened = Opened(appeals=[] if "appeals" in content else None)
        seen = set[bytes]()
        for act in content["acts"]:
            _tie_act(opened, act, in_log, seen)
        for appeal in content.get("appeals", ()):
            _tie_appeal(opened, appeal, in_log, seen)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise MalformedError(f"not a file of openings: {problem!r}") from problem
    return opened


def _tie_act(
    opened: Opened, act: Mapping[str, Any], in_log: Mapping[bytes, int], seen: set[bytes]
) -> None:
    if act["salt"] is None:
        # Anybody could write such a line: an erased act is told, and not counted.
        opened.erased += 1
        return
    record = act["record"]
    digest = hashlib.sha256(canonical_json(record)).digest()
    own = leaf_hash(leaf(EVENT, commitment(bytes.fromhex(act["salt"]), digest)))
    if _is_tied(opened, own, in_log, seen, name=str(record["key"])) and record["act"] == DECIDED:
        opened.decisions.append(_decided(record["reason_code"]))


def _tie_appeal(
    opened: Opened, appeal: Mapping[str, Any], in_log: Mapping[bytes, int], seen: set[bytes]
) -> None:
    own = leaf_hash(appeal["leaf"].encode())
    if _is_tied(opened, own, in_log, seen, name=own.hex()) and opened.appeals is not None:
        opened.appeals.append(dt.date.fromisoformat(appeal["received"]))


def _is_tied(
    opened: Opened, own: bytes, in_log: Mapping[bytes, int], seen: set[bytes], *, name: str
) -> bool:
    if own not in in_log:
        opened.missing.append(name)
        return False
    if own in seen:
        opened.twice.append(name)
        return False
    seen.add(own)
    return True


def _decided(counted: str) -> Decided:
    kind, day, persons = counted.split(" ")
    return Decided(kind, dt.date.fromisoformat(day), int(persons))
