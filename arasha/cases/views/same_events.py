import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from arasha.actors import Actor
from arasha.cases import selectors, services
from arasha.cases.forms.people import SameEventForm
from arasha.cases.models import SameEvent
from arasha.cases.people_panel import in_words
from arasha.cases.versions import closed
from arasha.journal import services as journal
from arasha.problems import Problem


@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, key: uuid.UUID, pair: uuid.UUID) -> HttpResponse:
    """Two cases side by side, and whether they tell of one event."""
    viewer = Actor.user(request.user.pk)
    case = selectors.find_case(viewer=viewer, key=key)
    row = selectors.find_pair(viewer=viewer, case=case, key=pair)
    if case.erased_at is not None:
        raise closed(case)
    form = SameEventForm(request.POST or None)
    if form.is_valid() and _settled(form, row, viewer):
        return redirect("cases:case", key=case.key)
    subjects = [("case", case.key), ("case", row.other.key)]
    journal.record_reads(viewer=viewer, subjects=subjects, at=timezone.now())
    context = {
        "case": case,
        "pair": row,
        "reasons": in_words(row),
        "told": [
            (each, selectors.allegations(viewer=viewer, case=each)) for each in (case, row.other)
        ],
        "form": form,
    }
    return render(request, "cases/same_event.html", context, status=422 if form.errors else 200)


def _settled(form: SameEventForm, pair: SameEvent, viewer: Actor) -> bool:
    try:
        services.settle(pair=pair, by=viewer, at=timezone.now(), **form.cleaned_data)
    except Problem as problem:
        form.add_error(None, str(problem))
        return False
    return True
