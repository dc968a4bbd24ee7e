from django.db import models

from arasha.appeals.models.filed import Appeal
from arasha.people.models import Institution
from arasha.references import KeyField


class Export(models.Model):
    """Two people agree that sealed envelopes are carried to the offline machine of the office key.

    `count`: of how many appeals. Whoever sees fewer of them must not see the export.
    """

    key = KeyField()
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    asked_day = models.DateField()
    asked_by_key = models.UUIDField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_key = models.UUIDField(null=True)
    declined_day = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["institution", "-asked_day"], name="export_by_day")]

    def __str__(self) -> str:
        return f"export of {self.count} for {self.institution_id}"


class Protocol(models.Model):
    """What remains of a ceremony: days, counts, and the hash of the paper that names who was there.

    The key is made from all of it: the journal names the key, so nobody changes a row unseen.
    """

    key = KeyField()
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=40)
    held_day = models.DateField()
    sheets = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    count = models.PositiveIntegerField()  # of how many appeals
    entered_day = models.DateField()
    by_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "sha256"], name="one_protocol_a_hash")
        ]

    def __str__(self) -> str:
        return f"protocol {self.sha256[:12]} of {self.institution_id}"


class CeremonyAppeal(models.Model):
    """An appeal that an export or a protocol is about: a row of the appeal, locked with it."""

    key = KeyField()
    ceremony_key = models.UUIDField()  # of the export or the protocol
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="ceremonies")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ceremony_key", "appeal"], name="one_appeal_a_ceremony")
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} in {self.ceremony_key}"
