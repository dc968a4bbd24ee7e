from django.db import models

from arasha.appeals.models.filed import Appeal


class ErrandKind(models.TextChoices):
    """Why an officer goes from the desk to their reader."""

    OPEN = "open"  # one appeal
    INBOX = "inbox"  # the title cards
    ENTER = "enter"  # an appeal from paper or speech
    KEYS = "keys"


class Errand(models.Model):
    """A one-time token that sends an officer from the desk to their own reader."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=20, choices=ErrandKind)
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, null=True, related_name="errands")
    user_key = models.UUIDField()
    language = models.CharField(max_length=10, blank=True)  # in which the desk is shown just then
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} for {self.user_key}"


class ReaderSession(models.Model):
    """An officer's reader at work: it ends when it idles, and when the officer leaves."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    user_key = models.UUIDField()
    began_at = models.DateTimeField()
    used_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"reader of {self.user_key}"


class Liveness(models.Model):
    """When an officer last showed that their key still opens. The nonce is known here as a hash only."""

    recipient = models.CharField(max_length=2000, primary_key=True)
    user_key = models.UUIDField(null=True)
    nonce_hash = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(null=True)
    live_day = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "liveness"

    def __str__(self) -> str:
        return f"liveness of {self.recipient[:16]}"


class Coverage(models.Model):
    """Whether one officer's key opens one appeal's header: tried by the reader itself."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="coverage")
    recipient = models.CharField(max_length=2000)
    user_key = models.UUIDField()
    opens = models.BooleanField()
    on_day = models.DateField()

    class Meta:
        verbose_name_plural = "coverage"
        constraints = [
            models.UniqueConstraint(fields=["appeal", "recipient"], name="one_trial_a_key")
        ]
        indexes = [models.Index(fields=["opens", "appeal"], name="coverage_by_failure")]

    def __str__(self) -> str:
        return f"{self.appeal_id}: {self.opens}"
