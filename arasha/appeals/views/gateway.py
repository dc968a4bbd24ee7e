from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from arasha.access.viewing import viewing
from arasha.actors import Actor
from arasha.appeals import selectors, services
from arasha.appeals.acknowledgements import acknowledge
from arasha.appeals.devices import speaking_device
from arasha.appeals.errors import NotYetProvedError
from arasha.country import local_day
from arasha.engines.notes import BadCodeError, read_code
from arasha.journal.folder import LogFolder
from arasha.journal.proofs import Receipts
from arasha.people.selectors import commanders_of


@csrf_exempt
@require_POST
def envelopes(request: HttpRequest) -> HttpResponse:
    """Take a sealed appeal: 202 once it lies durably here with its pending leaf."""
    device = speaking_device(request)
    actor = Actor.device(device.pk)
    with viewing(actor):
        filed = services.file(posted=request.body, place=device.place, by=actor, at=timezone.now())
    return JsonResponse({"ack": acknowledge(filed)}, status=202)


@require_GET
def sets(request: HttpRequest) -> HttpResponse:
    """The recipient sets that people in this terminal's place may seal to."""
    device = speaking_device(request)
    actor, day = Actor.device(device.pk), local_day(timezone.now())
    place = device.place
    with viewing(actor):
        found = selectors.sets_for(viewer=actor, place=place, day=day)
        bodies = selectors.signing_bodies(viewer=actor, sets=found)
        commanders = commanders_of(viewer=actor, place_key=place.key, day=day)
        return JsonResponse(
            {
                "place": {
                    "code": place.code,
                    "name": place.name,
                    "authority": place.authority,
                },
                "commanders": [each.code for each in commanders],
                "sets": [each.note for each in found],
                "roots": [
                    {
                        "body": each.institution.code,
                        "kind": each.institution.kind,
                        "name": each.institution.name,
                        "vkeys": each.verifier_keys,
                        "threshold": each.threshold,
                    }
                    for each in bodies
                ],
            }
        )


@require_GET
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt of a filing, once its epoch is published."""
    try:
        found = Receipts(LogFolder(settings.ARASHA_LOG_DIR)).proof_of_code(read_code(code))
    except BadCodeError as error:
        raise NotYetProvedError from error
    if found is None:
        raise NotYetProvedError
    return HttpResponse(found, content_type="text/plain; charset=utf-8")
