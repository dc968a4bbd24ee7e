import datetime as dt
import uuid

from django.db import transaction

from arasha.access import duty
from arasha.access.errors import (
    AlreadyOpenError,
    AlreadyReviewedError,
    FindingMissingError,
    NeverOpensError,
    NobodyToTellError,
    NotOnDutyError,
    NotTheReviewerError,
    ReasonMissingError,
)
from arasha.access.models import Breaking, Grant, Told
from arasha.access.policy import PERSON
from arasha.access.selectors import barred, opened_by
from arasha.access.services.grants import grant, withdraw
from arasha.access.words import BREAKING_REASONS
from arasha.actors import Actor
from arasha.journal import services as journal
from arasha.notices import services as notices
from arasha.people.models import Post
from arasha.problems import NotFoundProblem

OPEN_FOR = dt.timedelta(hours=4)
REVIEW_WITHIN = dt.timedelta(days=3)


@transaction.atomic
def break_glass(
    *,
    subject_kind: str,
    subject_key: uuid.UUID,
    reason_code: str,
    reason: str,
    by: Actor,
    at: dt.datetime,
) -> Breaking:
    """Open a record for four hours to somebody on duty; two colleagues are told at once.

    Raises NotOnDutyError, NeverOpensError (a sealed appeal), ReasonMissingError, AlreadyOpenError,
    NobodyToTellError; NotFoundProblem to whom a bar keeps away, who must not learn that there is one.
    """
    post = _duty_post(kind=subject_kind, by=by, at=at)
    if reason_code not in BREAKING_REASONS or not reason.strip():
        raise ReasonMissingError
    if barred(viewer=by, kind=subject_kind, at=at).filter(subject_key=subject_key).exists():
        raise NotFoundProblem
    if opened_by(viewer=by, kind=subject_kind, key=subject_key, at=at):
        raise AlreadyOpenError
    tell = duty.to_tell(
        viewer=by, institution=post.institution, kind=subject_kind, key=subject_key, at=at
    )
    if not tell:
        raise NobodyToTellError
    breaking = Breaking.objects.create(
        grant=_grant_for_hours(subject_kind, subject_key, reason_code, by=by, at=at),
        user_id=uuid.UUID(by.key),
        institution=post.institution,
        reason_code=reason_code,
        reason=reason.strip(),
        opened_at=at,
        review_by_at=at + REVIEW_WITHIN,
    )
    Told.objects.bulk_create([Told(breaking=breaking, user=user) for user in tell])
    _record("access.glass_broken", breaking, reason_code, by=by, at=at)
    notices.notify(
        user_keys=[user.pk for user in tell],
        kind="breakglass.opened",
        subject_kind="breakglass",
        subject_key=breaking.key,
        urgent=True,
        by=by,
        at=at,
    )
    return breaking


@transaction.atomic
def review(
    *, breaking: Breaking, justified: bool | None, finding: str, by: Actor, at: dt.datetime
) -> Breaking:
    """A third says whether it was justified; if not, what is still open closes at once.

    Raises AlreadyReviewedError, NotTheReviewerError, FindingMissingError.
    """
    locked = Breaking.objects.select_for_update(of=("self",)).get(pk=breaking.pk)
    if locked.reviewed_at is not None:
        raise AlreadyReviewedError
    if not duty.may_review(viewer=by, breaking=locked, at=at):
        raise NotTheReviewerError
    if justified is None or not finding.strip():
        raise FindingMissingError
    locked.reviewed_at, locked.reviewer_id = at, uuid.UUID(by.key)
    locked.justified, locked.finding = justified, finding.strip()
    locked.save(update_fields=["reviewed_at", "reviewer", "justified", "finding"])
    verdict = "justified" if justified else "not_justified"
    _record("access.glass_reviewed", locked, verdict, by=by, at=at)
    if not justified and locked.grant.withdrawn_at is None:
        withdraw(grant=locked.grant, reason_code=verdict, by=by, at=at)
    notices.handled(subject_kind="breakglass", subject_key=locked.key, by=by, at=at)
    return locked


def _duty_post(*, kind: str, by: Actor, at: dt.datetime) -> Post:
    posts = list(duty.duty_posts(viewer=by, at=at))
    if not posts:
        raise NotOnDutyError
    fit = [post for post in posts if duty.opens(kind=kind, role=post.role)]
    if not fit:
        raise NeverOpensError
    return fit[0]


def _grant_for_hours(
    kind: str, key: uuid.UUID, reason_code: str, *, by: Actor, at: dt.datetime
) -> Grant:
    return grant(
        subject_kind=kind,
        subject_key=key,
        holder_kind=PERSON,
        holder_key=uuid.UUID(by.key),
        basis="breakglass",
        by=by,
        at=at,
        until_at=at + OPEN_FOR,
        reason_code=reason_code,
    )


def _record(act: str, breaking: Breaking, reason: str, *, by: Actor, at: dt.datetime) -> None:
    subject = breaking.grant
    journal.record(
        act=act,
        subject_kind=subject.subject_kind,
        subject_key=subject.subject_key,
        by=by,
        at=at,
        grant_key=subject.key,
        reason_code=reason,
    )
