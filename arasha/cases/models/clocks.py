"""The clocks of the law that run on a case, and all that may move them."""

from django.db import models
from django.db.models import Q

from arasha.cases.models.answers import AnswerField
from arasha.cases.models.persons import Person
from arasha.cases.models.register import Case
from arasha.cases.models.told import Allegation
from arasha.people.models import Institution
from arasha.references import KeyField


class Deadline(models.Model):
    """A clock of the law. `due_at` is what it says today; `law_answer` says why, and never changes."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="deadlines")
    rule = models.CharField(max_length=40)  # pack: deadlines
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    due_since_at = models.DateTimeField(null=True)  # since when it says so; null: from the start
    met_at = models.DateTimeField(null=True)
    replaced_by = models.CharField(
        max_length=40, blank=True
    )  # pack: deadlines; what runs since `met_at`
    law_answer = AnswerField()  # with the `term` that the law gave, from which it is reckoned
    is_standing = models.BooleanField(default=False)  # suspended: it has no end while it stands
    rung = models.PositiveSmallIntegerField(default=0)  # how many extensions were granted
    # Until when the next extension must be asked; null: it was asked, or nobody may grant it.
    motion_due_at = models.DateTimeField(null=True)
    moved = models.PositiveIntegerField(default=0)  # how often: calendars take the newest

    class Meta:
        constraints = [
            # A case that comes back starts its clocks anew; two of one rule never run together.
            models.UniqueConstraint(
                fields=["case", "rule"], condition=Q(met_at=None), name="one_running_clock_a_rule"
            )
        ]
        indexes = [
            # With the key, as lists are read: thousands end at one midnight.
            models.Index(
                fields=["due_at", "id"], condition=Q(met_at=None), name="deadline_running"
            ),
            models.Index(
                fields=["motion_due_at", "id"],
                condition=Q(met_at=None, motion_due_at__isnull=False),
                name="deadline_to_ask",
            ),
            models.Index(
                fields=["started_at", "id"],
                condition=Q(met_at=None, is_standing=True),
                name="deadline_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} of {self.case_id}"


class Extension(models.Model):
    """A motion for more time: filed by a day of its own, granted or refused by whom the law names.

    Amounts are the whole term from its first day, in the unit of the term that the law gave.
    """

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="extensions")
    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="extensions")
    rung = models.PositiveSmallIntegerField()  # of the ladder as it stood that day; 1 is the lowest
    grantor = models.CharField(max_length=40)  # pack: grantors
    amount = models.PositiveSmallIntegerField()  # asked
    granted_amount = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField()
    filed_at = models.DateTimeField()
    filed_by_key = models.UUIDField()
    motion_due_at = models.DateTimeField(null=True)
    answered_day = models.DateField(null=True)
    granted = models.BooleanField(null=True)
    due_before_at = models.DateTimeField()
    due_after_at = models.DateTimeField(null=True)
    law_answer = AnswerField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(granted=None), name="one_open_motion_a_clock"
            )
        ]

    def __str__(self) -> str:
        return f"rung {self.rung} of {self.deadline_id}"


class Suspension(models.Model):
    """A time in which a clock stands, with its reason."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="suspensions")
    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="suspensions")
    reason = models.CharField(max_length=60)  # pack: reasons a clock of a case stands
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    made_by_key = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(until_at=None), name="one_open_case_suspension"
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} stands from {self.from_at}"


class TermRequest(models.Model):
    """A victim asked that a term be set or shortened; somebody must answer."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="term_requests")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_day = models.DateField()
    asked_until_day = models.DateField(null=True)
    answered_day = models.DateField(null=True)
    set_until_day = models.DateField(null=True)  # null with an answer: refused
    reason = models.TextField(blank=True)
    made_by_key = models.UUIDField()

    def __str__(self) -> str:
        return f"asked on {self.asked_day} in {self.case_id}"


class Reminder(models.Model):
    """A bell that rang before a clock ran out, or for the superior once it had: rung once.

    Of a clock of a case, or of an allegation that waits (`rule`: to be registered, to be passed on).
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="reminders")
    deadline = models.ForeignKey(
        Deadline, on_delete=models.CASCADE, null=True, related_name="reminders"
    )
    allegation = models.ForeignKey(
        Allegation, on_delete=models.CASCADE, null=True, related_name="reminders"
    )
    rule = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=20)  # due | motion | escalated
    days_before = models.PositiveSmallIntegerField()  # 10, 5, 2, 1; 0: it has run out
    due_at = models.DateTimeField()  # of which end: an extension makes it ring anew
    to_institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, related_name="+"
    )
    rung_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "kind", "days_before", "due_at"], name="one_bell_a_reminder"
            ),
            models.UniqueConstraint(
                fields=["allegation", "rule", "kind", "days_before", "due_at"],
                name="one_bell_an_allegation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.days_before} of {self.deadline_id or self.allegation_id}"


class CalendarFeed(models.Model):
    """A secret address at which somebody's calendar program reads their own terms."""

    user_key = models.UUIDField(primary_key=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    has_numbers = models.BooleanField(default=False)  # of cases: who keeps the calendar sees them
    language = models.CharField(max_length=10, default="en")

    def __str__(self) -> str:
        return f"feed of {self.user_key}"
