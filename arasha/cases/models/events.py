"""Who did what to whom (the Events Standard Formats: event, act, involvement)."""

from django.db import models

from arasha.cases.models.persons import Person
from arasha.cases.models.register import Case
from arasha.places.models import Place
from arasha.references import KeyField


class Event(models.Model):
    """Something that happened, at a place, on a day of an interval; either may be unknown."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    where = models.CharField(max_length=200, blank=True)  # the room, the road: as it was told
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    words = models.CharField(max_length=60, blank=True)  # the date as it was told
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "first_day"], name="event_by_place_day")]

    def __str__(self) -> str:
        return f"event of {self.case_id}"


class Act(models.Model):
    """One act against one person."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="acts")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="acts")
    victim = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="suffered")
    methods = models.JSONField(default=list)  # pack: methods
    criteria = models.JSONField(default=list)  # pack: criteria (the purpose)
    harm = models.CharField(max_length=40, blank=True)  # pack: harms
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"act in {self.event_id}"


class Involvement(models.Model):
    """Somebody's part in an act."""

    key = KeyField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="involvements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    degree = models.CharField(max_length=40)  # pack: involvement degrees
    capacity = models.CharField(max_length=40)  # law: capacities
    state = models.CharField(max_length=40)  # pack: involvement states
    since_day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "person", "degree"], name="one_part_a_degree")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.degree}"
