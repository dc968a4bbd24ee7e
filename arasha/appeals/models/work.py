from django.db import models

from arasha.appeals.models.filed import Appeal
from arasha.people.models import Institution
from arasha.references import KeyField


class Term(models.Model):
    """A clock of the law on one appeal: what the pack answered is stored, never recomputed silently."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="terms")
    code = models.CharField(max_length=40)  # pack: deadlines
    from_day = models.DateField()
    due_day = models.DateField()
    met_day = models.DateField(null=True)
    pack_hash = models.CharField(max_length=64)
    needs_review = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["met_day", "due_day"], name="term_by_lateness")]

    def __str__(self) -> str:
        return f"{self.code} of {self.appeal_id}"


class Suspension(models.Model):
    """Days on which a clock stood still, and why."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="+")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="suspensions")
    reason_code = models.CharField(max_length=40)  # pack: suspension reasons
    from_day = models.DateField()
    until_day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.term_id} from {self.from_day}"


class Extension(models.Model):
    """A clock made longer, once for each reason, before it ran out."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="+")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="extensions")
    reason_code = models.CharField(max_length=40)  # pack: extension reasons
    until_day = models.DateField()
    on_day = models.DateField()
    by_key = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.term_id} until {self.until_day}"


class BodyRequest(models.Model):
    """What an officer asks of the body complained of; the words are sealed, the clock is not."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="requests")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    asks_for = models.CharField(max_length=40)  # pack: what a body may be asked for
    number = models.CharField(max_length=60, blank=True)  # of the outgoing letter
    asked_day = models.DateField()
    due_day = models.DateField()
    reminded_day = models.DateField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    escalated_day = models.DateField(null=True)
    answered_day = models.DateField(null=True)
    answer = models.CharField(max_length=40, blank=True)  # pack: answers of bodies
    by_key = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["answered_day", "due_day"], name="request_by_lateness")]

    def __str__(self) -> str:
        return f"{self.asks_for} of {self.appeal_id}"


class ExternalNumber(models.Model):
    """The number that another body gave the matter."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="numbers")
    issuer = models.CharField(max_length=120)
    number = models.CharField(max_length=60)
    folded = models.CharField(max_length=60, db_index=True)
    on_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "issuer", "folded"], name="one_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.issuer}"


class CheckBack(models.Model):
    """A day on which somebody asks whether the person who complained is safe."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="check_backs")
    after_days = models.PositiveSmallIntegerField()  # 7, 30, 90
    due_day = models.DateField()
    done_day = models.DateField(null=True)
    found = models.CharField(max_length=40, blank=True)  # pack: what a check-back finds
    rung_day = models.DateField(null=True)
    escalated_day = models.DateField(null=True)
    by_key = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["done_day", "due_day"], name="check_back_by_lateness")]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "due_day"], name="one_check_back_a_day")
        ]

    def __str__(self) -> str:
        return f"check-back {self.after_days} of {self.appeal_id}"


class Closing(models.Model):
    """An end of an appeal: how, on which day, and how its writer was answered. Reopening keeps the row."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="closings")
    outcome = models.CharField(max_length=40)  # pack: appeal outcomes
    outcome_day = models.DateField()
    answered = models.CharField(max_length=40)  # pack: answer ways
    closed_day = models.DateField()
    by_key = models.UUIDField()
    reopened_day = models.DateField(null=True)
    reopening_reason = models.CharField(max_length=40, blank=True)  # pack: reopening reasons

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"],
                condition=models.Q(reopened_day__isnull=True),
                name="one_end_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome} of {self.appeal_id}"


class Erasure(models.Model):
    """Two officers agree that what was sealed is destroyed; the system's own job then does it."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="erasures")
    reason_code = models.CharField(max_length=40)  # pack: erasure reasons
    asked_day = models.DateField()
    asked_by_key = models.UUIDField()
    confirmed_day = models.DateField(null=True)
    confirmed_by_key = models.UUIDField(null=True)
    declined_day = models.DateField(null=True)
    done_day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"],
                condition=models.Q(declined_day__isnull=True),
                name="one_erasure_an_appeal",
            )
        ]
        indexes = [models.Index(fields=["done_day", "confirmed_day"], name="erasure_by_step")]

    def __str__(self) -> str:
        return f"erasure of {self.appeal_id}"
