"""Letters and decisions: a form of the country, prefilled from the case, completed on a page."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from arasha.actors import Actor
from arasha.cases import selectors, services
from arasha.cases.errors.documents import FIELD_REFUSED, NoFormError
from arasha.cases.forms.letters import LetterForm
from arasha.cases.letters.prefilled import Known, forms_of_a_case, prefilled, stored_answers
from arasha.cases.models import Case
from arasha.cases.versions import closed
from arasha.engines.documents import FieldError, Form
from arasha.journal import services as journal
from arasha.problems import Problem


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, key: uuid.UUID, form: str, language: str) -> HttpResponse:
    """Complete a letter and keep it: only then it takes a number."""
    viewer, at = Actor.user(request.user.pk), timezone.now()
    case = selectors.find_case(viewer=viewer, key=key)
    if not selectors.may_change(viewer=viewer, case=case, compartment="evidence"):
        raise closed(case)
    chosen = _chosen(form, language)
    known = Known(case=case, form=chosen, language=language, viewer=viewer, at=at)
    page = LetterForm(
        request.POST or None,
        letter=chosen,
        language=language,
        answers=stored_answers(known),
        initial=prefilled(known),
    )
    if request.method == "GET":
        journal.record_reads(viewer=viewer, subjects=[("case", case.key)], at=at)
    if page.is_valid() and _kept(page, case, viewer):
        return redirect("cases:documents", case.key)
    context = {
        "case": case,
        "form": page,
        "letter": chosen,
        "name": chosen.name[language],
        "language": language,
    }
    return render(request, "cases/letter.html", context, status=422 if page.errors else 200)


def _chosen(code: str, language: str) -> Form:
    for form in forms_of_a_case():
        if form.code == code and language in form.name:
            return form
    raise NoFormError


def _kept(page: LetterForm, case: Case, viewer: Actor) -> bool:
    try:
        services.keep_letter(
            case=case,
            form=page.letter.code,
            language=page.letter_language,
            values=page.values(),
            sending=page.cleaned_data["sending"],
            by=viewer,
            at=timezone.now(),
        )
    except FieldError as error:
        reason = str(error).partition(": ")[2]
        page.add_error(error.field, str(FIELD_REFUSED) % {"reason": reason})
        return False
    except Problem as problem:
        page.add_error(None, str(problem))
        return False
    return True
