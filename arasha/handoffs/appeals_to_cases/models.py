from django.db import models

from arasha.handoffs.crossings import Answer, Crossing
from arasha.people.models import Institution
from arasha.places.models import Place


class Referral(Crossing):
    """An appeal passed to a prosecutor. Before accepting, the receiver sees this card, not the account."""

    KIND = "referral"

    allegation_key = models.UUIDField()
    # It goes to an office that is there, and the law gives a clock to each.
    receiver = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    answer_due_at = models.DateTimeField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    # Null where nobody knows; the words are those in which it was told: "March 2021".
    happened_from = models.DateField(null=True)
    happened_to = models.DateField(null=True)
    happened_words = models.CharField(max_length=60, blank=True)
    conduct = models.CharField(max_length=20)
    criteria = models.JSONField()
    consent = models.CharField(max_length=40)
    case_key = models.UUIDField(null=True)
    # Once the clock of registration has run out: when the superior was told, and whose.
    told_at = models.DateTimeField(null=True)
    told = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    made_by_key = None  # type: ignore[assignment]  # the journal says who

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal_key", "receiver"],
                condition=~models.Q(answer=Answer.REFUSED),
                name="one_open_referral_a_receiver",
            )
        ]
