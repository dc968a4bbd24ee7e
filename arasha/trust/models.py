from django.db import models

from arasha.people.models import Institution


class SigningBody(models.Model):
    """The keys with which a body signs its recipient sets, and how many of them must sign."""

    institution = models.OneToOneField(Institution, on_delete=models.PROTECT, primary_key=True)
    verifier_keys = models.JSONField()  # vkeys (C2SP signed-note)
    threshold = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "signing bodies"

    def __str__(self) -> str:
        return f"{self.threshold} of {len(self.verifier_keys)} keys of {self.institution_id}"


class RecipientSet(models.Model):
    """Who can open what is sealed to a body: a signed note, never edited; newer versions replace it."""

    code = models.CharField(max_length=80, primary_key=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="sets")
    version = models.PositiveIntegerField()
    note = models.TextField()
    recipients = models.PositiveSmallIntegerField()
    from_day = models.DateField()
    until_day = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "version"], name="one_set_a_version")
        ]

    def __str__(self) -> str:
        return self.code
