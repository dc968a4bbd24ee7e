"""What is said once of a kind of crossing: its rows, its words, its page, and who answers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.access.selectors import Action, visible
from arasha.actors import Actor
from arasha.handoffs.crossings import Answer, Crossing
from arasha.problems import NotFoundProblem

Row = TypeVar("Row", bound=Crossing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[Row]):
    """A kind of crossing. `answers`: the role at the receiver; None: nobody in this system yet."""

    rows: QuerySet[Row]
    label: str | Promise
    one: str | Promise
    page: str
    answers: str | None
    to_do: str | Promise
    # How the reason of an answer is called, and the pack's vocabulary of such reasons.
    reason: tuple[str | Promise, str] = (_("Returned because"), "returns")
    # The same of answers that have reasons of their own.
    reasons: Mapping[str, tuple[str | Promise, str]] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.rows.model.KIND

    def url(self, crossing: Crossing) -> str:
        return reverse(self.page, args=[crossing.key])

    def seen(self, *, viewer: Actor) -> QuerySet[Row]:
        """All that is open to a viewer: first what waits, by its clock, then the newest answers."""
        return self._in_order(self.may(viewer, "r"))

    def to_answer(self, *, viewer: Actor) -> QuerySet[Row]:
        """What waits for the viewer's own institution."""
        return self._in_order(self.may(viewer, "rw"), answer=Answer.WAITING)

    def find(self, *, viewer: Actor, key: uuid.UUID) -> Row:
        """Raises NotFoundProblem, the same for unknown and forbidden."""
        found = self.seen(viewer=viewer).filter(pk=key).first()
        if found is None:
            raise NotFoundProblem
        return found

    def may_write(self, *, viewer: Actor, crossing: Row) -> bool:
        """Whether it is the viewer's own institution that answers."""
        return self.rows.filter(self.may(viewer, "rw"), pk=crossing.pk).exists()

    def _in_order(self, may: Q, **asked: Answer) -> QuerySet[Row]:
        waiting = F("answered_at").desc(nulls_first=True)
        clock = F("answer_due_at").asc(nulls_last=True)
        found = self.rows.filter(may, **asked).select_related("sender", "receiver")
        return found.order_by(waiting, clock, "-made_at", "key")

    def may(self, viewer: Actor, action: Action) -> Q:
        return visible(viewer=viewer, kind=self.code, compartment="card", action=action)
