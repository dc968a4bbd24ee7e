from django.db import models

from arasha.appeals.models.filed import Appeal, State
from arasha.references import KeyField
from arasha.trust.models import RecipientSet

TEXT, CARD = "text", "card"


class AddedHeader(models.Model):
    """An age header that adds readers to what was filed. The first header is never replaced.

    Text, title card and each attachment are sealed apart: a header opens one of them.
    """

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="added_headers")
    part = models.CharField(max_length=64, default=TEXT)  # text, card, an attachment's SHA-256
    recipient_set = models.ForeignKey(RecipientSet, on_delete=models.PROTECT, related_name="+")
    header = models.BinaryField()
    added_at = models.DateTimeField()
    added_by_key = models.UUIDField()

    def __str__(self) -> str:
        return f"header of {self.appeal_id}, {self.part[:12]}, for {self.recipient_set_id}"


class Attachment(models.Model):
    """A sealed file that belongs to an appeal; its hash stands inside the sealed text."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="attachments")
    sha256 = models.CharField(max_length=64)  # of the sealed file
    size = models.PositiveBigIntegerField()  # bytes, sealed
    file = models.FileField(upload_to="attachments/")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "sha256"], name="one_attachment_a_hash")
        ]

    def __str__(self) -> str:
        return f"attachment {self.sha256[:12]} of {self.appeal_id}"


class SealedNote(models.Model):
    """What officers note for one another, sealed to their set. `kind` is all the server knows."""

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="sealed_notes")
    kind = models.CharField(max_length=20)  # note, risk, accused, request, forward
    sealed = models.BinaryField()
    on_day = models.DateField()
    by_key = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["appeal", "on_day"], name="note_by_appeal")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.appeal_id}"


class Reply(models.Model):
    """Sealed to the writer's mailbox, found by a tag that only the writer can compute.

    An answer in words, or word of a `state`, which the server knows anyway.
    """

    key = KeyField()
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="replies")
    tag = models.BinaryField(max_length=16, unique=True)
    sealed = models.BinaryField()
    shown = models.CharField(max_length=20)  # safe, in_person
    state = models.CharField(max_length=20, choices=State, blank=True)  # empty: an answer in words
    on_day = models.DateField()
    by_key = models.UUIDField()

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return f"reply to {self.appeal_id}"
