"""Word of an appeal's state for its writer: the reader opens, sees whether there is a mailbox, and seals."""

import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from arasha.actors import Actor
from arasha.appeals import selectors, services
from arasha.appeals.errors.reader import UnreadableRequestError
from arasha.appeals.models import TEXT, Appeal, Ciphertext
from arasha.appeals.views.reader.session import Said, base64_of, in_session
from arasha.country import local_day


@require_GET
@in_session
def untold(request: HttpRequest, officer: Actor) -> HttpResponse:
    """A page of envelopes whose writers are to hear how far they are."""
    now = timezone.now()
    found = selectors.untold(viewer=officer, after=_after(request), at=now)
    kept = selectors.sealed_of(viewer=officer, appeals=found)
    services.note_looks(appeals=found, by=officer, at=now)
    is_full = len(found) == selectors.TOLD_A_PAGE
    return JsonResponse(
        {
            "untold": [_told(each, kept[each.pk], officer) for each in found if each.pk in kept],
            "next": str(found[-1].pk) if is_full else None,
        }
    )


@require_POST
@in_session
def told(request: HttpRequest, officer: Actor, key: uuid.UUID) -> HttpResponse:
    """Keep the sealed word of a state; without a tag there was no mailbox to tell."""
    said = Said(request)
    tag = said.hexadecimal("tag")
    services.tell_state(
        appeal=selectors.find_appeal(viewer=officer, key=key),
        state=said.text("state"),
        reply=(tag, said.sealed("sealed")) if tag else None,
        by=officer,
        at=timezone.now(),
    )
    return JsonResponse({}, status=201)


def _told(appeal: Appeal, kept: Ciphertext, officer: Actor) -> dict[str, object]:
    day = selectors.next_day(viewer=officer, appeal=appeal, day=local_day(timezone.now()))
    added = selectors.added_headers_of(viewer=officer, appeal=appeal).filter(part=TEXT)
    return {
        "appeal": str(appeal.key),
        "state": appeal.state,
        "next_day": day.isoformat() if day else "",
        "next_reply": selectors.replies_of(viewer=officer, appeal=appeal).count(),
        "envelope": base64_of(kept.envelope),
        "headers": [base64_of(each.header) for each in added],
    }


def _after(request: HttpRequest) -> uuid.UUID | None:
    said = request.GET.get("after", "")
    try:
        return uuid.UUID(said) if said else None
    except ValueError as error:
        raise UnreadableRequestError(why="after") from error
