from django.db import models

from arasha.people.models import Institution, User
from arasha.places.models import Place
from arasha.references import KeyField
from arasha.trust.models import RecipientSet


class State(models.TextChoices):
    """What is kept for the person who wrote, in five plain words."""

    RECEIVED = "received"
    OPENED = "opened"
    CHECKED = "checked"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"


class Channel(models.TextChoices):
    """How an appeal came: by a terminal, from the public door, or entered by staff from paper or speech."""

    TERMINAL = "terminal"
    WEB = "web"
    PAPER = "paper"
    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"


# What people seal themselves; all others officers enter for them.
SEALED_BY_WRITERS = frozenset({Channel.TERMINAL, Channel.WEB})
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
    # The state of which the writer's mailbox was told last, or of which there was nobody to tell.
    told_state = models.CharField(max_length=20, choices=State, blank=True)
    # Nobody has answered it or passed it on: a column of its own, so that the inbox is one index.
    waits = models.BooleanField(default=True)
    opened_day = models.DateField(null=True)
    category = models.CharField(max_length=40, blank=True)  # pack: appeal categories
    urgency = models.CharField(max_length=20, blank=True)  # pack: urgencies
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    # Whom the person complains of, as the officer recorded it after reading: it stops a forward.
    accused_body = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Who has taken it in hand; opening is open to the whole set all the same.
    handler = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.TERMINAL)
    outcome = models.CharField(max_length=40, blank=True)  # pack: appeal outcomes
    outcome_day = models.DateField(null=True)
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="joined"
    )
    # Asked to be withdrawn: a flag, never an end of an appeal about torture.
    withdrawn_day = models.DateField(null=True)
    # Ciphertext and salt were destroyed on this day; the code and the proof stay.
    erased_day = models.DateField(null=True)
    # The set was expired or replaced when it was used: filed all the same, and said so.
    stale_set = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["waits", "answer_by_day", "received_day", "key"], name="appeal_by_lateness"
            ),
            models.Index(fields=["state", "-received_day", "key"], name="appeal_by_state"),
            models.Index(fields=["-received_day", "key"], name="appeal_by_day"),
            # Of which the mailbox is to be told; few, for readers tell while they are unlocked.
            models.Index(
                fields=["key"],
                condition=models.Q(opened_day__isnull=False)
                & ~models.Q(told_state=models.F("state")),
                name="appeal_to_tell",
            ),
            # Of those that somebody has opened: a filing writes none of these three.
            *(
                models.Index(
                    fields=[column, "-received_day", "key"],
                    condition=models.Q(opened_day__isnull=False),
                    name=f"opened_by_{column}",
                )
                for column in ("category", "urgency", "handler")
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Ciphertext(models.Model):
    """What was filed, byte for byte. Erasing it leaves the code and the proof, which open nothing."""

    appeal = models.OneToOneField(
        Appeal, on_delete=models.CASCADE, primary_key=True, related_name="ciphertext"
    )
    envelope = models.BinaryField()
    card = models.BinaryField(null=True)  # the sealed title card: an age file of its own

    def __str__(self) -> str:
        return f"envelope of {self.appeal_id}"
