from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from arasha.gateway.errors import NoSuchAddressError, OutOfOrderError
from arasha.problems import Problem


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether this door can take an appeal: it answers and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("Arasha gateway: ready\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return told(NoSuchAddressError())


def server_error(request: HttpRequest) -> HttpResponse:
    """Programs read these answers: a page of HTML would tell them nothing."""
    return told(OutOfOrderError())


def told(problem: Problem) -> HttpResponse:
    said = {
        "problem": problem.code,
        "happened": problem.what_happened,
        "next": problem.what_next,
    }
    return JsonResponse(said, status=problem.status)
