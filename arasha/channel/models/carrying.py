"""Sticks that people carry, where a prison has no line or stops it."""

from django.db import models

from arasha.references import KeyField


class CarryToken(models.Model):
    """Lets one stick in, once. Only its label is kept: who reads the table brings nothing."""

    key = KeyField()
    label = models.BinaryField(max_length=16, unique=True)  # arasha.engines.channel.stick.label_of
    issued_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"issued {self.issued_at:%Y-%m-%d}"
