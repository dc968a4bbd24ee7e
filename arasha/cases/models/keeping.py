"""What may not be destroyed, and what two people agreed to destroy."""

from django.db import models

from arasha.cases.models.register import Case
from arasha.people.models import Institution
from arasha.references import KeyField


class LegalHold(models.Model):
    """As long as it stands, nothing of the case is destroyed."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=60)  # pack: hold reasons
    words = models.CharField(max_length=300, blank=True)
    from_at = models.DateTimeField()
    from_by_key = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by_key = models.UUIDField(null=True)
    lifted_words = models.CharField(max_length=300, blank=True)  # why nothing hinders any more

    def __str__(self) -> str:
        return f"hold on {self.case_id}"


class RetentionList(models.Model):
    """Cases whose term of keeping is over: one person proposes, another agrees."""

    key = KeyField()
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by_key = models.UUIDField()
    agreed_at = models.DateTimeField(null=True)
    agreed_by_key = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"list of {self.made_at:%Y-%m-%d}"


class RetentionEntry(models.Model):
    of_list = models.ForeignKey(RetentionList, on_delete=models.PROTECT, related_name="entries")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="retention_entries")
    reason = models.CharField(max_length=60, blank=True)  # pack: reasons to destroy
    retention = models.CharField(max_length=40, blank=True)  # pack: retention classes
    over_day = models.DateField(null=True)  # when its term was over; null: another reason
    checked = models.CharField(max_length=20, blank=True)  # unverified: a person vouched for it
    # Why it stays after all: a person's words, or the code of the job that found a reason itself.
    taken_out = models.CharField(max_length=300, blank=True)
    taken_out_by_key = models.UUIDField(null=True)  # null: the job

    class Meta:
        verbose_name_plural = "retention entries"
        constraints = [models.UniqueConstraint(fields=["of_list", "case"], name="one_entry_a_case")]

    def __str__(self) -> str:
        return f"{self.case_id} on {self.of_list_id}"
