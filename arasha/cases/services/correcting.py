"""What turned out otherwise than an allegation says. The allegation stays as it was received."""

import datetime as dt

from django.db import transaction

from arasha.actors import Actor
from arasha.cases.errors.people import EventInFutureError, NothingToCorrectError
from arasha.cases.models import Allegation, Correction
from arasha.cases.services.events import Happened
from arasha.cases.versions import entered_before, locked, raise_version
from arasha.country import local_day
from arasha.journal import services as journal

ACCOUNT, HAPPENED, PLACE, CONDUCT, CAPACITY = (
    *("account", "happened", "place"),
    *("conduct", "capacity"),
)
WHAT = (ACCOUNT, HAPPENED, PLACE, CONDUCT, CAPACITY)


@transaction.atomic
def correct_allegation(
    *,
    allegation: Allegation,
    what: str,
    reason: str,
    account: str = "",
    code: str = "",
    happened: Happened | None = None,
    base_version: int,
    by: Actor,
    at: dt.datetime,
) -> Correction:
    """Enter a correction beside the allegation, with the reason for it. Sent twice, it is entered once.

    `what` is one of WHAT; it says which of the others counts. Raises ChangedMeanwhileProblem,
    NothingToCorrectError, EventInFutureError.
    """
    if allegation.case is None:
        raise ValueError("only an allegation of a case is corrected here")
    held = locked(allegation.case)
    said = _said(what, account=account, code=code, happened=happened or Happened())
    if held.version != base_version:
        return entered_before(allegation.corrections.filter(what=what, reason=reason, **said))
    if all(said[name] == value for name, value in _stands(allegation, what).items()):
        raise NothingToCorrectError
    if what == HAPPENED and happened and happened.day.first and happened.day.first > local_day(at):
        raise EventInFutureError
    made = Correction.objects.create(
        allegation=allegation,
        case=held,
        what=what,
        reason=reason,
        made_at=at,
        made_by_key=by.key,
        **said,
    )
    raise_version(held)
    journal.record(
        act="case.allegation_corrected", subject_kind="case", subject_key=held.key, by=by, at=at
    )
    return made


def _said(what: str, *, account: str, code: str, happened: Happened) -> dict[str, object]:
    if what == ACCOUNT:
        return {"account": account}
    if what == PLACE:
        return {"place": happened.place}
    if what == HAPPENED:
        day = happened.day
        return {
            "happened_from": day.first,
            "happened_to": day.last,
            "happened_words": happened.words,
        }
    return {"code": code}


def _stands(allegation: Allegation, what: str) -> dict[str, object]:
    """The same of the allegation, as its last correction has it."""
    last = allegation.corrections.filter(what=what).order_by("-made_at").first()
    source = last or allegation
    if what in (CONDUCT, CAPACITY):
        return {"code": last.code if last else getattr(allegation, what)}
    if what == HAPPENED:
        return {name: getattr(source, name) for name in ("happened_from", "happened_to")}
    return {what: getattr(source, what)}
