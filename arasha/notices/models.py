from django.db import models

from arasha.people.models import User
from arasha.references import KeyField


class Notice(models.Model):
    """Something waits for somebody: a kind and a link, never content."""

    key = KeyField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)  # notices.words
    subject_kind = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    handled_by_key = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "handled_at", "created_at"], name="notice_open"),
            models.Index(fields=["subject_kind", "subject_key"], name="notice_by_subject"),
            # What still rings, for the ticks that look whether its reason is gone.
            models.Index(
                fields=["kind"], condition=models.Q(handled_at__isnull=True), name="notice_ringing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"


class Digest(models.Model):
    """One mail a day with what has not been mailed yet; the row keeps it to one."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField()
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"digest of {self.day} for {self.user_id}"
