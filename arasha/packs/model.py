"""What a country's pack holds once it is read and found sound. Nothing here can be changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from arasha.engines.documents import Form
from arasha.engines.law.rules import Checked, Law
from arasha.packs.basis import Basis
from arasha.packs.procedure import Gravity, Procedure
from arasha.packs.statistics import StatisticsForm
from arasha.packs.text import Text
from arasha.packs.working_days import Calendar

State = Literal["draft", "native-read", "approved"]
RELIEFS = "reliefs"  # the vocabulary of the ways out of punishment that the law's bars may close


@dataclass(frozen=True, slots=True)
class Language:
    """`name` is the language's own name; `direction` is `ltr` or `rtl`."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    iso: str
    kind: str
    name: Text


@dataclass(frozen=True, slots=True)
class Authority:
    """A body of the state that commands places of detention.

    `investigates`: the body of investigation (pack: bodies_of_investigation) that is of the same
    service, and so must not investigate its people; empty: none is.
    """

    code: str
    name: Text
    investigates: str = ""


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """`npm_basis`: the article by which the National Preventive Mechanism may enter.

    `authority` None: nobody of the state admits to command it (an unofficial place, OPCAT art. 4).
    """

    code: str
    authority: str | None
    name: Text
    npm_basis: Basis


@dataclass(frozen=True, slots=True)
class InstitutionKind:
    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """A term's name and what starts it; how long it is, on which day, the law says."""

    code: str
    name: Text
    starts: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Competence:
    """A dated rule: on which matters a body may receive, and whether also without a name."""

    topics: tuple[str, ...]
    unnamed: bool
    from_day: dt.date | None
    to_day: dt.date | None
    basis: Basis

    def holds_on(self, day: dt.date) -> bool:
        return (self.from_day or dt.date.min) <= day <= (self.to_day or dt.date.max)


@dataclass(frozen=True, slots=True)
class Body:
    """A body people may write to. `readers`: who in it opens what is written, in plain words.

    `names_of`: the code of the body whose writers' names these readers open; such a body receives
    nothing itself, and its set is the smaller one `<that body>-names`.
    """

    code: str
    institution_kind: str
    name: Text
    readers: Text
    promise: Text
    commands: tuple[str, ...]
    never_about: tuple[str, ...]
    opens_case: bool
    answer_deadline: str | None
    terms: tuple[str, ...]  # the other clocks that an appeal starts when it is filed
    retention: str | None  # how long an appeal is kept after it has ended
    receives: tuple[Competence, ...]
    names_of: str | None = None

    def receives_on(self, day: dt.date, *, unnamed: bool = False) -> bool:
        """Whether people may write to it on `day`; `unnamed`: also without a name."""
        return any(rule.holds_on(day) and (rule.unnamed or not unnamed) for rule in self.receives)


@dataclass(frozen=True, slots=True)
class Keep:
    """How long a class of cases is kept after its last decision, and at which stages a case is of it.

    `years` None: nobody knows. What is "unverified" is never used without a person's word.
    """

    stages: tuple[str, ...]
    years: int | None
    checked: Checked
    source: str


@dataclass(frozen=True, slots=True)
class Term:
    """`means`: what the code itself must know about it, one of MEANINGS; empty: nothing.

    `article`: where the law names it. `relief`: the way out of punishment that it is, of the reliefs.
    """

    code: str
    name: Text
    means: str = ""
    article: str = ""
    relief: str = ""
    keep: Keep | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`checked`: how well a list that the law or an order prescribes was checked, and `source` where;
    None: our own list.
    """

    code: str
    title: Text
    terms: Mapping[str, Term]
    checked: Checked | None = None
    source: str = ""

    def meaning(self, means: str) -> frozenset[str]:
        """The codes of the terms that mean this."""
        return frozenset(term.code for term in self.terms.values() if term.means == means)


@dataclass(frozen=True, slots=True)
class PackText:
    """Words that touch somebody's rights: who wrote them, when, and who has read them since."""

    key: str
    author: str
    state: State
    date: dt.date
    text: Text


@dataclass(frozen=True, slots=True)
class LawCase:
    """A lawyer's case: a question, and what must be in its answer. `file` and `line` for the report."""

    name: str
    question: Mapping[str, object]
    expect: Mapping[str, object]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Terms of keeping terminals running. `checked` says how well a law behind them was checked: the
    values here are our own.

    `silent_hours`: unheard for so long, a terminal is an incident; `gap_days`: so are bundles that are
    missing for so long; `mend_days`: by when it should be mended; `canary_days`: by when a test appeal
    should be opened; `publish_after_days`: a month is published so long after its end.
    """

    silent_hours: int = 24
    gap_days: int = 3
    mend_days: int = 3
    canary_days: int = 7
    publish_after_days: int = 14
    checked: Checked = "unverified"


@dataclass(frozen=True, eq=False)
class Pack:
    """A country. `hash` is the SHA-256 (hex) of everything in it, as canonical JSON."""

    code: str
    name: Text
    languages: tuple[Language, ...]
    timezone: ZoneInfo
    calendar: Calendar
    regions: Mapping[str, Region]
    authorities: Mapping[str, Authority]
    place_kinds: Mapping[str, PlaceKind]
    institution_kinds: Mapping[str, InstitutionKind]
    bodies: Mapping[str, Body]
    deadlines: Mapping[str, Deadline]
    vocabularies: Mapping[str, Vocabulary]
    procedure: Procedure
    statistics: StatisticsForm
    texts: Mapping[str, PackText]
    forms: Mapping[str, Form]
    upkeep: Upkeep
    law: Law
    cases: tuple[LawCase, ...]
    hash: str

    def text(self, key: str, language: str) -> str:
        """The words of `key`, e.g. `terminal.write.title`. Raises KeyError for a key the pack lacks."""
        return self.texts[key].text.in_(language)

    def term(self, vocabulary: str, code: str) -> Text:
        return self.vocabularies[vocabulary].terms[code].name

    def relief_of(self, kind: str, ground: str) -> str | None:
        """The way out of punishment that a decision of this kind is by this ground, if it is one."""
        grounds = self.procedure.kinds[kind].grounds
        if grounds is None or ground not in self.vocabularies[grounds].terms:
            return None
        return (
            ground
            if grounds == RELIEFS
            else self.vocabularies[grounds].terms[ground].relief or None
        )

    def gravity_of(self, provision: str, from_day: dt.date | None, conduct: str) -> Gravity | None:
        """How grave the offence is in its wording; None: no imprisonment is known for it."""
        wordings = (v.value or () for v in self.law.offences.versions if v.start == from_day)
        months = (
            offence.max_imprisonment_months
            for offences in wordings
            for offence in offences
            if (offence.provision, offence.conduct) == (provision, conduct)
        )
        longest = max((known for known in months if known), default=None)
        return self.procedure.gravity_of(longest) if longest else None

    def body_of(self, institution_kind: str) -> Body | None:
        """The body of this kind that people may write to, if there is one."""
        kinds = (body for body in self.bodies.values() if body.institution_kind == institution_kind)
        return next(kinds, None)

    def names_body(self, body: Body) -> Body | None:
        """Those in `body` who are told who wrote, if the country knows such."""
        found = (each for each in self.bodies.values() if each.names_of == body.code)
        return next(found, None)

    def drafts(self) -> tuple[PackText, ...]:
        """The texts that no native speaker has read yet: a real build refuses them."""
        return tuple(text for text in self.texts.values() if text.state == "draft")
