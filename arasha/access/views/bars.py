import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from arasha.access import barring, panels, services
from arasha.access.forms import BarForm
from arasha.access.words import KINDS
from arasha.actors import Actor
from arasha.problems import NotFoundProblem
from arasha.references import Reference


@require_http_methods(["GET", "HEAD", "POST"])
def bars(request: HttpRequest, kind: str, key: uuid.UUID) -> HttpResponse:
    """Keep a colleague with a conflict of interest from a record; who was, and until when."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    if not barring.may_bar(viewer=viewer, kind=kind, key=key, at=now):
        raise NotFoundProblem
    people = barring.colleagues(viewer=viewer, kind=kind, key=key, at=now)
    form = BarForm(request.POST or None, people=people)
    if form.is_valid():
        person = form.cleaned_data["person"]
        services.keep_away(
            record=Reference(kind, key),
            user_key=person.pk,
            reason_code=form.cleaned_data["reason_code"],
            by=viewer,
            at=now,
        )
        # Whoever keeps themselves away does not see this page again.
        return redirect("home") if person == request.user else redirect("access:bars", kind, key)
    found = barring.bars_on(viewer=viewer, kind=kind, key=key, at=now)
    context = {
        "form": form,
        "kind": kind,
        "key": key,
        "kind_name": KINDS[kind],
        "conflicts": panels.conflicts(bars=list(found)),
    }
    return render(request, "access/bars.html", context, status=422 if form.errors else 200)


@require_POST
def lift(request: HttpRequest, kind: str, key: uuid.UUID, bar_key: uuid.UUID) -> HttpResponse:
    """Lift a bar: grants count again."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    bar = barring.bars_on(viewer=viewer, kind=kind, key=key, at=now).filter(pk=bar_key).first()
    if bar is None:
        raise NotFoundProblem
    if bar.lifted_at is None:
        services.let_back(bar=bar, by=viewer, at=now)
    return redirect("access:bars", kind, key)
