"""What an officer writes after reading: sealed notes and replies, new readers, what figures may see."""

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from arasha.actors import Actor
from arasha.appeals import selectors, services
from arasha.appeals.errors.reader import UnreadableRequestError
from arasha.appeals.views.reader.session import Said, in_session
from arasha.country import country
from arasha.people.models import Institution
from arasha.people.selectors import institutions
from arasha.places.models import Place
from arasha.places.selectors import places
from arasha.problems import NotFoundProblem

MOST_PARTS = 42  # the text, the card, and as many attachments as an appeal may have


@require_POST
@in_session
def notes(request: HttpRequest, officer: Actor, key: uuid.UUID) -> HttpResponse:
    said = Said(request)
    made = services.add_note(
        appeal=selectors.find_appeal(viewer=officer, key=key),
        kind=said.text("kind"),
        sealed=said.sealed("sealed"),
        by=officer,
        at=timezone.now(),
    )
    return JsonResponse({"note": str(made.key)}, status=201)


@require_POST
@in_session
def replies(request: HttpRequest, officer: Actor, key: uuid.UUID) -> HttpResponse:
    said = Said(request)
    made = services.add_reply(
        appeal=selectors.find_appeal(viewer=officer, key=key),
        tag=said.hexadecimal("tag"),
        sealed=said.sealed("sealed"),
        shown=said.text("shown"),
        by=officer,
        at=timezone.now(),
    )
    return JsonResponse({"reply": str(made.key)}, status=201)


@require_POST
@in_session
def headers_of(request: HttpRequest, officer: Actor, key: uuid.UUID) -> HttpResponse:
    said = Said(request)
    services.add_own_headers(
        appeal=selectors.find_appeal(viewer=officer, key=key),
        headers=said.sealed_by_part("headers", most=MOST_PARTS),
        set_code=said.text("set"),
        by=officer,
        at=timezone.now(),
    )
    return JsonResponse({}, status=201)


@require_POST
@in_session
def recorded(request: HttpRequest, officer: Actor, key: uuid.UUID) -> HttpResponse:
    """Note what the appeal is about, in the words of the country."""
    said = Said(request)
    found = selectors.find_appeal(viewer=officer, key=key)
    if not selectors.may_write(viewer=officer, appeal=found):
        raise NotFoundProblem
    services.classify(
        appeal=found,
        category=_term("appeal_categories", said.text("category"), "category"),
        urgency=_term("urgencies", said.text("urgency"), "urgency"),
        place=_place(officer, said.text("place")),
        accused_body=_body(officer, said.text("accused_body")),
        by=officer,
        at=timezone.now(),
    )
    return JsonResponse({})


def _term(vocabulary: str, code: str, field: str) -> str:
    if code and code not in country().vocabularies[vocabulary].terms:
        raise UnreadableRequestError(why=field)
    return code


def _place(officer: Actor, code: str) -> Place | None:
    if not code:
        return None
    found = places(viewer=officer).filter(code=code).first()
    if found is None:
        raise UnreadableRequestError(why="place")
    return found


def _body(officer: Actor, code: str) -> Institution | None:
    if not code:
        return None
    found = institutions(viewer=officer).filter(code=code).first()
    if found is None:
        raise UnreadableRequestError(why="accused_body")
    return found
