from django.db import models

from arasha.handoffs.crossings import Crossing, one_open
from arasha.places.models import Place


class VisitProposal(Crossing):
    """A place that should be visited soon. It says neither who wrote nor what: only where and why."""

    KIND = "visit_proposal"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=40)  # pack: visit reasons
    wanted_by_day = models.DateField(null=True)

    class Meta:
        constraints = one_open("visit")
