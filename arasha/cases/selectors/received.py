"""The register of allegations: what an office received at its own door or took from a referral."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from arasha.access.selectors import Action, visible
from arasha.actors import Actor
from arasha.cases.models import (
    Allegation,
    AllegationNumber,
    AllegationOutcome,
    Case,
    Complainant,
)
from arasha.people.models import Institution
from arasha.people.roles import CLERK, PROSECUTOR
from arasha.people.selectors import posts_held
from arasha.problems import NotFoundProblem
from arasha.references import fold_number

WAITING = "waiting"  # no outcome yet: its clocks run


def allegations_received(
    *,
    viewer: Actor,
    state: str = "",
    source: str = "",
    from_at: dt.datetime | None = None,
    until_at: dt.datetime | None = None,
    text: str = "",
) -> QuerySet[Allegation]:
    """What came to the viewer's offices; `state`: WAITING, first what is due first, or an outcome, else all.

    `text`: a number of its entry, in any spacing or alphabet.
    """
    found = _received(viewer)
    if state == WAITING:
        found = found.filter(case=None, outcome=None)
    elif state:
        found = found.filter(outcome__kind=state)
    if source:
        found = found.filter(source_kind=source)
    if from_at:
        found = found.filter(received_at__gte=from_at)
    if until_at:
        found = found.filter(received_at__lt=until_at)
    if text:
        folded = AllegationNumber.objects.filter(
            allegation=OuterRef("pk"), folded=fold_number(text)
        )
        found = found.filter(Exists(folded))
    clock = [F("register_by_at").asc(nulls_last=True)] if state == WAITING else []
    return found.order_by(*clock, "-received_at", "key")


def allegations_waiting(*, viewer: Actor) -> QuerySet[Allegation]:
    """Those of which nothing has become yet, first what must be registered first."""
    return allegations_received(viewer=viewer, state=WAITING)


def allegations_in_hand(*, viewer: Actor) -> QuerySet[Allegation]:
    """Those that wait for the viewer's own hand."""
    return allegations_waiting(viewer=viewer).filter(_may(viewer, "rw"))


def overdue_allegations(*, viewer: Actor, at: dt.datetime) -> QuerySet[Allegation]:
    """Those that wait though the day to register or the day to pass on has gone."""
    gone = Q(register_by_at__lt=at) | Q(pass_on_by_at__lt=at)
    return allegations_waiting(viewer=viewer).filter(gone)


def find_received(*, viewer: Actor, key: uuid.UUID) -> Allegation:
    """One of them. Raises NotFoundProblem, the same for unknown and forbidden."""
    found = _received(viewer).filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def may_settle(*, viewer: Actor, allegation: Allegation) -> bool:
    return Allegation.objects.filter(_may(viewer, "rw"), pk=allegation.pk).exists()


def outcomes(*, viewer: Actor, allegation: Allegation) -> QuerySet[AllegationOutcome]:
    """What became of it, in order: the last one holds."""
    return outcomes_of(viewer=viewer, key=allegation.key)


def outcomes_of(*, viewer: Actor, key: uuid.UUID) -> QuerySet[AllegationOutcome]:
    """The same by its key, for whoever referred it."""
    may = _may(viewer, field="allegation_id")
    found = AllegationOutcome.objects.filter(may, allegation=key)
    return found.select_related("passed_to").order_by("number")


def entries(*, viewer: Actor, allegation: Allegation) -> QuerySet[AllegationNumber]:
    may = _may(viewer, field="allegation_id")
    return AllegationNumber.objects.filter(may, allegation=allegation).order_by("given_day", "pk")


def complainant_of(*, viewer: Actor, allegation: Allegation) -> Complainant | None:
    may = _may(viewer, field="allegation_id")
    return Complainant.objects.filter(may, allegation=allegation).first()


def joined_to(*, viewer: Actor, case: Case) -> QuerySet[AllegationOutcome]:
    """The allegations that were joined to a case since it was registered."""
    may = visible(viewer=viewer, kind="case", compartment="allegation", field="case_id")
    found = AllegationOutcome.objects.filter(may, case=case, kind="joined")
    return found.select_related("allegation").order_by("made_at")


def cases_of(*, viewer: Actor, keys: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The keys of the cases as which these allegations were registered, by the allegation's key."""
    may = _may(viewer, field="allegation_id")
    rows = AllegationOutcome.objects.filter(may, allegation__in=keys, kind="registered")
    return dict(rows.values_list("allegation_id", "case_id"))


def offices_of(*, viewer: Actor, at: dt.datetime) -> list[Institution]:
    """The offices at whose door the viewer takes reports in."""
    posts = posts_held(viewer=viewer, at=at).filter(role__in=(PROSECUTOR, CLERK))
    return list({post.institution_id: post.institution for post in posts}.values())


def _received(viewer: Actor) -> QuerySet[Allegation]:
    related = ("place", "receiver__parent", "outcome__passed_to", "case")
    return Allegation.objects.filter(_may(viewer), receiver__isnull=False).select_related(*related)


def _may(viewer: Actor, action: Action = "r", field: str = "pk") -> Q:
    return visible(
        viewer=viewer, kind="allegation", compartment="account", action=action, field=field
    )
