"""What goes to every terminal alike, and the keys that bundles are sealed to."""

from django.db import models


class BroadcastRecord(models.Model):
    """A record of the stream, at the byte where it begins.

    It stays as it was written, but for a reply that is not kept any more: noise of its length replaces it.
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField()  # arasha.engines.channel.pages.Kind
    body = models.BinaryField()
    sha256 = models.BinaryField(max_length=32, unique=True)  # of kind and body: nothing goes twice

    def __str__(self) -> str:
        return f"record at {self.position}"


class IngestKey(models.Model):
    """A key of the channel. Its secret half lies in the folder of keys until it is destroyed."""

    key_id = models.BinaryField(max_length=16, primary_key=True)
    from_day = models.DateField()
    until_day = models.DateField()
    destroyed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"from {self.from_day} until {self.until_day}"


class Bookmark(models.Model):
    """How far a source was copied into the stream: what is written there, the source alone knows."""

    source = models.CharField(max_length=20, primary_key=True)
    at = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.source}: {self.at}"
