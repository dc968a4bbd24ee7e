from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from arasha.cases import scenario as scenarios
from arasha.cases.scenario_form import ScenarioForm
from arasha.country import local_day


@require_safe
def another_day(request: HttpRequest) -> HttpResponse:
    """The public page of the law within the desk: what is asked of a case leaves by no other door."""
    return page(request, base="desk/base.html")


def page(request: HttpRequest, *, base: str) -> HttpResponse:
    """The question that stands in the address, and its answer."""
    today = local_day(timezone.now())
    form = ScenarioForm(request.GET or None, today=today)
    said = None
    if form.is_valid():
        said = scenarios.answered(facts=form.cleaned_data, language=get_language() or "en")
    context = {"base": base, "form": form, "said": said, "today": today}
    return render(request, "cases/scenario.html", context, status=422 if form.errors else 200)
