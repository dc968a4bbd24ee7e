"""The inbox's title cards, one appeal with all that was sealed about it, and its files."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from arasha.actors import Actor
from arasha.appeals import selectors, services
from arasha.appeals.errors.reader import UnreadableRequestError
from arasha.appeals.models import CARD, TEXT, AddedHeader, Appeal, Ciphertext
from arasha.appeals.recording import record
from arasha.appeals.selectors import duty
from arasha.appeals.uploads import arriving
from arasha.appeals.views.reader.session import base64_of, in_session
from arasha.country import country, local_day
from arasha.engines import sealing
from arasha.journal.folder import LogFolder
from arasha.journal.proofs import Receipts
from arasha.journal.selectors import leaf_text
from arasha.problems import NotFoundProblem


@require_GET
@in_session
def cards(request: HttpRequest, officer: Actor) -> HttpResponse:
    """A page of title cards with what the desk knows of each appeal, the oldest that waits first."""
    now = timezone.now()
    found = selectors.cards(
        viewer=officer,
        only_waiting=request.GET.get("state", "open") != "all",
        after=_cursor(request),
        at=now,
    )
    services.note_fetch(what="cards", by=officer, at=now)
    kept = selectors.sealed_of(viewer=officer, appeals=found)
    added = selectors.card_headers_of(viewer=officer, appeals=found)
    today = local_day(now)
    is_full = len(found) == selectors.CARDS_A_PAGE
    return JsonResponse(
        {
            "cards": [
                _card(each, kept.get(each.pk), added.get(each.pk, []), today) for each in found
            ],
            "next": str(selectors.Cursor.of(found[-1])) if is_full else None,
        }
    )


@require_GET
@in_session
def appeal(request: HttpRequest, officer: Actor, key: uuid.UUID) -> HttpResponse:
    """Hand over one appeal: it counts as opened."""
    now = timezone.now()
    found = selectors.find_appeal(viewer=officer, key=key)
    opened = services.open_appeal(appeal=found, by=officer, at=now)
    kept = selectors.sealed_of(viewer=officer, appeals=[opened]).get(opened.pk)
    if kept is None:
        raise NotFoundProblem
    return JsonResponse(_whole(opened, kept, officer=officer, at=now))


@require_GET
@in_session
def coded(request: HttpRequest, officer: Actor, code: str) -> HttpResponse:
    """Which appeal has a code, as far as the officer may see it: another one went on with it."""
    found = selectors.appeals(viewer=officer).filter(code=code).first()
    if found is None:
        raise NotFoundProblem
    return JsonResponse({"appeal": str(found.key)})


@require_http_methods(["GET", "PUT"])
@in_session
def attachment(
    request: HttpRequest, officer: Actor, key: uuid.UUID, sha256: str
) -> HttpResponseBase:
    """Hand over a sealed file as it came, or take the scan of an appeal on paper."""
    found = selectors.find_appeal(viewer=officer, key=key)
    if request.method == "PUT":
        return _take_scan(request, found, sha256, officer)
    kept = selectors.attachments_of(viewer=officer, appeal=found).filter(sha256=sha256).first()
    if kept is None:
        raise NotFoundProblem
    record("appeal.file_fetched", found.key, by=officer, at=timezone.now())
    return FileResponse(kept.file.open(), content_type="application/octet-stream")


def _take_scan(
    request: HttpRequest, appeal: Appeal, announced: str, officer: Actor
) -> HttpResponse:
    with arriving(request, sha256=announced) as file:
        kept = services.keep_scan(
            appeal=appeal, sha256=announced, file=file, by=officer, at=timezone.now()
        )
    return JsonResponse({"kept": kept.sha256})


def _cursor(request: HttpRequest) -> selectors.Cursor | None:
    """Behind which appeal the page begins."""
    said = request.GET.get("after", "")
    try:
        return selectors.Cursor.parse(said) if said else None
    except ValueError as error:
        raise UnreadableRequestError(why="after") from error


def _card(
    appeal: Appeal, kept: Ciphertext | None, added: Sequence[AddedHeader], today: dt.date
) -> dict[str, object]:
    header, payload = sealing.split(bytes(kept.envelope)) if kept else (b"", b"")
    return {
        "appeal": str(appeal.key),
        "code": appeal.code,
        "set": appeal.recipient_set_id,
        "card": base64_of(kept.card) if kept else None,
        "headers": _in_base64(added),
        "received_on": appeal.received_day.isoformat(),
        "answer_by": _iso(appeal.answer_by_day),
        "state": appeal.state,
        "late": bool(appeal.waits and appeal.answer_by_day and appeal.answer_by_day < today),
        "header_hash": sha256(header).hexdigest() if kept else None,
        "payload_hash": sha256(payload).hexdigest() if kept else None,
    }


def _whole(
    appeal: Appeal, kept: Ciphertext, *, officer: Actor, at: dt.datetime
) -> dict[str, object]:
    files = selectors.attachments_of(viewer=officer, appeal=appeal)
    notes = selectors.notes_of(viewer=officer, appeal=appeal)
    replies = list(selectors.replies_of(viewer=officer, appeal=appeal))
    added = _by_part(selectors.added_headers_of(viewer=officer, appeal=appeal))
    names = selectors.names_of(viewer=officer, keys={each.by_key for each in notes})
    return {
        "appeal": str(appeal.key),
        "set": appeal.recipient_set_id,
        "leaf": leaf_text(viewer=officer, leaf_hash=bytes(appeal.leaf_hash)),
        "envelope": base64_of(kept.envelope),
        "card": base64_of(kept.card),
        "headers": _in_base64(added[TEXT]),
        "card_headers": _in_base64(added[CARD]),
        "code": appeal.code,
        "state": appeal.state,
        "attachments": [
            {
                "sha256": each.sha256,
                "size": each.size,
                "headers": _in_base64(added[each.sha256]),
            }
            for each in files
        ],
        "notes": [
            {
                "key": str(each.key),
                "on": each.on_day.isoformat(),
                "by": names.get(each.by_key, ""),
                "sealed": base64_of(each.sealed),
            }
            for each in notes
        ],
        "replies": [
            {"on": each.on_day.isoformat(), "shown": each.shown, "state": each.state}
            for each in replies
        ],
        "next_reply": len(replies),
        "next_day": _iso(selectors.next_day(viewer=officer, appeal=appeal, day=local_day(at))),
        "recorded": {
            "category": appeal.category,
            "urgency": appeal.urgency,
            "place": appeal.place.code if appeal.place else "",
            "accused_body": appeal.accused_body.code if appeal.accused_body else "",
        },
        "call": _call(officer, appeal),
        "recipients": selectors.readers_now(viewer=officer, appeal=appeal, at=at),
        "told": selectors.told_names(viewer=officer, appeal=appeal),
        "proof": _proof(appeal),
        "back": settings.ARASHA_DESK_URL + reverse("appeals:appeal", args=[appeal.key]),
    }


def _call(officer: Actor, appeal: Appeal) -> dict[str, str] | None:
    """Since when somebody waits for help, by the country's clock; None for what is no call to a duty line."""
    found = duty.call_of(viewer=officer, appeal=appeal)
    if found is None:
        return None
    came = found.received_at.astimezone(country().timezone)
    return {"on": came.date().isoformat(), "at": came.strftime("%H:%M")}


def _proof(appeal: Appeal) -> str | None:
    """The receipt, for the bag that an officer takes out; None before its epoch is published."""
    return Receipts(LogFolder(settings.ARASHA_LOG_DIR)).proof_of_code(appeal.code)


def _by_part(headers: Iterable[AddedHeader]) -> defaultdict[str, list[AddedHeader]]:
    found = defaultdict[str, list[AddedHeader]](list)
    for each in headers:
        found[each.part].append(each)
    return found


def _in_base64(headers: Iterable[AddedHeader]) -> list[str | None]:
    return [base64_of(each.header) for each in headers]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
