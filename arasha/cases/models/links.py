from django.db import models

from arasha.cases.models.register import Case
from arasha.references import KeyField


class SameEvent(models.Model):
    """Two cases may tell of one event: suggested by the names, the place and the time; a person links.

    Kept twice, once for each side, so that whoever may see one case learns nothing of the other's
    existence by more than this row. Nothing is ever merged.
    """

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="same_events")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)  # suggested | linked | not_the_same
    score = models.FloatField()
    reasons = models.JSONField()  # why it was suggested, in codes
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by_key = models.UUIDField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "other"], name="one_link_a_pair")]

    def __str__(self) -> str:
        return f"{self.case_id} and {self.other_id}: {self.state}"


class LawReview(models.Model):
    """How far the stored answers were compared with the rules in force now."""

    pack_hash = models.CharField(max_length=64, primary_key=True)
    begun_at = models.DateTimeField()
    looked_at_until = models.UUIDField(null=True)  # keys of cases, in their order
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.pack_hash


class LawChange(models.Model):
    """The rules changed, and would answer a stored question otherwise now. A person settles it."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="law_changes")
    of_kind = models.CharField(max_length=20)  # decision | classification
    of_key = models.UUIDField()
    old_pack_hash = models.CharField(max_length=64)
    new_pack_hash = models.CharField(max_length=64)
    differences = models.JSONField()
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by_key = models.UUIDField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_key", "new_pack_hash"], name="one_change_a_pack")
        ]
        indexes = [models.Index(fields=["settled_at", "found_at"], name="law_change_open")]

    def __str__(self) -> str:
        return f"{self.of_kind} of {self.case_id}"
