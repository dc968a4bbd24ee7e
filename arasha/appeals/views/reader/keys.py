"""Whether an officer's key opens what it should, and whether it still lives."""

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.appeals import selectors, services
from arasha.appeals.errors.reader import UnreadableRequestError
from arasha.appeals.views.reader.session import Said, base64_of, in_session
from arasha.references import findable


@require_GET
@in_session
def headers(request: HttpRequest, officer: Actor) -> HttpResponse:
    """A page of headers that one of the officer's keys was not tried on yet, or cannot open."""
    now = timezone.now()
    choose = selectors.closed_to if request.GET.get("closed") == "1" else selectors.uncovered
    page = choose(viewer=officer, recipient=_recipient(request), after=_after(request), at=now)
    if page.found:  # an empty page is a step of the search, and gives nothing away
        services.note_fetch(what="headers", by=officer, at=now)
    return JsonResponse(
        {
            "headers": [
                {
                    "appeal": str(each.appeal.key),
                    "code": each.appeal.code,
                    "part": each.part,
                    "header": base64_of(each.header),
                }
                for each in page.found
            ],
            "next": str(page.next) if page.next else None,
        }
    )


@require_POST
@in_session
def coverage(request: HttpRequest, officer: Actor) -> HttpResponse:
    said = Said(request)
    services.cover(
        recipient=said.text("recipient"),
        opened=said.keys("opened", most=selectors.HEADERS_A_PAGE),
        failed=said.keys("failed", most=selectors.HEADERS_A_PAGE),
        by=officer,
        at=timezone.now(),
    )
    return JsonResponse({})


@require_http_methods(["GET", "POST"])
@in_session
def liveness(request: HttpRequest, officer: Actor) -> HttpResponse:
    """Give a number that only the key opens; take it back as a sign of life."""
    now = timezone.now()
    if request.method == "GET":
        asked = services.ask_liveness(recipient=_recipient(request), by=officer, at=now)
        return JsonResponse({"due_on": asked.due_on.isoformat(), "sealed": base64_of(asked.sealed)})
    said = Said(request)
    until = services.show_liveness(
        recipient=said.text("recipient"), nonce=said.text("nonce"), by=officer, at=now
    )
    return JsonResponse({"live_until": until.isoformat()})


def _recipient(request: HttpRequest) -> str:
    return findable(request.GET.get("recipient", ""))


def _after(request: HttpRequest) -> uuid.UUID | None:
    said = request.GET.get("after", "")
    try:
        return uuid.UUID(said) if said else None
    except ValueError as error:
        raise UnreadableRequestError(why="after") from error
