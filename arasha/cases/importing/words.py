"""What a remark says: what was found, and what to do."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.cases.errors import (
    LinesRefusedError,
    NothingToTakeError,
    NumbersTakenMeanwhileError,
)
from arasha.cases.importing.fields import Field, all_fields
from arasha.cases.importing.lines import Remark
from arasha.papers.tables import table_csv
from arasha.problems import ChangedMeanwhileProblem

WORDS: dict[str, tuple[Promise, Promise]] = {
    "missing": (_("It is empty."), _("Fill it in, or choose one value for all lines.")),
    "no_number": (
        _("It has no letter and no digit: that is no number."),
        _("Write the number as it stands in the register."),
    ),
    "number_twice": (
        _("This number stands in an earlier line too."),
        _("Keep the line that is right and take the other out."),
    ),
    "number_known": (
        _("A case with this number is in the register already."),
        _("Take the line out; add what is new to that case."),
    ),
    "too_long": (_("It is longer than our field."), _("Shorten it, or put it into the account.")),
    "day_unreadable": (
        _("It is not one day."),
        _("Write the day, the month and the year with four digits: 05.03.2024."),
    ),
    "day_in_future": (_("That day has not come yet."), _("Correct the day.")),
    "before_registration": (
        _("It is dated before the registration."),
        _("Correct one of the two days."),
    ),
    "before_act": (
        _("It is dated before what is said to have happened."),
        _("Correct one of the two days."),
    ),
    "impossible_order": (
        _("By the procedure this decision cannot follow the one before it."),
        _("Add the decision that is missing, or correct the days."),
    ),
    "too_many_persons": (
        _("More persons leave the court than were sent there."),
        _("Correct the numbers of persons."),
    ),
    "persons_missing": (
        _("The number of persons is missing."),
        _("Write how many persons it concerns: at least one."),
    ),
    "count_unreadable": (_("It is not a number of persons."), _("Write it in digits.")),
    "not_in_list": (
        _("It is not in our list, or means more than one of it."),
        _("Write the words of our list, or choose one value for all lines."),
    ),
    "yes_or_no": (_("It is neither yes nor no."), _("Write yes or no, or leave it empty.")),
    "part_unreadable": (_("It is not a part of the article."), _("Write 1, 2, 3 or 4.")),
    "place_unknown": (
        _("The register of places does not know it."),
        _("Write its code or its name as the register of places has it."),
    ),
    "place_unclear": (_("More than one place has this name."), _("Write the code of the place.")),
    "cell_unreadable": (
        _("The cell cannot be read."),
        _(
            "Write its value as text: a formula without its result, an error or too long a text stands there."
        ),
    ),
    "law_silent": (
        _("The rules cannot answer for these days."),
        _("Check the day of the act and the days of the decisions."),
    ),
    # Worth a look; the line may come in.
    "place_missing": (_("No place is named."), _("The case comes in without a place.")),
    "happened_unreadable": (
        _("It is not a date that can be reckoned with."),
        _("It is kept in words; the rules answer for every day it can have been."),
    ),
    "happened_unknown": (
        _("Nobody says when it happened."),
        _("The rules answer for every day it can have been."),
    ),
    "ground_missing": (
        _("The ground of the decision is missing."),
        _("It counts as not coded until somebody enters it."),
    ),
    "stage_alone": (
        _("The decision that leads to this stage is not in the table."),
        _("The case stands at this stage; figures count no decision for it."),
    ),
    "stage_differs": (
        _("The decisions lead to another stage."),
        _("The stage of the decisions counts."),
    ),
    "name_missing": (
        _("Nobody is named."),
        _("The case comes in without people; they can be added later."),
    ),
    "namesake": (
        _("Two people of one name."),
        _("They stay two. If it is one person, take one out."),
    ),
    "told_before": (
        _("A case with this name, place and day is in the register already."),
        _("Open it first: it may be the same event."),
    ),
}


def found(code: str) -> str:
    return str(WORDS[code][0])


def to_do(code: str) -> str:
    return str(WORDS[code][1])


def label(code: str, fields: Sequence[Field] = ()) -> str:
    """What a field is called; the code itself where nobody knows it any more."""
    return next((str(f.label) for f in fields or all_fields() if f.code == code), code)


def problem(code: str) -> str:
    """Why the worker did not take a table in."""
    known = (NothingToTakeError, NumbersTakenMeanwhileError, ChangedMeanwhileProblem)
    said = next((f"{each.happened} {each.next_step}" for each in known if each.code == code), "")
    return said or str(LinesRefusedError.next_step)


def as_csv(remarks: Iterable[Remark]) -> bytes:
    """All remarks as a table that a spreadsheet opens and that runs nothing."""
    labels = {field.code: str(field.label) for field in all_fields()}
    header = (_("Line"), _("Column"), _("Field"), _("What stands there"), _("What is wrong"), _("What to do"), _("Kind"))  # fmt: skip
    rows = [
        (
            remark.line,
            remark.column,
            labels.get(remark.field, remark.field),
            remark.value,
            found(remark.code),
            to_do(remark.code),
            str(_("error") if remark.is_error else _("warning")),
        )
        for remark in remarks
    ]
    return table_csv([str(name) for name in header], rows)
