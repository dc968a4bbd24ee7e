import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

from django.db import transaction

from arasha.access import services as access
from arasha.access.policy import INSTITUTION
from arasha.actors import Actor
from arasha.appeals.errors import (
    CommandingBodyError,
    LeafTakenError,
    MalformedFilingError,
    OldSetError,
    OpeningSpentError,
    SetRefusedError,
    UnknownSetError,
)
from arasha.appeals.models import Appeal, Ciphertext, Opening, RecipientSet, SigningBody, State
from arasha.country import country, local_day
from arasha.engines import sealing
from arasha.engines.notes import VerifierKey, filing_code
from arasha.engines.translog import leaf_hash
from arasha.journal import services as journal
from arasha.packs.asking import due_at
from arasha.people.models import Institution
from arasha.people.selectors import commanders_of
from arasha.places.models import Place

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

    Raises SetRefusedError (too few signatures, too few officers, mixed keys …) and OldSetError.
    """
    claimed = _claimed(note)
    body = SigningBody.objects.filter(institution__code=claimed.body).first()
    if body is None:
        raise SetRefusedError(why=claimed.body)
    checked = _checked(note, body)
    newest = RecipientSet.objects.filter(institution=body.institution).order_by("-version").first()
    if newest is not None and newest.version >= checked.version:
        raise OldSetError
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


@transaction.atomic
def file(*, posted: bytes, place: Place, by: Actor, at: dt.datetime) -> Filed:
    """Keep a sealed appeal and its pending leaf. The same bytes again give the same answer.

    `place` is where the terminal stands: it is checked against the rules of competence, and is not
    stored, nor is the terminal (`by`), nor the minute. Raises MalformedFilingError, UnknownSetError,
    CommandingBodyError, LeafTakenError.
    """
    filing = _parsed(posted)
    hashed = leaf_hash(filing.leaf.encode())
    before = Appeal.objects.select_related("ciphertext").filter(leaf_hash=hashed).first()
    if before is not None:
        return _repeated(before, filing)
    recipient_set = RecipientSet.objects.filter(pk=filing.set_id).first()
    if recipient_set is None:
        raise UnknownSetError
    _refuse_commanders(recipient_set=recipient_set, place=place, by=by, at=at)
    _check_form(filing, recipient_set)
    return _keep(filing, hashed, recipient_set, day=local_day(at))


@transaction.atomic
def begin_opening(*, appeal: Appeal, by: Actor, at: dt.datetime) -> str:
    """Make a one-time token by which the officer's own reader may fetch this envelope once."""
    token = secrets.token_urlsafe(32)
    Opening.objects.create(
        token_hash=hash_of(token=token),
        appeal=appeal,
        user_key=uuid.UUID(by.key),
        expires_at=at + OPENING_LASTS,
    )
    return token


@transaction.atomic
def redeem_opening(*, token: str, at: dt.datetime) -> Appeal:
    """Spend a token: the envelope is handed over and the appeal counts as opened.

    Raises OpeningSpentError.
    """
    spent = Opening.objects.filter(
        token_hash=hash_of(token=token), used_at__isnull=True, expires_at__gt=at
    ).update(used_at=at)
    if not spent:
        raise OpeningSpentError
    opening = Opening.objects.select_related("appeal__ciphertext").get(
        token_hash=hash_of(token=token)
    )
    officer = Actor.user(opening.user_key)
    appeal = opening.appeal
    if appeal.opened_day is None:
        appeal.opened_day = local_day(at)
        appeal.save(update_fields=["opened_day"])
    if appeal.state == State.RECEIVED:
        move(appeal=appeal, state=State.OPENED, by=officer, at=at)
    journal.record(
        act="appeal.opened", subject_kind="appeal", subject_key=appeal.key, by=officer, at=at
    )
    return appeal


@transaction.atomic
def move(*, appeal: Appeal, state: State, by: Actor, at: dt.datetime) -> Appeal:
    """Bring an appeal into one of the five states that its writer is told."""
    appeal.state = state
    appeal.save(update_fields=["state"])
    journal.record(
        act=f"appeal.{state}", subject_kind="appeal", subject_key=appeal.key, by=by, at=at
    )
    return appeal


@transaction.atomic
def classify(*, appeal: Appeal, category: str, by: Actor, at: dt.datetime) -> Appeal:
    """Note after reading what an appeal is about: all that figures ever see of it."""
    appeal.category = category
    appeal.save(update_fields=["category"])
    journal.record(
        act="appeal.classified", subject_kind="appeal", subject_key=appeal.key, by=by, at=at
    )
    return appeal


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


def _repeated(appeal: Appeal, filing: sealing.Filing) -> Filed:
    same = bytes(appeal.ciphertext.envelope) == filing.envelope
    if not same or appeal.recipient_set_id != filing.set_id:
        raise LeafTakenError
    return Filed(bytes(appeal.leaf_hash), appeal.received_day)


def _refuse_commanders(
    *, recipient_set: RecipientSet, place: Place, by: Actor, at: dt.datetime
) -> None:
    commanding = commanders_of(viewer=by, place_key=place.key, day=local_day(at))
    allowed = {
        body.institution_kind
        for body in country().bodies_for(authority=place.authority or None, day=local_day(at))
    }
    institution = recipient_set.institution
    if institution.kind not in allowed or commanding.filter(pk=institution.pk).exists():
        raise CommandingBodyError


def _keep(
    filing: sealing.Filing, hashed: bytes, recipient_set: RecipientSet, *, day: dt.date
) -> Filed:
    key = uuid.uuid4()
    # Midnight: neither the grant nor the journal tells the prison a minute.
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=country().timezone)
    given = access.grant_by_rule(
        subject_kind="appeal",
        subject_key=key,
        holder_kind=INSTITUTION,
        holder_key=recipient_set.institution_id,
        basis="assigned",
        at=midnight,
    )
    appeal = Appeal.objects.create(
        key=key,
        leaf_hash=hashed,
        code=filing_code(hashed),
        recipient_set=recipient_set,
        received_day=day,
        answer_by_day=_answer_by(recipient_set.institution, day),
        stale_set=not recipient_set.from_day <= day <= recipient_set.until_day,
    )
    Ciphertext.objects.create(appeal=appeal, envelope=filing.envelope)
    journal.record_filing(
        act=FILED,
        leaf_text=filing.leaf,
        subject_kind="appeal",
        subject_key=key,
        at=midnight,
        grant_key=given.key,
    )
    return Filed(hashed, day)


def _answer_by(institution: Institution, day: dt.date) -> dt.date | None:
    """The last day for the answer, where the pack knows a term for this kind of body."""
    terms = [
        body.answer_deadline
        for body in country().bodies.values()
        if body.institution_kind == institution.kind and body.answer_deadline
    ]
    started = dt.datetime.combine(day, dt.time(), tzinfo=country().timezone)
    due = due_at(country(), terms[0], started) if terms else None
    return local_day(due) if due else None


def hash_of(*, token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
