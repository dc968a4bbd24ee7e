from django.db import models

from arasha.handoffs.crossings import Crossing, one_open
from arasha.places.models import Place


class FootageHold(Crossing):
    """Footage that must not be overwritten: a place, a zone by its code, hours. None of the person's words."""

    KIND = "footage_hold"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=40)  # pack: footage zones
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    # For how long this place is known to keep footage, and from which document. Empty: nobody knows.
    kept_days = models.PositiveSmallIntegerField(null=True)
    kept_by = models.CharField(max_length=120, blank=True)
    letter_number = models.CharField(max_length=60, blank=True)
    letter_day = models.DateField(null=True)
    # `reason_code` is what became of it (pack: footage outcomes).

    class Meta:
        constraints = one_open("hold")
