from django.db import models

from arasha.references import KeyField

PERSON = "person"
INSTITUTION = "institution"


class Grant(models.Model):
    """A dated, revocable reason to see a record. It is written before the record itself."""

    key = KeyField()
    subject_kind = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    holder_kind = models.CharField(max_length=20)  # person | institution
    holder_key = models.UUIDField()
    basis = models.CharField(max_length=20)  # policy: bases
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    given_by_kind = models.CharField(max_length=20)
    given_by_key = models.CharField(max_length=60)

    class Meta:
        indexes = [
            models.Index(fields=["holder_key", "subject_kind", "basis"], name="grant_by_holder"),
            models.Index(fields=["subject_key"], name="grant_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.basis} on {self.subject_kind}:{self.subject_key}"


class Bar(models.Model):
    """A conflict of interest: this person never sees this record, whatever was granted."""

    key = KeyField()
    subject_kind = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    user_key = models.UUIDField()
    reason_code = models.CharField(max_length=60)  # accused | witness | works_there | relative
    since_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user_key", "subject_key"], name="bar_by_user")]

    def __str__(self) -> str:
        return f"{self.reason_code} bars {self.user_key}"
