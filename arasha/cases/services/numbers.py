"""Numbers that other bodies gave."""

import datetime as dt

from django.db import IntegrityError, transaction

from arasha.actors import Actor
from arasha.cases.errors import (
    NoNumberError,
    NumberTakenError,
)
from arasha.cases.models import Case, Number
from arasha.cases.versions import refuse_erased
from arasha.journal import services as journal
from arasha.references import fold_number


@transaction.atomic
def add_number(
    *, case: Case, register: str, number: str, given_day: dt.date, by: Actor, at: dt.datetime
) -> Number:
    """Enter a number that another body gave. Sent twice, it is entered once.

    Raises ErasedError, NoNumberError and NumberTakenError.
    """
    refuse_erased(case.pk)
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
            )
    except IntegrityError as error:
        same = case.numbers.filter(register=register, number=number.strip(), given_day=given_day)
        if found := same.first():
            return found
        raise NumberTakenError(number=number) from error
    journal.record(act="case.number_added", subject_kind="case", subject_key=case.key, by=by, at=at)
    return added
