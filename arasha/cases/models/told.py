"""What is said to have happened, and what became of the saying: registers apart from the cases."""

from django.db import models

from arasha.cases.models.answers import AnswerField
from arasha.cases.models.register import Case
from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.references import KeyField


class Allegation(models.Model):
    """What is said to have happened, as it was received. Never edited; corrections are new rows.

    A day that nobody knows is null; a partial date ("March 2021") is the interval of its days.
    """

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="allegations")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True)
    source_kind = models.CharField(
        max_length=40
    )  # appeal | citizen | body | own_report | anonymous | import
    source_key = models.UUIDField()
    source_words = models.CharField(
        max_length=300, blank=True
    )  # a newspaper, a body: never a person
    account = models.TextField()  # in the person's words, as far as they consented
    happened_from = models.DateField(null=True)
    happened_to = models.DateField(null=True)
    happened_words = models.CharField(max_length=60, blank=True)  # as it was told: "March 2021"
    conduct = models.CharField(max_length=20)  # law: torture | ill_treatment
    capacity = models.CharField(
        max_length=40
    )  # law: official | acting_in_official_capacity | instigated
    criteria = models.JSONField()  # pack: classification criteria that were ticked
    consent = models.CharField(max_length=40)  # pack: consents
    received_at = models.DateTimeField()
    # Where it came in by the prosecutor's own door; an appeal's allegation waits with its referral.
    receiver = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, related_name="allegations"
    )
    is_anonymous = models.BooleanField(default=False)
    warned_day = models.DateField(null=True)  # of liability for a false denunciation
    register_by_at = models.DateTimeField(null=True)
    pass_on_by_at = models.DateTimeField(null=True)
    # What the rules of the day of receipt said: both clocks, an anonymous message, the warning.
    law_question = models.JSONField(default=dict)
    law_answer = AnswerField(default=dict)
    # The last of `outcomes`, for lists and clocks; null: it waits.
    outcome = models.ForeignKey(
        "AllegationOutcome", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["receiver", "register_by_at"],
                condition=models.Q(case=None, outcome=None),
                name="allegation_by_clock",
            ),
            models.Index(fields=["receiver", "-received_at"], name="allegation_by_receipt"),
            models.Index(fields=["place", "happened_from"], name="allegation_by_place_day"),
        ]

    def __str__(self) -> str:
        return f"allegation {self.key}"


class Correction(models.Model):
    """Something about an allegation turned out otherwise. The allegation stays as it was received."""

    key = KeyField()
    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="corrections")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=40)  # account | happened | place | conduct | capacity
    account = models.TextField(blank=True)
    code = models.CharField(max_length=40, blank=True)  # the new conduct or capacity
    happened_from = models.DateField(null=True)
    happened_to = models.DateField(null=True)
    happened_words = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by_key = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.what} of {self.allegation_id}"


class AllegationOutcome(models.Model):
    """What became of an allegation: registered, passed on without registration, or joined to a case.

    An allegation without such a row waits, and its clocks run. What was passed on may be registered
    later: then there are two, and the last one holds.
    """

    key = KeyField()
    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField(default=1)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="outcomes")
    kind = models.CharField(max_length=40)  # registered | passed_on | joined
    reason = models.CharField(max_length=60, blank=True)  # pack: pass-on and joining reasons
    reason_words = models.TextField(blank=True)
    passed_to = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, related_name="+"
    )
    body_name = models.CharField(max_length=300, blank=True)  # of a body that is in no register
    day = models.DateField()
    due_at = models.DateTimeField(null=True)  # the clock it had to meet; null: none ran any more
    is_late = models.BooleanField(null=True)
    made_at = models.DateTimeField()
    made_by_key = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["allegation", "number"], name="one_outcome_a_number")
        ]
        indexes = [models.Index(fields=["kind", "day"], name="outcome_by_day")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.allegation_id}"


class AllegationNumber(models.Model):
    """The entry of an allegation in a book of the office that received it. Each office counts anew."""

    key = KeyField()
    allegation = models.ForeignKey(Allegation, on_delete=models.PROTECT, related_name="numbers")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=40)  # pack: registers (kui)
    number = models.CharField(max_length=60)
    folded = models.CharField(max_length=60, db_index=True)  # in any spacing or alphabet
    given_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "register", "folded"], name="one_entry_an_office"
            )
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.number}"


class Complainant(models.Model):
    """Who made a complaint at the office's own door. Apart from the account: a case opens it with its names."""

    key = KeyField()
    allegation = models.OneToOneField(
        Allegation, on_delete=models.CASCADE, related_name="complainant"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="complainants")
    name = models.CharField(max_length=300)
    contact = models.CharField(max_length=300, blank=True)
    is_victim = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"complainant of {self.allegation_id}"
