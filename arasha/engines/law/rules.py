"""What a country's law is made of: acts, and rules whose wording has a first and a last day."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeVar, get_args

Words = Mapping[str, str]  # language → words
Clock = Literal["act", "step", "decision"]
Conduct = Literal["torture", "ill_treatment"]
Capacity = Literal["official", "acting_in_official_capacity", "instigated"]
Checked = Literal["official", "secondary", "article", "unverified"]
Unit = Literal["hours", "days", "working_days", "months"]
Report = Literal[
    "anonymous_opens_case",
    "anonymous_brings_visit",
    "false_denunciation_warning",
    "victim_asks_for_term",
]

CONDUCTS: tuple[Conduct, ...] = ("torture", "ill_treatment")
CAPACITIES: tuple[Capacity, ...] = ("official", "acting_in_official_capacity", "instigated")
UNITS: tuple[Unit, ...] = ("hours", "days", "working_days", "months")
# What the law says of a report and of whoever makes it: each is so or not so on a day.
REPORTS: tuple[Report, ...] = get_args(Report)
# Strongest first: read in the official text, in a copy, only in an article about it, nowhere yet.
STRENGTH: tuple[Checked, ...] = ("official", "secondary", "article", "unverified")

V = TypeVar("V")


def weakest(*states: Checked) -> Checked:
    """The state of a chain is that of its weakest link."""
    return max(states, key=STRENGTH.index, default="unverified")


@dataclass(frozen=True, slots=True)
class Instrument:
    """An act of law: what a version was made `by`. `in_force` is None where the day is not known."""

    code: str
    cite: str
    name: Words
    url: str
    in_force: dt.date | None
    checked: Checked


@dataclass(frozen=True, slots=True)
class Version(Generic[V]):
    """One wording. `value` None: the pack does not know what this wording said.

    `start` None: it is known to be old, not how old; it then counts from its act's first day.
    `end` is the last day; a rule ends a version that names none on the day before the next. `note`: what a reader must know beside the value. `limitation_months`: of a bar
    of limitation that is open, after how long it releases.
    """

    value: V | None
    article: str
    instrument: Instrument
    start: dt.date | None
    end: dt.date | None
    checked: Checked
    url: str
    verified_by: str = ""
    verified_on: dt.date | None = None
    note: Words | None = None
    limitation_months: int | None = None

    @property
    def counts_from(self) -> dt.date:
        return self.start or self.instrument.in_force or dt.date.min

    @property
    def strength(self) -> Checked:
        return weakest(self.checked, self.instrument.checked)


@dataclass(frozen=True)
class Rule(Generic[V]):
    """One question the law answers, in all its versions, whatever their order in the file.

    `parts` (today's numbering) narrows it; empty means every part. `changes`: the first days on which the
    answer may differ from the day before.
    """

    id: str
    clock: Clock
    versions: tuple[Version[V], ...]
    parts: tuple[int, ...] = ()
    changes: frozenset[dt.date] = field(init=False, repr=False, compare=False)
    _starts: list[dt.date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.versions, key=lambda version: version.counts_from)
        starts = [version.counts_from for version in ordered]
        ended = map(_until, ordered, [*starts[1:], None])
        object.__setattr__(self, "versions", tuple(ended))
        object.__setattr__(self, "_starts", starts)
        day_after = {v.end + dt.timedelta(days=1) for v in ordered if v.end}
        object.__setattr__(self, "changes", frozenset(day_after.union(starts)))

    def on(self, day: dt.date) -> Version[V] | None:
        """The version in force on `day`, or None: the pack knows none."""
        position = bisect_right(self._starts, day) - 1
        if position < 0:
            return None
        version = self.versions[position]
        return None if version.end and version.end < day else version

    def starting_in(self, after: dt.date, until: dt.date) -> tuple[Version[V], ...]:
        """The versions that took force after `after`, up to and including `until`, oldest first."""
        first, last = bisect_right(self._starts, after), bisect_right(self._starts, until)
        return self.versions[first:last]

    def covers(self, part: int) -> bool:
        return not self.parts or part in self.parts

    def overlaps(self) -> list[str]:
        """Days that two versions claim, in words. A lawyer must say which of them holds."""
        return [
            f"{self.id}: the version of {earlier.counts_from} runs until {earlier.end}, "
            f"the next begins on {later.counts_from}"
            for earlier, later in zip(self.versions, self.versions[1:], strict=False)
            if (earlier.end and earlier.end >= later.counts_from)
            or earlier.counts_from == later.counts_from
        ]


def _until(version: Version[V], following: dt.date | None) -> Version[V]:
    """The version with its last day, where it names none and another one follows."""
    if version.end or following is None or following <= version.counts_from:
        return version
    return replace(version, end=following - dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Offence:
    """A conduct as one version of the offence names it. `part` is today's numbering of the part."""

    conduct: Conduct
    part: int
    provision: str
    capacities: tuple[Capacity, ...]
    max_imprisonment_months: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Extension:
    """`grantor` may lengthen a term to `up_to` in all (None: to any length). The motion must be filed
    `motion_before` the term runs out.
    """

    up_to: Term | None
    grantor: str
    motion_before: Term


@dataclass(frozen=True, slots=True)
class Principle:
    """A rule about rules ("worsening law has no retroactive force") with its source."""

    article: str
    instrument: Instrument
    checked: Checked


@dataclass(frozen=True)
class Law:
    """All rules of one country, ready to be asked.

    `sentences`: for each step of an answer its words, with {day}, {provision}, {amount} to fill.
    `milder_pairs`: pairs of versions (their first days, earlier first) of which a lawyer marked the milder.
    `counts_intermediate`: a milder law that came and went between act and decision still counts.
    """

    offences: Rule[tuple[Offence, ...]]
    bars: Mapping[str, Mapping[Conduct, tuple[Rule[bool], ...]]]
    investigators: Mapping[Conduct, tuple[Rule[str], ...]]
    deadlines: Mapping[str, Rule[Term]]
    principles: Mapping[str, Principle]
    sentences: Mapping[str, Words]
    ladders: Mapping[str, Rule[tuple[Extension, ...]]] = field(default_factory=dict)
    reports: Mapping[Report, Rule[bool]] = field(default_factory=dict)
    milder_pairs: frozenset[tuple[dt.date, dt.date]] = frozenset()
    counts_intermediate: bool = True

    def basic_part(self, conduct: Conduct) -> int:
        """The part (today's numbering) of the conduct's basic offence."""
        return min(self.parts_of(conduct), default=0)

    def parts_of(self, conduct: Conduct) -> tuple[int, ...]:
        """The parts under which today's wording names the conduct."""
        newest = self.offences.versions[-1].value or ()
        return tuple(sorted({o.part for o in newest if o.conduct == conduct}))
