"""All that was passed on, kind by kind: for the list, the appeal's page and the agenda."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.handoffs.appeals_to_appeals import selectors as forwards
from arasha.handoffs.appeals_to_cctv import selectors as holds
from arasha.handoffs.appeals_to_support import selectors as support
from arasha.handoffs.appeals_to_visits import selectors as visits
from arasha.handoffs.crossings import Crossing, WaitsFor, waits_for
from arasha.people.models import Post

Rows = Callable[..., QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of crossing. `answers`: the role at the receiver; None: nobody in this system yet."""

    code: str
    label: str | Promise
    one: str | Promise
    page: str
    answers: str | None
    rows: Rows
    to_answer: Rows
    to_do: str | Promise


@dataclass(frozen=True, slots=True)
class Passed:
    """One crossing, as a line of a list."""

    kind: Kind
    crossing: Crossing
    waits_for: WaitsFor

    @property
    def url(self) -> str:
        return reverse(self.kind.page, args=[self.crossing.key])


KINDS = (
    Kind(
        "forward",
        _("Forwarded appeals"),
        _("Forwarded appeal"),
        "appeals_to_appeals:forward",
        "officer",
        forwards.forwards,
        forwards.to_answer,
        _("Accept or return"),
    ),
    Kind(
        "visit_proposal",
        _("Proposals of a visit"),
        _("Proposal of a special visit"),
        "appeals_to_visits:proposal",
        "monitor",
        visits.proposals,
        visits.to_answer,
        _("Accept or return"),
    ),
    Kind(
        "support_referral",
        _("Requests for help"),
        _("Request for help"),
        "appeals_to_support:referral",
        "support_worker",
        support.referrals,
        support.to_answer,
        _("Accept or return"),
    ),
    Kind(
        "footage_hold",
        _("Holds of footage"),
        _("Hold of footage"),
        "appeals_to_cctv:hold",
        None,
        holds.holds,
        holds.open_holds,
        _("See that it is held"),
    ),
)


def kind_of(code: str, *, posts: Sequence[Post]) -> Kind:
    """The kind that was asked for; else the one that these posts answer."""
    roles = {post.role for post in posts}
    asked = (each for each in KINDS if each.code == code)
    theirs = (each for each in KINDS if each.answers in roles)
    return next(asked, None) or next(theirs, KINDS[0])


def passed_from(*, viewer: Actor, appeal_key: uuid.UUID, at: dt.datetime) -> list[Passed]:
    """Everywhere that an appeal went, as far as the viewer may see it."""
    return [
        line(kind, crossing, viewer=viewer, at=at)
        for kind in KINDS
        for crossing in kind.rows(viewer=viewer).filter(appeal_key=appeal_key)
    ]


def line(kind: Kind, crossing: Crossing, *, viewer: Actor, at: dt.datetime) -> Passed:
    return Passed(kind, crossing, waits_for(crossing, viewer=viewer, role=kind.answers, at=at))
