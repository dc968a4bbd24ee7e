from django.db import models

from arasha.handoffs.crossings import Crossing, one_open


class SupportReferral(Crossing):
    """Somebody asks for help: what kind, and whom to call. Name and place are told by telephone, never here."""

    KIND = "support_referral"

    needs = models.JSONField()  # pack: support needs
    call_back = models.CharField(max_length=60)  # where the centre reaches the officer who asked

    class Meta:
        constraints = one_open("support")


class Consent(models.Model):
    """What the person agreed to: what may be told, to whom, from when, and who asked."""

    referral = models.OneToOneField(
        SupportReferral, on_delete=models.CASCADE, primary_key=True, related_name="consent"
    )
    covers = models.JSONField()  # pack: what a consent covers
    given_how = models.CharField(max_length=40)  # pack: how a consent is given
    from_day = models.DateField()
    asked_by_key = models.UUIDField()
    language = models.CharField(max_length=10)
    withdrawn_day = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_by_key = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"consent to {self.referral_id}"
