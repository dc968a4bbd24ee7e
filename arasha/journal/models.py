from django.db import models

from arasha.references import KeyField


class Epoch(models.Model):
    """One published state of the log: the intended checkpoint is stored before it is signed."""

    number = models.PositiveBigIntegerField(primary_key=True)
    size = models.PositiveBigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"epoch {self.number}"


class Leaf(models.Model):
    """A line of the log. Pending while it has no epoch; nothing personal is in it."""

    hash = models.BinaryField(max_length=32, unique=True)
    text = models.CharField(max_length=120)
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, null=True, related_name="leaves")
    index = models.PositiveBigIntegerField(null=True, unique=True)
    # Brought back from the published log after a loss; what it stood for has not been sent again.
    record_missing = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["hash"], condition=models.Q(record_missing=True), name="leaf_record_missing"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Entry(models.Model):
    """Who did what to which record, when, and by what right. No free text, ever.

    An act has a leaf of its own at once; a read gets its leaf with the others of the epoch.
    """

    key = KeyField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    act = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_key = models.UUIDField()
    actor_kind = models.CharField(max_length=20)
    actor_key = models.CharField(max_length=60)
    on_behalf_key = models.UUIDField(null=True)
    grant_key = models.UUIDField(null=True)
    reason_code = models.CharField(max_length=60, blank=True)
    digest = models.BinaryField(max_length=32)
    # SHA-256(salt || digest): stays when the salt is erased, so that a batch of reads stays checkable.
    # Null for a filing: its leaf was made by the device, and commits to what was sealed.
    commitment = models.BinaryField(max_length=32, null=True)
    leaf = models.ForeignKey(Leaf, on_delete=models.PROTECT, null=True, related_name="entries")

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["subject_kind", "subject_key", "at"], name="entry_by_subject"),
            models.Index(fields=["actor_kind", "actor_key", "at"], name="entry_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject_kind}:{self.subject_key}"


class Salt(models.Model):
    """What makes an entry's leaf checkable. Erasing it makes the leaf say nothing for ever."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True)
    value = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"salt of {self.entry_id}"


class Witness(models.Model):
    """How it stands with one witness of the policy, by its verifier key."""

    vkey = models.CharField(max_length=300, primary_key=True)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0)  # what it cosigned last, as it told us
    asked_number = models.PositiveBigIntegerField(null=True)  # the epoch that was asked about last
    asked_at = models.DateTimeField(null=True)
    cosigned_at = models.DateTimeField(null=True)
    since = models.DateTimeField()  # when it was first asked: silence is counted from here
    trouble = models.CharField(max_length=20, blank=True)  # journal.witnesses.TROUBLES

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """A witness's word on an epoch's checkpoint, as it came and after it was checked."""

    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="cosignatures")
    vkey = models.CharField(max_length=300)
    line = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "vkey"], name="one_cosignature_of_a_witness")
        ]

    def __str__(self) -> str:
        return self.line


class DayStamp(models.Model):
    """An authority's RFC 3161 timestamp of one checkpoint of a day."""

    day = models.DateField(primary_key=True)
    epoch = models.ForeignKey(Epoch, on_delete=models.PROTECT, related_name="stamps")
    token = models.BinaryField()
    at = models.DateTimeField()  # as the authority says

    def __str__(self) -> str:
        return f"timestamp of {self.day}"


class Lease(models.Model):
    """Whose turn it is, where several machines share one database."""

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=120)
    until_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
