from django.db import models

from arasha.people.models import Institution


class RecipientSet(models.Model):
    """Who can open what is sealed to a body: signed by its own keys, never edited, only replaced."""

    code = models.CharField(max_length=80, primary_key=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="sets")
    version = models.PositiveIntegerField()
    text = models.TextField()  # arasha recipients v1
    recipients = models.PositiveSmallIntegerField()
    offices = models.JSONField(default=list)  # codes of the institutions whose people can open
    officers = models.JSONField(default=list)  # [{"office", "recipient", "label", "role"}]
    from_day = models.DateField()
    until_day = models.DateField()
    published_at = models.DateTimeField()
    # Since when the root of trust names it no more: replaced, or its body dissolved.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "version"], name="one_set_a_version")
        ]

    def __str__(self) -> str:
        return self.code


class TrustFile(models.Model):
    """One file of the root of trust as it was signed: every version stays, and has a leaf in the log."""

    name = models.CharField(max_length=200, primary_key=True)
    content = models.BinaryField()
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Standing(models.Model):
    """What this server believes, as a client of the root of trust: one row."""

    held = models.TextField()  # arasha.wire.trust.Held
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "standing"

    def __str__(self) -> str:
        return f"trust since {self.changed_at}"
