import datetime as dt
import uuid
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from arasha.actors import JOB, USER, Actor
from arasha.notices.models import Notice
from arasha.people.selectors import posts_held

ADMINISTRATOR = "administrator"


def open_notices(*, viewer: Actor) -> QuerySet[Notice]:
    """What waits for the viewer: urgent first, then newest first."""
    if viewer.kind != USER:
        return Notice.objects.none()
    mine = Notice.objects.filter(user_id=viewer.key, handled_at__isnull=True)
    return mine.order_by("-urgent", "-created_at", "key")


def find_notice(*, viewer: Actor, key: uuid.UUID) -> Notice | None:
    """A notice of the viewer's own, open or put away."""
    if viewer.kind != USER:
        return None
    return Notice.objects.filter(pk=key, user_id=viewer.key).first()


def people_with_unmailed_notices(
    *, viewer: Actor, before: dt.datetime
) -> QuerySet[Notice, uuid.UUID]:
    """The keys of people who have not been told by mail; for the system's own jobs."""
    if viewer.kind != JOB:
        return Notice.objects.none().values_list("user_id", flat=True)
    waiting = Notice.objects.filter(
        handled_at__isnull=True, mailed_at__isnull=True, created_at__lt=before
    )
    return waiting.order_by("user_id").values_list("user_id", flat=True)


def rung(*, viewer: Actor, kind: str, subject_kind: str, since: str = "") -> Exists:
    """Whether the bell has rung for a row of another table, also if it was put away meanwhile.

    `since`: the row's column with an instant; bells that rang before it were for something else.
    """
    rings = Notice.objects.filter(kind=kind, subject_kind=subject_kind, subject_key=OuterRef("pk"))
    return Exists(rings.filter(created_at__gte=OuterRef(since)) if since else rings)


def is_administrator(*, viewer: Actor, at: dt.datetime) -> bool:
    return posts_held(viewer=viewer, at=at).filter(role=ADMINISTRATOR).exists()


def failed_tasks(*, viewer: Actor, at: dt.datetime) -> QuerySet[DBTaskResult[Any, Any]]:
    """Work that the queue gave up, newest first: for the administrator and the system's own jobs."""
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")
    allowed = viewer.kind == JOB or is_administrator(viewer=viewer, at=at)
    return failed if allowed else failed.none()


def doctor(*, viewer: Actor, at: dt.datetime) -> str:
    """One line for `arasha doctor`; empty if nothing failed."""
    count = failed_tasks(viewer=viewer, at=at).count()
    return f"{count} tasks failed; see /notices/failed/ on the desk" if count else ""
