import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.actors import Actor
from arasha.appeals import selectors
from arasha.appeals.errors import (
    CommandingBodyError,
    LeafTakenError,
    MalformedFilingError,
    NotARecipientError,
    NotYetOpenedError,
    OldSetError,
    OpeningSpentError,
    SetNameTakenError,
    SetRefusedError,
    UnknownBodyError,
    UnknownSetError,
)
from arasha.appeals.models import (
    WAITING,
    Appeal,
    Ciphertext,
    Opening,
    RecipientSet,
    SigningBody,
    State,
)
from arasha.country import country, local_day, midnight
from arasha.engines import sealing
from arasha.engines.notes import VerifierKey, filing_code
from arasha.engines.translog import leaf_hash
from arasha.journal import services as journal
from arasha.packs.asking import due_at
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.problems import NotFoundProblem

OPENING_LASTS = dt.timedelta(minutes=2)
FILED = "appeal.filed"


@transaction.atomic
def trust_body(
    *, institution: Institution, keys: list[VerifierKey], threshold: int, by: Actor, at: dt.datetime
) -> SigningBody:
    """Enter the keys with which a body signs its recipient sets."""
    body, _made = SigningBody.objects.update_or_create(
        institution=institution,
        defaults={"verifier_keys": [str(key) for key in keys], "threshold": threshold},
    )
    journal.record(
        act="appeals.body_trusted",
        subject_kind="institution",
        subject_key=institution.key,
        by=by,
        at=at,
    )
    return body


@transaction.atomic
def publish_set(*, note: str, by: Actor, at: dt.datetime) -> RecipientSet:
    """Publish a recipient set that its body's own keys signed.

    Raises UnknownBodyError, SetRefusedError (too few signatures, too few officers, mixed keys …),
    OldSetError and SetNameTakenError.
    """
    claimed = _claimed(note)
    body = SigningBody.objects.filter(institution__code=claimed.body).first()
    if body is None:
        raise UnknownBodyError(body=claimed.body)
    checked = _checked(note, body)
    newest = RecipientSet.objects.filter(institution=body.institution).order_by("-version").first()
    if newest is not None and newest.version >= checked.version:
        raise OldSetError
    if RecipientSet.objects.filter(pk=checked.set_id).exists():
        raise SetNameTakenError(name=checked.set_id)
    published = RecipientSet.objects.create(
        code=checked.set_id,
        institution=body.institution,
        version=checked.version,
        note=note,
        recipients=len(checked.keys),
        from_day=checked.valid_from,
        until_day=checked.valid_until,
        published_at=at,
    )
    journal.record(
        act="appeals.set_published",
        subject_kind="institution",
        subject_key=body.institution.key,
        by=by,
        at=at,
    )
    return published


@dataclass(frozen=True, slots=True)
class Filed:
    """What the acknowledgement says: the same for the same bytes, today and tomorrow."""

    leaf_hash: bytes
    received_day: dt.date


def file(*, posted: bytes, place: Place, by: Actor, at: dt.datetime) -> Filed:
    """Keep a sealed appeal and its pending leaf. The same bytes again give the same answer.

    `place` is where the terminal stands: it is checked against the rules of competence, and is not
    stored, nor is the terminal (`by`), nor the minute. Raises MalformedFilingError, UnknownSetError,
    NotARecipientError, CommandingBodyError, LeafTakenError.
    """
    # All questions are asked before the transaction: SQLite has one writer, and it must not wait.
    filing = _parsed(posted)
    hashed = leaf_hash(filing.leaf.encode())
    if before := _filed_before(filing, hashed):
        return before
    day = local_day(at)
    addressed = selectors.addressed(viewer=by, code=filing.set_id, place=place, day=day)
    if addressed is None:
        raise UnknownSetError
    _refuse_wrong_bodies(addressed, place=place, by=by, day=day)
    _check_form(filing, addressed.recipient_set)
    try:
        with transaction.atomic():
            return _keep(filing, hashed, addressed, day=day)
    except IntegrityError as error:
        # The same bytes were filed a moment ago, or the leaf is of something else in the log.
        if before := _filed_before(filing, hashed):
            return before
        raise LeafTakenError from error


@transaction.atomic
def begin_opening(*, appeal: Appeal, by: Actor, at: dt.datetime) -> str:
    """Make a one-time token by which the officer's own reader may fetch this envelope once.

    Raises NotFoundProblem for whoever may not open it.
    """
    if not selectors.may_open(viewer=by, appeal=appeal, at=at):
        raise NotFoundProblem
    token = secrets.token_urlsafe(32)
    Opening.objects.create(
        token_hash=hash_of(token=token),
        appeal=appeal,
        user_key=uuid.UUID(by.key),
        expires_at=at + OPENING_LASTS,
    )
    journal.record(
        act="appeal.opening_begun", subject_kind="appeal", subject_key=appeal.key, by=by, at=at
    )
    return token


