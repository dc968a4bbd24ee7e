"""What the page of the public door asks of the gateway. Nobody is known here, and nobody is noted."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from arasha.access.viewing import viewing
from arasha.actors import LETTERS
from arasha.appeals import services
from arasha.appeals.acknowledgements import acknowledge
from arasha.appeals.selectors.writing import writing
from arasha.appeals.uploads import arriving, refuse_longer
from arasha.country import local_day

MOST_BYTES = 2 * 1024 * 1024  # the largest envelope and card in base64, with much room


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    with viewing(LETTERS):
        return JsonResponse(writing(viewer=LETTERS, day=local_day(now), at=now))


@require_safe
def puzzle(request: HttpRequest) -> HttpResponse:
    return JsonResponse(services.new_puzzle(at=timezone.now()))


@csrf_exempt
@require_POST
def letter(request: HttpRequest) -> HttpResponse:
    """Take a sealed letter: 202 once it lies durably here with its pending leaf."""
    refuse_longer(request, most_bytes=MOST_BYTES)
    solution = request.headers.get("Arasha-Puzzle", "")
    with viewing(LETTERS):
        filed = services.file_letter(
            posted=request.body, solution=solution, by=LETTERS, at=timezone.now()
        )
    return JsonResponse({"ack": acknowledge(filed)}, status=202)


@csrf_exempt
@require_POST
def attachment(request: HttpRequest, code: str, sha256: str) -> HttpResponse:
    """Take a sealed file of a letter: only who sealed the letter can name its envelope's hash."""
    with arriving(request, sha256=sha256) as file, viewing(LETTERS):
        kept = services.keep_attachment(
            code=code,
            envelope_sha256=request.headers.get("Arasha-Envelope", ""),
            sha256=sha256,
            file=file,
            by=LETTERS,
        )
    return JsonResponse({"kept": kept.sha256}, status=202)
