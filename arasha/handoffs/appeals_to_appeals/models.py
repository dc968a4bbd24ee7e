from django.db import models

from arasha.handoffs.crossings import Crossing, one_open
from arasha.trust.models import RecipientSet


class Forward(Crossing):
    """A sealed appeal on its way to another body, for which a header was added to the same payload."""

    KIND = "forward"

    recipient_set = models.ForeignKey(RecipientSet, on_delete=models.PROTECT, related_name="+")
    is_named = models.BooleanField()  # the officer read whether the person gave a name
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = one_open("forward")
