from django.db import models

from arasha.cases.models.answers import AnswerField
from arasha.cases.models.register import Case
from arasha.people.models import Institution
from arasha.references import KeyField


class Conflict(models.TextChoices):
    """What stands against the body that is to investigate."""

    NOT_COMPETENT = "not_competent"  # the rules of the day name another body
    SAME_SERVICE = "same_service"  # a suspect serves where this body belongs
    SAME_OFFICE = "same_office"  # a suspect serves in this very office, above it or below it
    COMMANDS_PLACE = "commands_place"  # it commands the place, or its service does


class Classification(models.Model):
    """A signed act: what the case is in law, and which body investigates. Never edited; the last holds."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="classifications")
    number = models.PositiveSmallIntegerField()  # 1 is the first; more are reclassifications
    conduct = models.CharField(max_length=20)  # law: torture | ill_treatment
    part = models.PositiveSmallIntegerField(null=True)  # today's numbering; null: the basic offence
    capacity = models.CharField(max_length=40)  # law: capacities
    criteria = models.JSONField()  # pack: criteria that were ticked
    provision = models.CharField(max_length=40, blank=True)
    provision_from_day = models.DateField(null=True)
    body_kind = models.CharField(max_length=40)  # pack: bodies of investigation
    body = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    conflicts = models.JSONField(default=list)  # what the conflict check warned of
    conflict_answer = models.CharField(max_length=60, blank=True)  # pack: conflict answers
    conflict_words = models.TextField(blank=True)  # why it was signed in spite of the warning
    reason = models.CharField(max_length=60, blank=True)  # pack: reclassification reasons
    reason_words = models.TextField(blank=True)
    law_question = models.JSONField()
    law_answer = AnswerField()
    pack_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by_key = models.UUIDField(null=True)  # null: entered by an import
    base_version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_classification_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.provision} of {self.case_id}"
