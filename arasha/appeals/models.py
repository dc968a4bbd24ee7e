from django.db import models

from arasha.people.models import Institution
from arasha.references import KeyField


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


class State(models.TextChoices):
    """What the person who wrote is told, in five plain words."""

    RECEIVED = "received"
    OPENED = "opened"
    CHECKED = "checked"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"


WAITING = frozenset({State.RECEIVED, State.OPENED, State.CHECKED})


class Appeal(models.Model):
    """A sealed appeal, as the server may know it: no terminal, no place, no minute.

    What the officer records after reading (category, urgency) is all that figures see.
    """

    key = KeyField()
    leaf_hash = models.BinaryField(max_length=32, unique=True)
    code = models.CharField(max_length=24, unique=True)
    recipient_set = models.ForeignKey(
        RecipientSet, on_delete=models.PROTECT, related_name="appeals"
    )
    received_day = models.DateField()
    answer_by_day = models.DateField(null=True)
    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    # Nobody has answered it or passed it on: a column of its own, so that the inbox is one index.
    waits = models.BooleanField(default=True)
    opened_day = models.DateField(null=True)
    category = models.CharField(max_length=40, blank=True)  # pack: appeal categories
    # The set was expired or replaced when it was used: filed all the same, and said so.
    stale_set = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["waits", "received_day", "key"], name="appeal_by_lateness"),
            models.Index(fields=["state", "-received_day", "key"], name="appeal_by_state"),
            models.Index(fields=["-received_day", "key"], name="appeal_by_day"),
        ]

    def __str__(self) -> str:
        return self.code


class Ciphertext(models.Model):
    """What was filed, byte for byte. Erasing it leaves the code and the proof, which open nothing."""

    appeal = models.OneToOneField(
        Appeal, on_delete=models.CASCADE, primary_key=True, related_name="ciphertext"
    )
    envelope = models.BinaryField()

    def __str__(self) -> str:
        return f"envelope of {self.appeal_id}"


class Opening(models.Model):
    """A one-time token that lets an officer's reader fetch one envelope."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="openings")
    user_key = models.UUIDField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"opening of {self.appeal_id}"
