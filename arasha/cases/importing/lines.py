"""A line of a table as it will enter the register, and what there is to say of it."""

import datetime as dt
from dataclasses import dataclass, field

from arasha.engines.dates import UNKNOWN, Partial
from arasha.places.models import Place


@dataclass(frozen=True, slots=True)
class Decided:
    kind: str
    day: dt.date
    persons: int = 0
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """`name` empty: it is not known. `role`: victim or suspect, by the pack's meaning."""

    role: str
    name: str
    sex: str = ""
    is_minor: bool | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a line, or worth a look. `field` and `column` say where; `line` 0: of the whole."""

    line: int
    code: str
    field: str = ""
    column: str = ""
    value: str = ""
    is_error: bool = True


@dataclass(slots=True, kw_only=True)
class Line:
    """A case as somebody's table tells it. `stage`: where it stands after `decisions`, registration first."""

    line: int
    register: str = ""
    number: str = ""
    number_day: dt.date | None = None
    issuer: str = ""
    registered_day: dt.date | None = None
    place: Place | None = None
    happened: Partial = UNKNOWN
    happened_words: str = ""
    conduct: str = ""
    part: int | None = None
    capacity: str = ""
    criteria: list[str] = field(default_factory=list)
    account: str = ""
    stage: str = ""
    court_number: str = ""
    decisions: list[Decided] = field(default_factory=list)
    people: list[Somebody] = field(default_factory=list)
