"""Entering an appeal that came on paper, by phone, by e-mail or in person."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from arasha.actors import Actor
from arasha.appeals import selectors, services
from arasha.appeals.acknowledgements import acknowledge
from arasha.appeals.models import SEALED_BY_WRITERS, Channel
from arasha.appeals.views.reader.session import Said, in_session
from arasha.country import choices, local_day
from arasha.people.selectors import institutions
from arasha.places.selectors import places
from arasha.places.templatetags.names import in_language

CHANNELS = [channel.value for channel in Channel if channel not in SEALED_BY_WRITERS]


@require_GET
@in_session
def entry(request: HttpRequest, officer: Actor) -> HttpResponse:
    """What an officer needs to seal for somebody, and to record what an appeal is about."""
    now = timezone.now()
    sets = selectors.own_sets(viewer=officer, at=now)
    open_places = places(viewer=officer).filter(closed_date__isnull=True)
    return JsonResponse(
        {
            "sets": [
                {
                    "id": each.code,
                    "body": each.institution.code,
                    "name": in_language(each.institution.name),
                    "recipients": list(selectors.recipients_of(viewer=officer, recipient_set=each)),
                    "until": each.until_day.isoformat(),
                }
                for each in sets
            ],
            "channels": CHANNELS,
            "categories": _terms("appeal_categories"),
            "urgencies": _terms("urgencies"),
            "bodies": [
                {"code": b.code, "name": in_language(b.name)} for b in institutions(viewer=officer)
            ],
            "places": [{"code": p.code, "name": in_language(p.name)} for p in open_places],
            "today": local_day(now).isoformat(),
            "public": settings.ARASHA_PUBLIC_URL,
        }
    )


def _terms(vocabulary: str) -> list[dict[str, str]]:
    return [{"code": code, "name": name} for code, name in choices(vocabulary)]


@require_POST
@in_session
def entered(request: HttpRequest, officer: Actor) -> HttpResponse:
    """Keep what the officer sealed; the scan follows on its own."""
    said = Said(request)
    appeal, filed = services.enter(
        posted=said.sealed("filing"),
        channel=said.text("channel"),
        received_day=said.day("received_on"),
        by=officer,
        at=timezone.now(),
    )
    return JsonResponse(
        {
            "code": appeal.code,
            "ack": acknowledge(filed),
            "appeal": str(appeal.key),
            "slip": settings.ARASHA_DESK_URL + reverse("appeals:appeal", args=[appeal.key]),
        },
        status=201,
    )
