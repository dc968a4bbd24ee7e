"""Reports that come in at an office's own door: a citizen, another body, an official's own, no name."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.actors import Actor
from arasha.cases import selectors
from arasha.cases.errors.allegations import (
    EntryTakenError,
    NoComplainantError,
    NotDrawnFromError,
    NothingToWarnError,
    ReceivedInFutureError,
    WarnedDayError,
)
from arasha.cases.errors.register import NoNumberError
from arasha.cases.models import Allegation, AllegationNumber, Complainant
from arasha.cases.receiving import ANONYMOUS, CITIZEN
from arasha.cases.services.telling import receive_allegation
from arasha.cases.versions import refuse_erased
from arasha.country import local_day
from arasha.engines.dates import UNKNOWN, Partial
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.problems import ChangedMeanwhileProblem, NotFoundProblem
from arasha.references import fold_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Who complains, under their own name."""

    name: str
    contact: str = ""
    is_victim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came in. `source`: one of receiving.AT_THE_DOOR; `source_key`: the record that it is drawn from.

    `source_words`: the body or the newspaper, as it names itself. `teller`: of a citizen's complaint alone.
    """

    source: str
    account: str
    conduct: str
    capacity: str
    received_at: dt.datetime
    criteria: Sequence[str] = ()
    source_key: uuid.UUID | None = None
    source_words: str = ""
    place: Place | None = None
    happened: Partial = UNKNOWN
    happened_words: str = ""
    consent: str = ""
    teller: Teller | None = None
    warned_day: dt.date | None = None


@transaction.atomic
def take_report(
    *, key: uuid.UUID, report: Report, office: Institution, by: Actor, at: dt.datetime
) -> Allegation:
    """Keep a report that came to an office; its clocks begin. `key`: the form's own, so that a double
    click enters it once.

    Raises ReceivedInFutureError, NoComplainantError, WarnedDayError, NotDrawnFromError, ChangedMeanwhileProblem.
    """
    before = Allegation.objects.filter(pk=key, receiver=office).first()
    if before is not None:
        return before
    _refuse_impossible(report, at=at)
    _refuse_unseen(report, by=by)
    _open_to(office, key, by=by, at=at)
    try:
        with transaction.atomic():
            taken = _receive(key, report, office, by=by, at=at)
    except IntegrityError as error:
        raise ChangedMeanwhileProblem from error
    if report.teller:
        teller = report.teller
        Complainant.objects.create(
            allegation=taken,
            name=teller.name.strip(),
            contact=teller.contact.strip(),
            is_victim=teller.is_victim,
        )
    return taken


@transaction.atomic
def note_warning(*, allegation: Allegation, day: dt.date, by: Actor, at: dt.datetime) -> Allegation:
    """Keep the day on which a complainant was warned of a false denunciation. The first one stays.

    Raises ErasedError, NothingToWarnError and WarnedDayError.
    """
    refuse_erased(allegation.case_id)
    locked = Allegation.objects.select_for_update(of=("self",)).get(pk=allegation.pk)
    if locked.source_kind != CITIZEN:
        raise NothingToWarnError
    if locked.warned_day is not None:
        return locked
    _refuse_warned_day(day, locked.received_at, at=at)
    locked.warned_day = day
    locked.save(update_fields=["warned_day"])
    journal.record(
        act="allegation.warned", subject_kind="allegation", subject_key=locked.key, by=by, at=at
    )
    return locked


@transaction.atomic
def enter_in_book(
    *,
    allegation: Allegation,
    register: str,
    number: str,
    given_day: dt.date,
    by: Actor,
    at: dt.datetime,
) -> AllegationNumber:
    """Enter the number of a report in the office's own book. Sent twice, it is entered once.

    Raises ErasedError, NoNumberError and EntryTakenError.
    """
    refuse_erased(allegation.case_id)
    folded, office = fold_number(number), allegation.receiver
    if not folded or office is None:
        raise NoNumberError(number=number)
    fields = {"office": office, "register": register, "folded": folded}
    try:
        with transaction.atomic():
            entry = AllegationNumber.objects.create(
                allegation=allegation,
                case=allegation.case,
                number=number.strip(),
                given_day=given_day,
                **fields,
            )
    except IntegrityError as error:
        same = allegation.numbers.filter(given_day=given_day, **fields).first()
        if same is None:
            raise EntryTakenError(number=number.strip()) from error
        return same
    journal.record(
        act="allegation.number_added",
        subject_kind="allegation",
        subject_key=allegation.key,
        by=by,
        at=at,
    )
    return entry


def _receive(
    key: uuid.UUID, report: Report, office: Institution, *, by: Actor, at: dt.datetime
) -> Allegation:
    return receive_allegation(
        key=key,
        source_kind=report.source,
        source_key=report.source_key or key,
        source_words=report.source_words.strip(),
        account=report.account,
        happened=(report.happened.first, report.happened.last),
        happened_words=report.happened_words,
        place_key=report.place.key if report.place else None,
        conduct=report.conduct,
        capacity=report.capacity,
        criteria=report.criteria,
        consent=report.consent,
        is_anonymous=report.source == ANONYMOUS,
        warned_day=report.warned_day,
        receiver=office,
        received_at=report.received_at,
        by=by,
        at=at,
    )


def _open_to(office: Institution, key: uuid.UUID, *, by: Actor, at: dt.datetime) -> None:
    """The office has it in hand; the superior one, if there is one, oversees it."""
    for holder, basis in ((office.key, "assigned"), (office.parent_id, "supervises")):
        if holder is not None:
            access.grant(
                subject_kind="allegation",
                subject_key=key,
                holder_kind=INSTITUTION,
                holder_key=holder,
                basis=basis,
                by=by,
                at=at,
            )


def _refuse_impossible(report: Report, *, at: dt.datetime) -> None:
    if report.received_at > at:
        raise ReceivedInFutureError
    if report.source == CITIZEN and not (report.teller and report.teller.name.strip()):
        raise NoComplainantError
    if report.warned_day is not None:
        _refuse_warned_day(report.warned_day, report.received_at, at=at)


def _refuse_unseen(report: Report, *, by: Actor) -> None:
    """Whoever draws a report from another has read that one."""
    if report.source_key is None:
        return
    try:
        selectors.find_received(viewer=by, key=report.source_key)
    except NotFoundProblem as error:
        raise NotDrawnFromError from error


def _refuse_warned_day(day: dt.date, received_at: dt.datetime, *, at: dt.datetime) -> None:
    if not local_day(received_at) <= day <= local_day(at):
        raise WarnedDayError
