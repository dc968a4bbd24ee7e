from django.db import models

from arasha.people.models import User
from arasha.references import KeyField


class Notice(models.Model):
    """Something waits for somebody: a kind and a link, never content."""

    key = KeyField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "handled_at", "created_at"], name="notice_open")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_id}"
