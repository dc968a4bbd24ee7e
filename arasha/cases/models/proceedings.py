"""Where a case is tried and what was decided: proceedings, steps, charges, decisions."""

from django.db import models

from arasha.cases.models.answers import AnswerField
from arasha.cases.models.persons import Person
from arasha.cases.models.register import Case
from arasha.people.models import Institution
from arasha.references import KeyField


class Proceeding(models.Model):
    """One run before one body: the pre-trial investigation, a court's instance, a disciplinary one."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proceedings")
    kind = models.CharField(max_length=40)  # pack: proceeding kinds
    body = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    body_name = models.CharField(
        max_length=200, blank=True
    )  # of a body that is not in our register
    opened_day = models.DateField()
    closed_day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"


class Step(models.Model):
    """Something that was done in a proceeding: an examination, a hearing, a file handed over."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    proceeding = models.ForeignKey(Proceeding, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=40)  # pack: steps
    day = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_key = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}"


class Charge(models.Model):
    """A person under a provision in one wording."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="charges")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="charges")
    provision = models.CharField(max_length=40)
    provision_from_day = models.DateField(null=True)
    conduct = models.CharField(max_length=20)  # law: torture | ill_treatment
    part = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=40)  # pack: involvement states
    day = models.DateField()
    withdrawn_day = models.DateField(null=True)
    law_question = models.JSONField(default=dict)
    law_answer = AnswerField()
    pack_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.provision} against {self.person_id}"


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
    law_answer = AnswerField()
    pack_hash = models.CharField(max_length=64)
    proceeding = models.ForeignKey(
        Proceeding, on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    ground = models.CharField(max_length=60, blank=True)  # pack: grounds of its kind
    reason = models.TextField(blank=True)
    body_name = models.CharField(max_length=200, blank=True)  # who decided, if not the holder
    number = models.CharField(max_length=60, blank=True)  # of the document
    # A way out of punishment for all its persons; where they are named one by one, in their rulings.
    relief = models.CharField(max_length=60, blank=True)  # pack: reliefs
    was_barred = models.BooleanField(null=True)  # what the rules said of it that day
    in_spite = models.TextField(blank=True)  # the reasons for granting what the rules call barred
    result = models.CharField(max_length=60, blank=True)  # pack: appeal results
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )

    class Meta:
        indexes = [models.Index(fields=["kind", "day"], name="decision_by_kind_day")]
        constraints = [
            models.UniqueConstraint(fields=["case", "base_version"], name="one_decision_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}"


class Ruling(models.Model):
    """What a decision says of one person, where the people of a case were entered one by one."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rulings")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rulings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rulings")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, null=True, related_name="rulings")
    sentence = models.CharField(max_length=60, blank=True)  # pack: sentences
    months = models.PositiveSmallIntegerField(null=True)
    relief = models.CharField(max_length=60, blank=True)  # pack: reliefs; what was granted
    was_barred = models.BooleanField(null=True)  # what the rules said of it that day
    in_spite = models.TextField(blank=True)  # the reasons for granting what the rules call barred
    law_question = models.JSONField(default=dict)  # empty: no relief was granted
    law_answer = AnswerField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="one_ruling_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.decision_id}"


class Telling(models.Model):
    """Whether a victim was told of a decision: when, and how."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tellings")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="tellings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="tellings")
    way = models.CharField(max_length=40)  # pack: ways of telling
    day = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_key = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.decision_id} told {self.way}"
