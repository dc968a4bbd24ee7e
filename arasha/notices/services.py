import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from arasha.actors import Actor
from arasha.notices.models import Notice
from arasha.notices.tasks import send_urgent


@transaction.atomic
def notify(
    *,
    user_keys: Iterable[uuid.UUID],
    kind: str,
    subject_kind: str,
    subject_key: uuid.UUID,
    by: Actor,
    at: dt.datetime,
    urgent: bool = False,
) -> list[Notice]:
    """Ring the bell for people: by mail at once if urgent, else in the next daily digest.

    The act itself is in the journal already; a notice repeats nothing of it. Nobody is rung for what
    they did themselves, nor twice while a notice of the same kind on the same record is open.
    """
    about = {"kind": kind, "subject_kind": subject_kind, "subject_key": subject_key}
    rung = set(
        Notice.objects.filter(**about, handled_at__isnull=True).values_list("user_id", flat=True)
    )
    made = Notice.objects.bulk_create(
        Notice(**about, user_id=key, urgent=urgent, created_at=at)
        for key in dict.fromkeys(user_keys)
        if key not in rung and str(key) != by.key
    )
    if urgent:
        for notice in made:
            # In the same transaction: if it is rolled back, nothing is sent.
            send_urgent.enqueue(str(notice.pk))
    return made


def handled(
    *,
    subject_kind: str,
    subject_key: uuid.UUID,
    by: Actor,
    at: dt.datetime,
    kind: str | None = None,
) -> int:
    """What was waiting is done: the bell stops for everybody, and mail not yet sent is not sent."""
    open_notices = Notice.objects.filter(
        subject_kind=subject_kind, subject_key=subject_key, handled_at__isnull=True
    )
    if kind is not None:
        open_notices = open_notices.filter(kind=kind)
    return open_notices.update(handled_at=at, handled_by_key=by.key)


def handled_where_done(
    *, kind: str, subject_kind: str, still: QuerySet[Model], by: Actor, at: dt.datetime
) -> int:
    """Stop the bells of a kind whose record is no longer among `still`, the records they rang for."""
    ringing = Notice.objects.filter(kind=kind, subject_kind=subject_kind, handled_at__isnull=True)
    done = ringing.exclude(Exists(still.filter(pk=OuterRef("subject_key"))))
    return done.update(handled_at=at, handled_by_key=by.key)


def put_away(*, notice_key: uuid.UUID, by: Actor, at: dt.datetime) -> int:
    """A person puts away a notice of their own."""
    mine = Notice.objects.filter(pk=notice_key, user_id=by.key, handled_at__isnull=True)
    return mine.update(handled_at=at, handled_by_key=by.key)
