"""What belongs to one appeal, and what of it is due today."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from arasha.access.selectors import Action, visible
from arasha.actors import USER, Actor
from arasha.appeals.clocks import keeping_codes
from arasha.appeals.models import (
    Appeal,
    BodyRequest,
    CheckBack,
    Closing,
    Erasure,
    ExternalNumber,
    Suspension,
    Term,
)
from arasha.country import country
from arasha.people.models import Institution


def terms(*, viewer: Actor, appeal: Appeal) -> QuerySet[Term]:
    found = Term.objects.filter(_may(viewer), appeal=appeal)
    return found.prefetch_related("suspensions", "extensions").order_by("due_day", "code")


def standing(*, viewer: Actor, appeals: list[Appeal]) -> set[uuid.UUID]:
    """Keys of those appeals of which a clock stands still."""
    asked = [appeal.pk for appeal in appeals if appeal.answer_by_day is None]
    if not asked:
        return set()
    found = Suspension.objects.filter(_may(viewer), appeal__in=asked, until_day=None)
    return set(found.values_list("appeal_id", flat=True))


def requests(*, viewer: Actor, appeal: Appeal) -> QuerySet[BodyRequest]:
    found = BodyRequest.objects.filter(_may(viewer), appeal=appeal)
    return found.select_related("institution").order_by("asked_day", "key")


def requests_due(*, viewer: Actor, day: dt.date, action: str = "r") -> QuerySet[BodyRequest]:
    """Requests whose day has come and that no body has answered, the oldest first."""
    may = _may(viewer, to_write=action == "rw")
    found = BodyRequest.objects.filter(may, answered_day=None, due_day__lte=day)
    return found.select_related("appeal__recipient_set__institution", "institution").order_by(
        "due_day", "key"
    )


def numbers(*, viewer: Actor, appeal: Appeal) -> QuerySet[ExternalNumber]:
    return ExternalNumber.objects.filter(_may(viewer), appeal=appeal).order_by("on_day", "key")


def closings(*, viewer: Actor, appeal: Appeal) -> QuerySet[Closing]:
    return Closing.objects.filter(_may(viewer), appeal=appeal).order_by("closed_day", "key")


def check_backs(*, viewer: Actor, appeal: Appeal) -> QuerySet[CheckBack]:
    return CheckBack.objects.filter(_may(viewer), appeal=appeal).order_by("due_day")


def check_backs_due(*, viewer: Actor, day: dt.date, action: str = "r") -> QuerySet[CheckBack]:
    """Check-backs whose day has come and that nobody has done, the oldest first."""
    may = _may(viewer, to_write=action == "rw")
    found = CheckBack.objects.filter(may, done_day=None, due_day__lte=day)
    return found.select_related("appeal__recipient_set__institution").order_by("due_day", "key")


def reprisals(*, viewer: Actor) -> QuerySet[CheckBack]:
    """What was found when asking back and calls for an intermediate visit, the newest first."""
    codes = country().vocabularies["check_back_findings"].meaning("reprisal")
    found = CheckBack.objects.filter(_may(viewer), found__in=codes)
    return found.select_related("appeal__place").order_by("-done_day", "key")


def erasures(*, viewer: Actor) -> QuerySet[Erasure]:
    """Requests to destroy an appeal that two people have not answered or the system not carried out."""
    found = Erasure.objects.filter(_may(viewer), declined_day=None, done_day=None)
    return found.select_related("appeal__recipient_set__institution").order_by("asked_day", "key")


def erasures_of(*, viewer: Actor, appeal: Appeal) -> QuerySet[Erasure]:
    return erasures(viewer=viewer).filter(appeal=appeal, confirmed_day=None)


def erasures_to_confirm(*, viewer: Actor) -> QuerySet[Erasure]:
    """Those that the viewer may agree to, because somebody else asked."""
    if viewer.kind != USER:
        return Erasure.objects.none()
    may = _may(viewer, to_write=True)
    return erasures(viewer=viewer).filter(may, confirmed_day=None).exclude(asked_by_key=viewer.key)


def erasures_agreed(*, viewer: Actor) -> QuerySet[Erasure]:
    """Those that two people agreed to: the system's own job carries them out."""
    return erasures(viewer=viewer).filter(confirmed_day__isnull=False)


def kept_too_long(*, viewer: Actor, day: dt.date) -> QuerySet[Term]:
    """Clocks of keeping that have run out, of appeals that nobody has asked to destroy."""
    found = Term.objects.filter(
        _may(viewer),
        code__in=keeping_codes(),
        met_day=None,
        due_day__lt=day,
        appeal__erased_day=None,
    ).exclude(appeal__in=erasures(viewer=viewer).values("appeal"))
    return found.select_related("appeal").order_by("due_day", "key")


def bodies_to_ask(*, viewer: Actor) -> QuerySet[Institution]:
    """Every institution of the register: any of them can be complained of."""
    return Institution.objects.order_by("code")


def _may(viewer: Actor, *, to_write: bool = False) -> Q:
    action: Action = "rw" if to_write else "r"
    return visible(
        viewer=viewer, kind="appeal", compartment="summary", action=action, field="appeal"
    )
