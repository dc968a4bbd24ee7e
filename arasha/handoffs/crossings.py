"""What every matter that crosses from one institution to another has: a sender, a receiver, an answer."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q

from arasha.actors import Actor
from arasha.country import local_day
from arasha.people.models import Institution
from arasha.people.selectors import people_in
from arasha.references import KeyField


class Answer(models.TextChoices):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REFUSED = "refused"  # a prosecutor's word: the law knows a refusal
    PASSED_ON = "passed_on"  # without registration, to another body
    JOINED = "joined"  # to a case that was open already


class WaitsFor(models.TextChoices):
    """Why nothing has happened yet. Nothing is called sent that nobody can receive."""

    RECEIVER = "receiver"  # nobody there can receive it in this system yet
    ANSWER = "answer"
    NOTHING = ""


class Crossing(models.Model):
    """A matter on its way. `receiver` is empty while the institution is not in this system.

    `KIND` is its name in the policy, the journal and the notices.
    """

    KIND: ClassVar[str]

    key = KeyField()
    appeal_key = models.UUIDField()
    sender = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Institution, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by_key = models.UUIDField()
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=40, blank=True)  # pack: why it was returned

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.key}"


def one_open(name: str) -> list[models.BaseConstraint]:
    """An appeal waits at a receiver once; after it was returned it may be sent again."""
    returned = Q(answer=Answer.RETURNED)
    return [
        models.UniqueConstraint(
            fields=["appeal_key", "receiver"], condition=~returned, name=f"one_open_{name}"
        ),
        # Two empty receivers are two different ones to a database.
        models.UniqueConstraint(
            fields=["appeal_key"],
            condition=~returned & Q(receiver__isnull=True),
            name=f"one_open_{name}_nowhere",
        ),
    ]


def waits_for(crossing: Crossing, *, viewer: Actor, role: str | None, at: dt.datetime) -> WaitsFor:
    """What a crossing waits for. `role` is who answers at the receiver; None: no such work here yet."""
    if crossing.answer != Answer.WAITING:
        return WaitsFor.NOTHING
    if crossing.receiver is None or role is None:
        return WaitsFor.RECEIVER
    there = people_in(viewer=viewer, institution=crossing.receiver, role=role, day=local_day(at))
    return WaitsFor.ANSWER if there.exists() else WaitsFor.RECEIVER
