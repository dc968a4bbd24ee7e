"""What a case of the demo consists of: told as data, played by `playing`."""

from dataclasses import dataclass

from arasha.engines.law.rules import Conduct

IN_PERSON, LETTER = "in_person", "letter"  # pack: telling ways
COURT = "Самал аудандық соты (үлгі)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person of a case. `born`: EDTF. `agency`: whom a suspect serves. `sentence`: once convicted."""

    role: str = "victim"
    name: str = ""
    born: str = ""
    sex: str = "male"
    marks: str = ""
    agency: str = ""
    is_charged: bool = False
    sentence: str = ""
    months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A classification, so many days after registration."""

    conduct: Conduct = "torture"
    days: int = 1
    part: int | None = None
    criteria: tuple[str, ...] = ("information",)
    body_kind: str = "prosecutor"
    reason: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision, so many days after registration. `told`: how the victim heard of it; empty: not yet."""

    kind: str
    days: int
    ground: str = ""
    reason: str = ""
    court: str = ""
    in_spite: str = ""
    told: str = IN_PERSON
    by_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A case from the report on which it was opened.

    `days_ago`: when it was registered. `happened`: as it was told; or so many days ago; or else three days
    before the report.
    `refused`: a body that the rules refused as investigator before the first signature.
    """

    code: str
    days_ago: int
    account: str
    source: str = "citizen"
    source_words: str = ""
    place: str = "DEMO-2"
    happened: str = ""
    happened_days_ago: int = 0
    conduct: Conduct = "torture"
    people: tuple[Somebody, ...] = ()
    methods: tuple[str, ...] = ("beating",)
    harm: str = "light"
    refused: str = ""
    signed: tuple[Signed, ...] = (Signed(),)
    decided: tuple[Decided, ...] = ()
    told: str = LETTER  # of the registration
