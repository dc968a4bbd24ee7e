"""The register itself: cases, and the numbers that we and other bodies gave them."""

from django.db import models
from django.db.models import F, Q

from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.references import KeyField


class Case(models.Model):
    """A matter in the prosecutor's hands, from registration to its end."""

    key = KeyField()
    number = models.CharField(max_length=40, unique=True)
    holder = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="cases")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="cases")
    stage = models.CharField(max_length=40, default="registered")  # pack: stages
    registered_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True)
    next_due_rule = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)  # two editors: the second sees what changed
    # The version in which it was last compared with other cases: the same event, told twice?
    compared_version = models.PositiveIntegerField(default=0)
    # The signed classification in force (the last row of `classifications`), for lists and figures.
    conduct = models.CharField(max_length=20, blank=True)  # law: torture | ill_treatment
    provision = models.CharField(max_length=40, blank=True)  # as its wording numbers it: 146.2
    provision_from_day = models.DateField(null=True)  # which wording: the number says nothing alone
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="joined"
    )
    retention = models.CharField(max_length=40, blank=True)  # pack: retention classes
    erased_at = models.DateTimeField(null=True)  # what is left is a tombstone

    class Meta:
        indexes = [
            models.Index(fields=["stage", "next_due_at"], name="case_by_lateness"),
            # Of a country's open cases the first page, in its order: none is sorted.
            models.Index(fields=["next_due_at", "-registered_at", "key"], name="case_by_urgency"),
            models.Index(fields=["stage", "-registered_at", "key"], name="case_by_stage"),
            models.Index(fields=["-registered_at", "key"], name="case_by_registration"),
            models.Index(
                fields=["registered_at"],
                condition=Q(compared_version__lt=F("version")),
                name="case_to_compare",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseNumber(models.Model):
    """The last number given in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Number(models.Model):
    """A number that another body gave: the national register, a court."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="numbers")
    register = models.CharField(max_length=40)  # pack: registers (erdr, kui, court)
    number = models.CharField(max_length=60)
    folded = models.CharField(max_length=60, db_index=True)  # for search in any spacing or alphabet
    given_day = models.DateField()
    issuer = models.CharField(
        max_length=200, blank=True
    )  # the body that gave it, as it names itself

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "folded"], name="one_number_a_register")
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.number}"
