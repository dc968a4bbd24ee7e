from django.db import models

from arasha.people.models import Institution, User
from arasha.references import KeyField


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
    given_by_key = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            # Whole: a list is collected from this index alone.
            models.Index(
                fields=[
                    *("holder_key", "subject_kind", "basis", "subject_key"),
                    *("holder_kind", "since_at", "until_at", "withdrawn_at"),
                ],
                name="grant_by_holder",
            ),
            models.Index(fields=["subject_key", "holder_key"], name="grant_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.basis} on {self.subject_kind}:{self.subject_key}"


class Bar(models.Model):
    """A conflict of interest: this person never sees this record, whatever was granted."""

    key = KeyField()
    subject_kind = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    user_key = models.UUIDField()
    reason_code = models.CharField(max_length=60)  # policy: bar reasons
    since_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user_key", "subject_key"], name="bar_by_user")]

    def __str__(self) -> str:
        return f"{self.reason_code} bars {self.user_key}"


class Breaking(models.Model):
    """Somebody on duty broke the glass. Their own words are kept here, never in the journal."""

    key = KeyField()
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="breaking")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="breakings")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="breakings")
    reason_code = models.CharField(max_length=60)  # words: reasons to break the glass
    reason = models.TextField()
    opened_at = models.DateTimeField()
    review_by_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    justified = models.BooleanField(null=True)
    finding = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["institution", "reviewed_at"], name="breaking_unreviewed")]

    def __str__(self) -> str:
        return f"{self.reason_code} by {self.user_id}"


class Told(models.Model):
    """One of the colleagues who were told at once. They may not be the ones who review it."""

    breaking = models.ForeignKey(Breaking, on_delete=models.PROTECT, related_name="told")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "told"
        constraints = [models.UniqueConstraint(fields=["breaking", "user"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.user_id} was told of {self.breaking_id}"


class Cell(models.Model):
    """A cell of the policy as a row, so that row-level security can join it."""

    kind = models.CharField(max_length=40)
    compartment = models.CharField(max_length=40)
    basis = models.CharField(max_length=20)
    role = models.CharField(max_length=40)
    right = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "compartment", "basis", "role"], name="one_right_a_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.compartment}: {self.basis} × {self.role} = {self.right}"


class JobCell(models.Model):
    """What a job of the system may see, as a row."""

    job = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    compartment = models.CharField(max_length=40)
    right = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["job", "kind", "compartment"], name="one_right_a_job_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.compartment}: {self.job} = {self.right}"
