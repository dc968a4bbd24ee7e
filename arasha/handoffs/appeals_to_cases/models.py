from django.db import models

from arasha.people.models import Institution
from arasha.places.models import Place
from arasha.references import KeyField


class Answer(models.TextChoices):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Referral(models.Model):
    """An appeal passed to a prosecutor. Before accepting, the receiver sees this card, not the account."""

    key = KeyField()
    appeal_key = models.UUIDField()
    allegation_key = models.UUIDField()
    sender = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    happened_from = models.DateField()
    happened_to = models.DateField()
    conduct = models.CharField(max_length=20)
    criteria = models.JSONField()
    consent = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField()
    refusal_code = models.CharField(max_length=40, blank=True)  # pack: refusal reasons
    case_key = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal_key", "receiver"],
                condition=~models.Q(answer="refused"),
                name="one_open_referral_a_receiver",
            )
        ]

    def __str__(self) -> str:
        return f"referral {self.key}"
