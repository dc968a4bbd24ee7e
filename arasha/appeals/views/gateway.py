from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from arasha.access.viewing import viewing
from arasha.actors import Actor
from arasha.appeals import services
from arasha.appeals.acknowledgements import acknowledge
from arasha.appeals.devices import device_that_signed, speaking_device
from arasha.appeals.errors.filing import NotYetProvedError
from arasha.appeals.uploads import arriving
from arasha.country import local_day
from arasha.engines.notes import BadCodeError, read_code
from arasha.journal.folder import LogFolder
from arasha.journal.proofs import Receipts
from arasha.people.selectors import commanders_of
from arasha.trust.selectors import newest_sets


@csrf_exempt
@require_POST
def envelopes(request: HttpRequest) -> HttpResponse:
    """Take a sealed appeal: 202 once it lies durably here with its pending leaf."""
    device = speaking_device(request)
    actor = Actor.device(device.pk)
    with viewing(actor):
        filed = services.file(posted=request.body, place=device.place, by=actor, at=timezone.now())
    return JsonResponse({"ack": acknowledge(filed)}, status=202)


@csrf_exempt
@require_POST
def attachment(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """Take a sealed file that belongs to an appeal: 202 once it lies durably here."""
    device = device_that_signed(request, digest=sha256)
    actor = Actor.device(device.pk)
    with arriving(request, sha256=sha256) as file, viewing(actor):
        kept = services.keep_attachment(
            code=code,
            envelope_sha256=request.headers.get("Arasha-Envelope", ""),
            sha256=sha256,
            file=file,
            by=actor,
        )
    return JsonResponse({"kept": kept.sha256}, status=202)


@require_GET
def sets(request: HttpRequest) -> HttpResponse:
    """Where this terminal stands, who commands it, and the names of the bodies that have sets.

    The sets themselves, and whom to believe, come from the root of trust (/v1/trust/).
    """
    device = speaking_device(request)
    actor, day = Actor.device(device.pk), local_day(timezone.now())
    place = device.place
    with viewing(actor):
        commanders = commanders_of(viewer=actor, place_key=place.key, day=day)
        return JsonResponse(
            {
                "place": {"code": place.code, "name": place.name, "authority": place.authority},
                "commanders": [each.code for each in commanders],
                "sets": [
                    {
                        "set": each.code,
                        "body": each.institution.code,
                        "kind": each.institution.kind,
                        "name": each.institution.name,
                    }
                    for each in newest_sets(viewer=actor)
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