@transaction.atomic
def redeem_opening(*, token: str, at: dt.datetime) -> Appeal:
    """Spend a token: the envelope is handed over and the appeal counts as opened.

    Raises OpeningSpentError, and NotFoundProblem if the officer was barred or left meanwhile.
    """
    spent = Opening.objects.filter(
        token_hash=hash_of(token=token), used_at__isnull=True, expires_at__gt=at
    ).update(used_at=at)
    if not spent:
        raise OpeningSpentError
    opening = Opening.objects.select_related("appeal__ciphertext").get(
        token_hash=hash_of(token=token)
    )
    officer, appeal = Actor.user(opening.user_key), opening.appeal
    if not selectors.may_open(viewer=officer, appeal=appeal, at=at):
        raise NotFoundProblem
    if appeal.opened_day is None:
        appeal.opened_day, appeal.state = local_day(at), State.OPENED
        appeal.save(update_fields=["opened_day", "state"])
    journal.record(
        act="appeal.opened", subject_kind="appeal", subject_key=appeal.key, by=officer, at=at
    )
    return appeal


@transaction.atomic
def move(*, appeal: Appeal, state: State, by: Actor, at: dt.datetime) -> Appeal:
    """Bring an appeal into one of the five states that its writer is told."""
    locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    locked.state, locked.waits = state, state in WAITING
    locked.save(update_fields=["state", "waits"])
    journal.record(
        act=f"appeal.{state}", subject_kind="appeal", subject_key=locked.key, by=by, at=at
    )
    return locked


@transaction.atomic
def classify(*, appeal: Appeal, category: str, by: Actor, at: dt.datetime) -> Appeal:
    """Note after reading what an appeal is about: all that figures ever see of it.

    Raises NotYetOpenedError.
    """
    locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    if locked.opened_day is None:
        raise NotYetOpenedError
    locked.category = category
    locked.save(update_fields=["category"])
    journal.record(
        act="appeal.classified", subject_kind="appeal", subject_key=locked.key, by=by, at=at
    )
    return locked


def _claimed(note: str) -> sealing.RecipientSet:
    try:
        return sealing.parse_text(note.split("\n\n")[0] + "\n")
    except sealing.SealingError as error:
        raise SetRefusedError(why=str(error)) from error


def _checked(note: str, body: SigningBody) -> sealing.RecipientSet:
    keys = [VerifierKey.parse(text) for text in body.verifier_keys]
    try:
        return sealing.check_set(note.encode(), keys=keys, threshold=body.threshold, commanding=())
    except sealing.SealingError as error:
        raise SetRefusedError(why=str(error)) from error


def _parsed(posted: bytes) -> sealing.Filing:
    try:
        return sealing.parse_filing(posted)
    except sealing.SealingError as error:
        raise MalformedFilingError(why=str(error)) from error


def _check_form(filing: sealing.Filing, recipient_set: RecipientSet) -> None:
    try:
        sealing.check_envelope(filing.envelope, recipients=recipient_set.recipients)
    except sealing.SealingError as error:
        raise MalformedFilingError(why=str(error)) from error


def _filed_before(filing: sealing.Filing, hashed: bytes) -> Filed | None:
    """The first answer to the same bytes. Raises LeafTakenError for other bytes under the leaf."""
    try:
        appeal = Appeal.objects.get(leaf_hash=hashed)
    except Appeal.DoesNotExist:
        return None
    kept = Ciphertext.objects.filter(appeal=appeal).first()  # None once it is erased
    if kept is not None and bytes(kept.envelope) != filing.envelope:
        raise LeafTakenError
    if appeal.recipient_set_id != filing.set_id:
        raise LeafTakenError
    return Filed(hashed, appeal.received_day)


def _refuse_wrong_bodies(
    addressed: selectors.Addressed, *, place: Place, by: Actor, day: dt.date
) -> None:
    if addressed.commands:
        raise CommandingBodyError
    institution = addressed.recipient_set.institution
    if institution.kind not in selectors.kinds_open_to(viewer=by, place=place, day=day):
        raise NotARecipientError


def _keep(
    filing: sealing.Filing,
    hashed: bytes,
    addressed: selectors.Addressed,
    *,
    day: dt.date,
) -> Filed:
    recipient_set = addressed.recipient_set
    key = uuid.uuid4()
    begun = midnight(day)  # neither the grant nor the journal tells the prison a minute
    given = access.grant_by_rule(
        subject_kind="appeal",
        subject_key=key,
        holder_kind=INSTITUTION,
        holder_key=recipient_set.institution_id,
        basis="assigned",
        at=begun,
    )
    appeal = Appeal.objects.create(
        key=key,
        leaf_hash=hashed,
        code=filing_code(hashed),
        recipient_set=recipient_set,
        received_day=day,
        answer_by_day=_answer_by(recipient_set.institution, day),
        stale_set=addressed.is_stale,
    )
    Ciphertext.objects.create(appeal=appeal, envelope=filing.envelope)
    journal.record_filing(
        act=FILED,
        leaf_text=filing.leaf,
        subject_kind="appeal",
        subject_key=key,
        at=begun,
        grant_key=given.key,
    )
    return Filed(hashed, day)


def _answer_by(institution: Institution, day: dt.date) -> dt.date | None:
    """The last day for the answer, where the pack knows a term for this kind of body."""
    body = country().body_of(institution.kind)
    if body is None or body.answer_deadline is None:
        return None
    due = due_at(country(), body.answer_deadline, midnight(day))
    return local_day(due) if due else None


def hash_of(*, token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
