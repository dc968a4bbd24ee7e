"""What the worker sends. A task may run twice, after a crash: it sends once."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from arasha.notices.mail import send
from arasha.notices.models import Digest, Notice


@task()
def send_urgent(notice_key: str) -> bool:
    """Mail one urgent notice, unless it was handled or mailed meanwhile. True if it was sent."""
    with transaction.atomic():
        notice = (
            Notice.objects.select_for_update(of=("self",))
            .select_related("user")
            .filter(pk=notice_key, handled_at__isnull=True, mailed_at__isnull=True)
            .first()
        )
        if notice is None or not _reachable(notice.user.is_active, notice.user.left_at):
            return False
        send(user=notice.user, kinds=[notice.kind], urgent=True)
        notice.mailed_at = timezone.now()
        notice.save(update_fields=["mailed_at"])
    return True


@task()
def send_digest(digest_key: int) -> bool:
    """Mail what waits for a person and was not mailed yet. True if there was something to send."""
    with transaction.atomic():
        digest = (
            Digest.objects.select_for_update(of=("self",))
            .select_related("user")
            .filter(pk=digest_key, mailed_at__isnull=True)
            .first()
        )
        if digest is None or not _reachable(digest.user.is_active, digest.user.left_at):
            return False
        waiting = Notice.objects.filter(
            user=digest.user, handled_at__isnull=True, mailed_at__isnull=True
        )
        kinds = list(waiting.order_by("created_at").values_list("kind", flat=True))
        if not kinds:
            return False
        send(user=digest.user, kinds=kinds, urgent=False)
        now = timezone.now()
        waiting.update(mailed_at=now)
        digest.mailed_at = now
        digest.save(update_fields=["mailed_at"])
    return True


def _reachable(is_active: bool, left_at: object) -> bool:
    return is_active and left_at is None
