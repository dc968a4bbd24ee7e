"""Numbers that other bodies gave."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from arasha.actors import Actor
from arasha.cases.errors import (
    NoNumberError,
    NumberTakenError,
)
from arasha.cases.models import Case, Number
from arasha.cases.versions import entered_before, locked, raise_version
from arasha.journal import services as journal
from arasha.references import fold_number


@transaction.atomic
def add_number(
    *,
    case: Case,
    register: str,
    number: str,
    given_day: dt.date,
    issuer: str = "",
    base_version: int | None = None,
    by: Actor,
    at: dt.datetime,
) -> Number:
    """Enter a number that another body gave. Sent twice, it is entered once.

    `issuer`: the body that gave it, as it names itself; where a table names none, it stays empty.
    `base_version` None: it comes with the case, which nobody has seen yet. Raises ErasedError,
    ChangedMeanwhileProblem, NoNumberError and NumberTakenError.
    """
    held = locked(case)
    if base_version not in (None, held.version):
        return entered_before(_same(case, register, number, given_day))
    folded = fold_number(number)
    if not folded:
        raise NoNumberError(number=number)
    try:
        with transaction.atomic():
            added = Number.objects.create(
                case=case,
                register=register,
                number=number.strip(),
                folded=folded,
                given_day=given_day,
                issuer=issuer.strip(),
            )
    except IntegrityError as error:
        if found := _same(case, register, number, given_day).first():
            return found
        raise NumberTakenError(number=number) from error
    if base_version is not None:
        raise_version(held)
    journal.record(act="case.number_added", subject_kind="case", subject_key=case.key, by=by, at=at)
    return added


def _same(case: Case, register: str, number: str, given_day: dt.date) -> QuerySet[Number]:
    return case.numbers.filter(register=register, number=number.strip(), given_day=given_day)
