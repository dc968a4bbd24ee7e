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
CLASSIFIED = ("case.classified", "case.reclassified")
EVENT = "event"


@dataclass(frozen=True, slots=True)
class Release:
    """Published figures: indicator → year → number, None where it is protected; and their leaf."""

    number: int
    as_of: dt.date
    years: Mapping[str, Mapping[int, int | None]]
    totals: Mapping[str, int | None]
    leaf_hash: bytes
    cohorts: "Cohorts | None" = None  # None: released before there were any


# Indicator, year, kind in law and ending (both empty where it tells neither apart).
CellOf = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Published cohorts and the rule by which they were counted, both under the release's leaf."""

    until: dt.datetime
    begins: str
    endings: Mapping[str, str]
    enters_court: frozenset[str]
    torture: str
    cells: Mapping[CellOf, int]


@dataclass(frozen=True, slots=True)
class Classified:
    """A signed classification: what the case was in law from then on."""

    at: dt.datetime
    group: str

    @property
    def conduct(self) -> str:
        return self.group.split(" ")[0]


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
    courses: dict[str, list["Decided | Classified"]] = field(
        default_factory=dict
    )  # case → its acts
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
            cohorts=read_cohorts(figures["cohorts"]) if "cohorts" in figures else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise MalformedError(f"not a release as it is published: {problem!r}") from problem


def _years(row: Mapping[str, int | None]) -> dict[int, int | None]:
    return {int(year): value for year, value in row.items()}


def read_cohorts(told: Mapping[str, Any]) -> Cohorts:
    """Read a release's cohorts. Raises KeyError, TypeError or ValueError."""
    rule = told["rule"]
    cells = {
        (each["indicator"], int(each["year"]), each["as"] or "", each["ending"] or ""): each[
            "value"
        ]
        for each in told["cells"]
    }
    if len(cells) < len(told["cells"]):
        raise ValueError("a cell stands in it twice")
    return Cohorts(
        until=dt.datetime.fromisoformat(rule["until"]),
        begins=rule["begins"],
        endings=rule["endings"],
        enters_court=frozenset(rule["enters_court"]),
        torture=rule["torture"],
        cells=cells,
    )


def read_openings(content: Any, release: Release, in_log: Mapping[bytes, int]) -> Opened:
    """Tie every opening to its leaf in the log (hash → place). Raises MalformedError."""
    try:
        if content["v"] != VERSION or content["release"] != release.number:
            raise MalformedError(f"these are openings of release {content['release']!r}")
        opened = Opened(appeals=[] if "appeals" in content else None)
        seen = set[bytes]()
        # In the order in which they were entered: the last of a case says how it stands.
        for act in sorted(content["acts"], key=_entered):
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
    if not _is_tied(opened, own, in_log, seen, name=str(record["key"])):
        return
    course = opened.courses.setdefault(record["subject_key"], [])
    if record["act"] == DECIDED:
        decided = _decided(record["reason_code"])
        opened.decisions.append(decided)
        course.append(decided)
    elif record["act"] in CLASSIFIED:
        course.append(Classified(dt.datetime.fromisoformat(record["at"]), record["reason_code"]))


def _entered(act: Mapping[str, Any]) -> tuple[str, str]:
    return act["record"]["recorded_at"], act["record"]["at"]


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
