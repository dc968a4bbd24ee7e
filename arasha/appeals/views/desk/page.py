import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from arasha.actors import Actor
from arasha.appeals import panels, selectors, services
from arasha.appeals.errors.reader import OfficersOnlyError
from arasha.appeals.models import Appeal, ErrandKind
from arasha.appeals.selectors import duty
from arasha.appeals.views.desk.acts import offered
from arasha.appeals.words import CHANNEL_NAMES, STATE_TOLD
from arasha.country import country, local_day
from arasha.journal import services as journal
from arasha.problems import NotFoundProblem


@require_GET
def appeal_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the server may know of one appeal, what can be done with it, and the way into the reader."""
    viewer = Actor.user(request.user.pk)
    appeal = selectors.find_appeal(viewer=viewer, key=key)
    journal.record_reads(viewer=viewer, subjects=[("appeal", appeal.key)], at=timezone.now())
    return render(request, "appeals/appeal.html", _about(viewer, appeal))


@require_POST
def open_in_reader(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Send the officer to their own reader with a one-time token behind the #."""
    viewer = Actor.user(request.user.pk)
    appeal = selectors.find_appeal(viewer=viewer, key=key)
    return _to_reader(ErrandKind.OPEN, viewer, appeal)


@require_POST
def go_to_reader(request: HttpRequest) -> HttpResponse:
    """The same, not for one appeal: to all title cards, to enter a letter, or to one's keys."""
    viewer, kind = Actor.user(request.user.pk), request.POST.get("errand", "")
    if not selectors.is_officer(viewer=viewer, at=timezone.now()):
        raise OfficersOnlyError
    if kind not in (ErrandKind.INBOX, ErrandKind.ENTER, ErrandKind.KEYS):
        raise NotFoundProblem
    return _to_reader(ErrandKind(kind), viewer)


def _to_reader(kind: ErrandKind, viewer: Actor, appeal: Appeal | None = None) -> HttpResponse:
    token = services.begin_errand(
        kind=kind,
        appeal=appeal,
        language=get_language() or "",
        by=viewer,
        at=timezone.now(),
    )
    return redirect(f"{settings.ARASHA_READER_URL}/#errand={token}")


def _about(viewer: Actor, appeal: Appeal) -> dict[str, object]:
    now = timezone.now()
    today = local_day(now)
    call = duty.call_of(viewer=viewer, appeal=appeal)
    may_work = selectors.may_work(viewer=viewer, appeal=appeal)
    findings = country().vocabularies["check_back_findings"].meaning("reprisal")
    check_backs = list(selectors.check_backs(viewer=viewer, appeal=appeal))
    return {
        "appeal": appeal,
        "today": today,
        "now": now,
        "call": call,
        "rung": duty.rung(viewer=viewer, call=call, at=now) if call else [],
        "told": STATE_TOLD[appeal.state],
        "channel": CHANNEL_NAMES[appeal.channel],
        "may_open": selectors.may_open(viewer=viewer, appeal=appeal),
        "may_work": may_work and appeal.erased_day is None,
        "acts": offered(appeal) if may_work else [],
        "clocks": panels.clocks(viewer=viewer, appeal=appeal, today=today),
        "requests": selectors.requests(viewer=viewer, appeal=appeal),
        "numbers": selectors.numbers(viewer=viewer, appeal=appeal),
        "check_backs": check_backs,
        "reprisal": next((each for each in check_backs if each.found in findings), None),
        "replies": selectors.answers_of(viewer=viewer, appeal=appeal).count(),
        "notes": selectors.notes_of(viewer=viewer, appeal=appeal).count(),
        "never_withdrawn": appeal.category
        in country().vocabularies["appeal_categories"].meaning("ill_treatment"),
        "timeline": panels.timeline(viewer=viewer, appeal=appeal, today=today),
    }
