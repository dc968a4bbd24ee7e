"""What a country's pack holds once it is read and found sound. Nothing here can be changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from arasha.engines.law.rules import Checked, Law
from arasha.packs.text import Text
from arasha.packs.working_days import Calendar

State = Literal["draft", "native-read", "approved"]


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
    """A body of the state that commands places of detention."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Basis:
    """The article something rests on, and how well it was checked. `words`: the article for readers."""

    article: str
    checked: Checked
    url: str = ""
    words: Text | None = None


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

    def topics_on(self, day: dt.date, *, unnamed: bool = False) -> tuple[str, ...]:
        """The matters it may receive on `day`, in the pack's order."""
        rules = [r for r in self.receives if r.holds_on(day) and (r.unnamed or not unnamed)]
        return tuple(dict.fromkeys(topic for rule in rules for topic in rule.topics))


@dataclass(frozen=True, slots=True)
class Term:
    """`means`: what the code itself must know about it, one of MEANINGS; empty: nothing."""

    code: str
    name: Text
    means: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`checked`: how well a list that the law or an order prescribes was checked; None: our own list."""

    code: str
    title: Text
    terms: Mapping[str, Term]
    checked: Checked | None = None

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
    texts: Mapping[str, PackText]
    upkeep: Upkeep
    law: Law
    cases: tuple[LawCase, ...]
    hash: str

    def text(self, key: str, language: str) -> str:
        """The words of `key`, e.g. `terminal.write.title`. Raises KeyError for a key the pack lacks."""
        return self.texts[key].text.in_(language)

    def term(self, vocabulary: str, code: str) -> Text:
        return self.vocabularies[vocabulary].terms[code].name

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
