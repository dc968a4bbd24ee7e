"""What the notices do by themselves: one mail a day with what waits."""

import datetime as dt
import uuid

from django.db import transaction

from arasha.actors import TICK
from arasha.country import country
from arasha.notices.models import Digest
from arasha.notices.selectors import people_with_unmailed_notices
from arasha.notices.tasks import send_digest

# In the morning, by the country's clock: late enough that what came overnight is in it.
DIGEST_FROM_HOUR = 8


def tick(*, at: dt.datetime) -> int:
    """Put today's digests into the queue, once a person and day. Returns how many."""
    local = at.astimezone(country().timezone)
    if local.hour < DIGEST_FROM_HOUR:
        return 0
    waiting = people_with_unmailed_notices(viewer=TICK, before=at)
    had_one = Digest.objects.filter(day=local.date()).values("user_id")
    return sum(
        _enqueue_digest(user_key, local.date())
        for user_key in waiting.exclude(user_id__in=had_one).distinct()
    )


@transaction.atomic
def _enqueue_digest(user_key: uuid.UUID, day: dt.date) -> bool:
    digest, made = Digest.objects.get_or_create(user_id=user_key, day=day)
    if made:
        send_digest.enqueue(digest.pk)
    return made
