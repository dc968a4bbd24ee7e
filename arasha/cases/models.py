from django.db import models

from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.references import KeyField


class Stage(models.TextChoices):
    REGISTERED = "registered"
    INVESTIGATION = "investigation"
    COURT = "court"
    DECIDED = "decided"
    CLOSED = "closed"


class Case(models.Model):
    """A matter in the prosecutor's hands, from registration to its end."""

    key = KeyField()
    number = models.CharField(max_length=40, unique=True)
    holder = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="cases")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="cases")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.REGISTERED)
    registered_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)
    next_due_rule = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)  # two editors: the second sees what changed

    class Meta:
        indexes = [
            models.Index(fields=["stage", "next_due_at"], name="case_by_lateness"),
            models.Index(fields=["stage", "-registered_at", "key"], name="case_by_stage"),
            models.Index(fields=["-registered_at", "key"], name="case_by_registration"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseNumber(models.Model):
    """The last number given in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Allegation(models.Model):
    """What is said to have happened, as it was received. Never edited; corrections are new rows."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="allegations")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True)
    source_kind = models.CharField(max_length=40)  # appeal
    source_key = models.UUIDField()
    account = models.TextField()  # in the person's words, as far as they consented
    happened_from = models.DateField()
    happened_to = models.DateField()
    conduct = models.CharField(max_length=20)  # law: torture | ill_treatment
    capacity = models.CharField(
        max_length=40
    )  # law: official | acting_in_official_capacity | instigated
    criteria = models.JSONField()  # pack: classification criteria that were ticked
    consent = models.CharField(max_length=40)  # pack: consents
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"allegation {self.key}"


class Number(models.Model):
    """A number that another body gave: the national register, a court."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="numbers")
    register = models.CharField(max_length=40)  # pack: registers (erdr, kui, court)
    number = models.CharField(max_length=60)
    folded = models.CharField(max_length=60, db_index=True)  # for search in any spacing or alphabet
    given_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "folded"], name="one_number_a_register")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.number}"


class Deadline(models.Model):
    """A clock of the law that runs on a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    rule = models.CharField(max_length=40)  # pack: deadlines
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    law_answer = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "rule"], name="one_clock_a_rule")]

    def __str__(self) -> str:
        return f"{self.rule} of {self.case_id}"


class Decision(models.Model):
    """A dated decision on a case, with what the rules said that day, stored and never recomputed."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=40)  # pack: decision kinds
    day = models.DateField()
    persons = models.PositiveSmallIntegerField(default=0)
    # The version of the case that its writer looked at: one decision follows each version.
    base_version = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    law_question = models.JSONField()
    law_answer = models.JSONField()
    pack_hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["kind", "day"], name="decision_by_kind_day")]
        constraints = [
            models.UniqueConstraint(fields=["case", "base_version"], name="one_decision_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}"
