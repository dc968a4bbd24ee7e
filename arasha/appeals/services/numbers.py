import datetime as dt

from django.db import IntegrityError, transaction

from arasha.actors import Actor
from arasha.appeals.errors.work import NoNumberError, NumberKnownError
from arasha.appeals.locking import locked
from arasha.appeals.models import Appeal, ExternalNumber
from arasha.appeals.recording import record
from arasha.references import fold_number


@transaction.atomic
def add_number(
    *, appeal: Appeal, issuer: str, number: str, on_day: dt.date, by: Actor, at: dt.datetime
) -> ExternalNumber:
    """Note the number another body gave the matter; it is found in any spacing and alphabet.

    Raises NoNumberError, NumberKnownError, AlreadyErasedError.
    """
    held, folded = locked(appeal), fold_number(number)
    if not folded:
        raise NoNumberError
    try:
        with transaction.atomic():
            made = ExternalNumber.objects.create(
                appeal=held, issuer=issuer, number=number, folded=folded, on_day=on_day
            )
    except IntegrityError as error:
        raise NumberKnownError from error
    record("appeal.number_added", held.key, by=by, at=at)
    return made
