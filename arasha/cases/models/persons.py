"""The people of a case: what they are to it in one table, who they are in another."""

from django.db import models

from arasha.cases.models.register import Case
from arasha.people.models import Institution
from arasha.references import KeyField


class Person(models.Model):
    """Somebody in a case under a code of the case; the name, if it is known, stands in `Identity`."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="persons")
    code = models.CharField(
        max_length=10
    )  # V1, S2: what everybody who has no name to see calls them
    role = models.CharField(max_length=40)  # pack: person roles
    state = models.CharField(max_length=40, blank=True)  # pack: involvement states, of a suspect
    capacity = models.CharField(max_length=40, blank=True)  # law: capacities, of a suspect
    agency = models.CharField(max_length=40, blank=True)  # pack: authorities; whom a suspect serves
    office = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    sex = models.CharField(max_length=20, blank=True)  # pack: sexes
    is_minor = models.BooleanField(null=True)  # at the time of the act; null: not known
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="one_person_a_code")]

    def __str__(self) -> str:
        return f"{self.code} of {self.case_id}"


class Identity(models.Model):
    """Who somebody in a case is. `folded`: the name as engines/names folds it across scripts."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="identities")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="identity")
    name = models.CharField(max_length=300, blank=True)  # as written; empty: known by other marks
    folded = models.CharField(max_length=300, blank=True)
    folded_by = models.PositiveSmallIntegerField(default=0)  # which folding; tick folds anew
    born_first = models.DateField(null=True)
    born_last = models.DateField(null=True)
    born_words = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=100, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, blank=True)
    marks = models.TextField(blank=True)  # how somebody without a name was described

    class Meta:
        verbose_name_plural = "identities"
        # The search has an index of its own beside these: migration 0005.
        indexes = [
            models.Index(fields=["folded"], name="identity_by_name"),
            models.Index(fields=["folded_by"], name="identity_by_folding"),
        ]

    def __str__(self) -> str:
        return f"identity of {self.person_id}"


class ViewCode(models.Model):
    """A code with which a victim or a lawyer sees the state of the case, without an account."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="view_codes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="view_codes")
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"code of {self.person_id}"


class PlainState(models.Model):
    """What such a code shows: a stage, a term, a day. No number, no name, no place."""

    code_hash = models.BinaryField(primary_key=True, max_length=32)
    stage = models.CharField(max_length=40)  # pack: stages
    since_day = models.DateField()
    next_due_at = models.DateTimeField(null=True)
    next_due_rule = models.CharField(max_length=40, blank=True)
    told = models.JSONField(default=list)  # the decisions: [kind, day], oldest first
    as_of_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.stage} since {self.since_day}"
