"""The desk's side of the office key: what is carried to the ceremony, and what came of it."""

import uuid
from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from arasha.actors import Actor
from arasha.appeals.forms.ceremonies import CeremonyForm, ExportForm, ProtocolForm
from arasha.appeals.models import Export
from arasha.appeals.selectors import ceremonies as selectors
from arasha.appeals.services import ceremonies as services
from arasha.problems import NotFoundProblem, Problem

MOST = 50


@require_GET
def ceremonies(request: HttpRequest) -> HttpResponse:
    """What was asked for, what waits for a second person, and which ceremonies were held."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    if not selectors.bodies_that_confirm(viewer=viewer, at=now).exists():
        raise NotFoundProblem
    context = {
        "exports": selectors.exports(viewer=viewer, at=now).filter(declined_day=None)[:MOST],
        "protocols": selectors.protocols(viewer=viewer, at=now)[:MOST],
        "may_ask": selectors.bodies_that_export(viewer=viewer, at=now).exists(),
        "oldest": now - selectors.LASTS,
        "viewer_key": request.user.pk,
    }
    return render(request, "appeals/ceremonies.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to carry sealed envelopes to a ceremony."""
    return _typed(request, ExportForm, services.ask_export, {}, ASK)


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Journal the protocol of a ceremony: its hash, days and counts, nobody's name."""
    return _typed(request, ProtocolForm, services.enter_protocol, _known(request), ENTER)


@require_GET
def export(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Where a bell about an export leads: to its place on the page."""
    return redirect(f"{reverse('offices:ceremonies')}#{_export(request, key).key}")


@require_POST
def confirm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Agree, as the second person."""
    viewer = Actor.user(request.user.pk)
    services.confirm_export(export=_export(request, key), by=viewer, at=timezone.now())
    return redirect("offices:ceremonies")


@require_POST
def decline(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Turn an export down."""
    viewer = Actor.user(request.user.pk)
    services.decline_export(export=_export(request, key), by=viewer, at=timezone.now())
    return redirect("offices:ceremonies")


@require_POST
def fetch(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The sealed folder, for who asked, within a day of the confirmation."""
    viewer = Actor.user(request.user.pk)
    packed = services.fetch_export(export=_export(request, key), by=viewer, at=timezone.now())
    return FileResponse(
        packed, as_attachment=True, filename="export.zip", content_type="application/zip"
    )


ASK: dict[str, Promise] = {
    "title": _("Carry sealed appeals to the office key"),
    "lead": _(
        "Only by a written order, and when no officer can open them. A supervisor or another officer must confirm; then you fetch the folder within one day. The appeals stay sealed: nothing opens before the ceremony."
    ),
    "button": _("Ask for it"),
}
ENTER: dict[str, Promise] = {
    "title": _("Enter the protocol of a ceremony"),
    "lead": _(
        "The signed paper stays with your body. Here stand only the day, the reason, the numbers and the hash of the protocol: no name of anybody."
    ),
    "button": _("Enter it"),
}


def _typed(
    request: HttpRequest,
    kind: type[CeremonyForm],
    do: Callable[..., object],
    known: dict[str, object],
    texts: dict[str, Promise],
) -> HttpResponse:
    viewer, now = Actor.user(request.user.pk), timezone.now()
    bodies = selectors.bodies_that_export(viewer=viewer, at=now)
    if not bodies:
        raise NotFoundProblem
    typed = request.POST if request.method == "POST" else None
    form = kind(typed, bodies=bodies, viewer=viewer, at=now, initial=known)
    if form.is_valid():
        try:
            do(by=viewer, at=now, **form.arguments())
            return redirect("offices:ceremonies")
        except Problem as problem:
            form.add_error(None, str(problem))
    context = {"form": form, **texts}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/ceremony_form.html", context, status=status)


def _export(request: HttpRequest, key: uuid.UUID) -> Export:
    mine = selectors.exports(viewer=Actor.user(request.user.pk), at=timezone.now())
    found = mine.filter(pk=key).first()
    if found is None:
        raise NotFoundProblem
    return found


def _known(request: HttpRequest) -> dict[str, object]:
    """What an export already says of its ceremony."""
    try:
        export = _export(request, uuid.UUID(request.GET.get("of", "")))
    except ValueError:
        return {}
    viewer, now = Actor.user(request.user.pk), timezone.now()
    named = selectors.appeals_of(viewer=viewer, ceremony_key=export.key, at=now)
    return {
        "institution": export.institution_id,
        "reason_code": export.reason_code,
        "codes": "\n".join(named.values_list("code", flat=True)),
    }
