import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from arasha.access import services as access
from arasha.actors import Actor
from arasha.appeals.errors.work import NotYetOpenedError
from arasha.appeals.models import Appeal
from arasha.country import country, local_day
from arasha.handoffs.appeals_to_support.errors import (
    AlreadyWithdrawnError,
    ConsentNotYetError,
    NobodyToFindError,
    NoConsentError,
)
from arasha.handoffs.appeals_to_support.models import Consent, SupportReferral
from arasha.handoffs.appeals_to_support.selectors import consent_to
from arasha.handoffs.passing import give, keep, ring
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Institution
from arasha.problems import NotFoundProblem

KIND, WORKER = SupportReferral.KIND, "support_worker"
FINDS = "finds"  # pack: the person is found by what this consent lets be told


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the person said yes to: what may be told, how they said it, from which day, who asked."""

    covers: Sequence[str]
    given_how: str
    from_day: dt.date
    asked_by_key: uuid.UUID
    language: str


@transaction.atomic
def ask_for_support(
    *,
    appeal: Appeal,
    sender: Institution,
    receiver: Institution | None,
    needs: Sequence[str],
    agreed: Agreed | None,
    call_back: str,
    by: Actor,
    at: dt.datetime,
) -> SupportReferral:
    """Ask a crisis centre to help, and keep the consent it rests on. `call_back`: where it reaches `by`.

    Raises NotYetOpenedError, NoConsentError, NobodyToFindError, ConsentNotYetError, AlreadyPassedError.
    """
    if appeal.opened_day is None:
        raise NotYetOpenedError
    if agreed is None or not agreed.covers or receiver is None:
        raise NoConsentError
    if not country().vocabularies["consent_covers"].meaning(FINDS) & set(agreed.covers):
        raise NobodyToFindError
    if agreed.from_day > local_day(at):
        raise ConsentNotYetError
    made = SupportReferral(
        key=uuid.uuid4(),
        appeal_key=appeal.key,
        sender=sender,
        receiver=receiver,
        needs=list(needs),
        call_back=call_back,
        made_at=at,
        made_by_key=uuid.UUID(by.key),
    )
    give(subject=(KIND, made.key), holder=sender, basis="referral", by=by, at=at)
    give(subject=(KIND, made.key), holder=receiver, basis="consent", by=by, at=at)
    keep(made, by=by, at=at)
    Consent.objects.create(
        referral=made,
        covers=list(agreed.covers),
        given_how=agreed.given_how,
        from_day=agreed.from_day,
        asked_by_key=agreed.asked_by_key,
        language=agreed.language,
    )
    journal.record(act="consent.recorded", subject_kind=KIND, subject_key=made.key, by=by, at=at)
    ring(made, receiver, what="arrived", role=WORKER, by=by, at=at)
    return made


@transaction.atomic
def withdraw_consent(*, referral: SupportReferral, by: Actor, at: dt.datetime) -> Consent:
    """The person takes their consent back: the centre sees nothing of it from this moment.

    Raises NotFoundProblem for whoever may not record it, AlreadyWithdrawnError.
    """
    consent = consent_to(viewer=by, referral=referral, write=True)
    if consent is None:
        raise NotFoundProblem
    if consent.withdrawn_at is not None:
        raise AlreadyWithdrawnError
    consent.withdrawn_at, consent.withdrawn_day = at, local_day(at)
    consent.withdrawal_by_key = uuid.UUID(by.key)
    consent.save(update_fields=["withdrawn_at", "withdrawn_day", "withdrawal_by_key"])
    if referral.receiver is not None:
        access.withdraw_from(
            subject_kind=KIND,
            subject_key=referral.key,
            holder_key=referral.receiver.key,
            basis="consent",
            reason_code="consent_withdrawn",
            by=by,
            at=at,
        )
    journal.record(
        act="consent.withdrawn", subject_kind=KIND, subject_key=referral.key, by=by, at=at
    )
    notices.handled(subject_kind=KIND, subject_key=referral.key, by=by, at=at)
    return consent
