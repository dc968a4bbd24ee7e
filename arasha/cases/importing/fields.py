"""What a line of another register may tell us, and under which headings it is likely to stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from arasha.country import country
from arasha.packs.procedure import DecisionKind

BEGINS = "registered"  # the decision with which every line begins: its day is a field of its own
DECISION = "decision."
GROUND, PERSONS = ".ground", ".persons"


@dataclass(frozen=True, slots=True)
class Field:
    """`headings`: what its column may be called, parted by semicolons, in the reader's language.

    `vocabulary`: its values are codes of the pack. `for_all`: one value may stand for every line.
    """

    code: str
    label: str | Promise
    headings: str | Promise = ""
    group: str = "case"
    vocabulary: str = ""
    for_all: bool = False
    required: bool = False


GROUPS: tuple[tuple[str, Promise], ...] = (
    ("case", gettext_lazy("The case")),
    ("act", gettext_lazy("What is said to have happened")),
    ("people", gettext_lazy("The people")),
    ("decisions", gettext_lazy("The decisions")),
)
FIELDS: tuple[Field, ...] = (
    Field(
        "number",
        gettext_lazy("Number in the register"),
        gettext_lazy("erdr number; erdr; case number; registration number; number"),
        required=True,
    ),
    Field(
        "register",
        gettext_lazy("Which register gave it"),
        gettext_lazy("register; kind of number"),
        vocabulary="registers",
        for_all=True,
        required=True,
    ),
    Field(
        "number_day",
        gettext_lazy("Day on which the number was given"),
        gettext_lazy("day of the number; number given on"),
    ),
    Field(
        "issuer",
        gettext_lazy("Body that gave the number"),
        gettext_lazy("body that registered; registered by; issuer"),
        for_all=True,
    ),
    Field(
        "registered_day",
        gettext_lazy("Day of registration"),
        gettext_lazy("registered on; registration day; date of registration; registered"),
        required=True,
    ),
    Field("stage", gettext_lazy("Stage"), gettext_lazy("stage; state of the case; status")),
    Field(
        "court_number",
        gettext_lazy("Number at the court"),
        gettext_lazy("court number; number of the court case"),
    ),
    Field(
        "place",
        gettext_lazy("Place, by its code or name"),
        gettext_lazy("place; institution; facility; code of the place"),
        "act",
        for_all=True,
    ),
    Field(
        "happened",
        gettext_lazy("When it happened, as far as it is known"),
        gettext_lazy("day of the act; date of the act; when it happened; date of the event"),
        "act",
    ),
    Field(
        "conduct",
        gettext_lazy("What was done"),
        gettext_lazy("conduct; what was done; kind of act; qualification"),
        "act",
        vocabulary="conducts",
        for_all=True,
        required=True,
    ),
    Field(
        "part",
        gettext_lazy("Part of the article, by today's numbering"),
        gettext_lazy("part; part of the article"),
        "act",
        for_all=True,
    ),
    Field(
        "capacity",
        gettext_lazy("Who did it"),
        gettext_lazy("capacity; who did it"),
        "act",
        vocabulary="capacities",
        for_all=True,
    ),
    Field(
        "criteria",
        gettext_lazy("Purposes, parted by semicolons"),
        gettext_lazy("purposes; purpose; criteria"),
        "act",
        vocabulary="criteria",
        for_all=True,
    ),
    Field(
        "account",
        gettext_lazy("Account of what happened"),
        gettext_lazy("account; summary; what happened; circumstances"),
        "act",
    ),
    Field(
        "victims",
        gettext_lazy("Victims, parted by semicolons"),
        gettext_lazy("victims; victim; name of the victim"),
        "people",
    ),
    Field(
        "victims_sex",
        gettext_lazy("Sex of the victims"),
        gettext_lazy("sex of the victim; sex"),
        "people",
        vocabulary="sexes",
    ),
    Field(
        "victims_minor",
        gettext_lazy("Was the victim a minor? (yes or no)"),
        gettext_lazy("minor; victim is a minor"),
        "people",
    ),
    Field(
        "suspects",
        gettext_lazy("Suspects, parted by semicolons"),
        gettext_lazy("suspects; suspect; accused; name of the suspect"),
        "people",
    ),
    Field(
        "suspects_sex",
        gettext_lazy("Sex of the suspects"),
        gettext_lazy("sex of the suspect"),
        "people",
        vocabulary="sexes",
    ),
)


def all_fields() -> list[Field]:
    """Those of every country, then the decisions of this one, in the reader's language."""
    return [*FIELDS, *_of_decisions()]


def kinds() -> Iterator[DecisionKind]:
    """The decisions that a line may tell: all but its registration, and joining, which names another case."""
    for kind in country().procedure.kinds.values():
        if kind.code != BEGINS and "case" not in kind.needs:
            yield kind


def _of_decisions() -> Iterator[Field]:
    for kind in kinds():
        code, name = f"{DECISION}{kind.code}", kind.name.in_(get_language() or "en")
        yield Field(code, _("%(decision)s: day") % {"decision": name}, name, "decisions")
        if kind.grounds is not None:
            label = _("%(decision)s: ground") % {"decision": name}
            yield Field(code + GROUND, label, label, "decisions", vocabulary=kind.grounds)
        if kind.counts_persons:
            label = _("%(decision)s: persons") % {"decision": name}
            yield Field(code + PERSONS, label, label, "decisions")
