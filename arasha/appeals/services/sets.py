import datetime as dt

from django.db import transaction

from arasha.actors import Actor
from arasha.appeals.errors import (
    OldSetError,
    SetNameTakenError,
    SetRefusedError,
    UnknownBodyError,
)
from arasha.appeals.models import (
    RecipientSet,
    SigningBody,
)
from arasha.engines import sealing
from arasha.engines.notes import VerifierKey
from arasha.journal import services as journal
from arasha.people.models import Institution


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
