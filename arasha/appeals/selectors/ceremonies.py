"""Ceremonies of the office key: what may be carried there, and who may see what was asked for."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from arasha.access.selectors import visible
from arasha.actors import USER, Actor
from arasha.appeals.models import Appeal, CeremonyAppeal, Export, Protocol
from arasha.appeals.selectors.reading import openable
from arasha.country import local_day
from arasha.people.models import Institution
from arasha.people.roles import OFFICER, SUPERVISOR
from arasha.people.selectors import people_in, posts_held

LASTS = dt.timedelta(days=1)


def bodies_that_export(*, viewer: Actor, at: dt.datetime) -> QuerySet[Institution]:
    """The bodies for which the viewer may ask: where they are an officer."""
    return _bodies(viewer, at, OFFICER)


def bodies_that_confirm(*, viewer: Actor, at: dt.datetime) -> QuerySet[Institution]:
    """The bodies for which the viewer may be the second person: an officer or a supervisor."""
    return _bodies(viewer, at, OFFICER, SUPERVISOR)


def sealed_to(*, viewer: Actor, institution: Institution, at: dt.datetime) -> QuerySet[Appeal]:
    """The appeals to a body that the viewer works on and whose ciphertext may go to them."""
    may = visible(viewer=viewer, kind="appeal", compartment="summary", action="rw", at=at)
    found = openable(viewer=viewer, at=at).filter(may, recipient_set__institution=institution)
    return found.order_by("code")


def exports(*, viewer: Actor, at: dt.datetime) -> QuerySet[Export]:
    """What was asked for in the viewer's bodies, the newest first.

    None that names an appeal from which the viewer is barred, or that is not open to them.
    """
    seen = _rows(viewer, at).filter(ceremony_key=OuterRef("key")).order_by()
    counted = seen.values("ceremony_key").annotate(n=Count("key")).values("n")
    found = Export.objects.filter(institution__in=bodies_that_confirm(viewer=viewer, at=at))
    found = found.annotate(seen=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
    whole = found.filter(seen=F("count")).select_related("institution")
    return whole.order_by("-asked_day", "key")


def exports_to_confirm(*, viewer: Actor, at: dt.datetime) -> QuerySet[Export]:
    """Those that the viewer may agree to, because somebody else asked."""
    waiting = exports(viewer=viewer, at=at).filter(confirmed_at=None, declined_day=None)
    return waiting.exclude(asked_by_key=viewer.key) if viewer.kind == USER else waiting.none()


def second_people(*, viewer: Actor, export: Export, at: dt.datetime) -> list[uuid.UUID]:
    """Who else can agree to an export: an officer or a supervisor of its body to whom all of it is open."""
    body, day = export.institution, local_day(at)
    people = {
        key
        for role in (OFFICER, SUPERVISOR)
        for key in people_in(viewer=viewer, institution=body, role=role, day=day).values_list(
            "pk", flat=True
        )
    }
    return [
        key
        for key in sorted(people)
        if exports_to_confirm(viewer=Actor.user(key), at=at).filter(pk=export.pk).exists()
    ]


def protocols(*, viewer: Actor, at: dt.datetime) -> QuerySet[Protocol]:
    """The ceremonies of the viewer's bodies, the newest first: days and counts, no appeal."""
    mine = bodies_that_confirm(viewer=viewer, at=at)
    found = Protocol.objects.filter(institution__in=mine).select_related("institution")
    return found.order_by("-held_day", "key")


def appeals_of(*, viewer: Actor, ceremony_key: uuid.UUID, at: dt.datetime) -> QuerySet[Appeal]:
    """The appeals of an export or a protocol that the viewer may know of."""
    rows = _rows(viewer, at).filter(ceremony_key=ceremony_key)
    return Appeal.objects.filter(pk__in=rows.values("appeal")).order_by("code")


def by_codes(
    *, viewer: Actor, institution: Institution, codes: Collection[str], at: dt.datetime
) -> list[Appeal]:
    """Those of the codes that are sealed to the body and open to the viewer."""
    return list(sealed_to(viewer=viewer, institution=institution, at=at).filter(code__in=codes))


def _bodies(viewer: Actor, at: dt.datetime, *roles: str) -> QuerySet[Institution]:
    posts = posts_held(viewer=viewer, at=at).filter(role__in=roles)
    return Institution.objects.filter(pk__in=posts.values("institution_id")).order_by("code")


def _rows(viewer: Actor, at: dt.datetime) -> QuerySet[CeremonyAppeal]:
    may: Q = visible(viewer=viewer, kind="appeal", compartment="summary", field="appeal", at=at)
    return CeremonyAppeal.objects.filter(may)
