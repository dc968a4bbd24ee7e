"""The pages that all crossings share: to pass something on, and to see and answer what was passed."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors import appeals, find_appeal, may_open
from arasha.appeals.selectors.passing import own_body
from arasha.country import term
from arasha.handoffs.crossings import Answer, waits_for
from arasha.handoffs.forms import ReturnForm
from arasha.handoffs.kinds import Kind, Row
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.problems import NotFoundProblem, Problem

T = TypeVar("T")
F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a crossing's page: a question and its answers."""

    label: str | Promise
    values: Sequence[str]


def in_hands(request: HttpRequest, key: uuid.UUID) -> tuple[Appeal, Institution]:
    """The appeal and on whose behalf the viewer acts on it. Raises NotFoundProblem."""
    viewer = Actor.user(request.user.pk)
    appeal = find_appeal(viewer=viewer, key=key)
    body = own_body(viewer=viewer, appeal=appeal, at=timezone.now())
    if body is None or not may_open(viewer=viewer, appeal=appeal):
        raise NotFoundProblem
    return appeal, body


def place_of(appeal: Appeal) -> dict[str, str]:
    """What a form about a place begins with: the place that was recorded of the appeal."""
    return {"place": appeal.place.code} if appeal.place else {}


def attempt(form: Form, act: Callable[[], T]) -> T | None:
    """What a whole form's act made; a refusal is written into the form."""
    if not form.is_valid():
        return None
    try:
        return act()
    except NotFoundProblem:
        raise
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


def answer(
    request: HttpRequest,
    key: uuid.UUID,
    form: Form,
    *,
    kind: Kind[Row],
    act: Callable[..., T],
    page: Callable[[HttpRequest, Row, Form], HttpResponse],
    then: Callable[[T], str] | None = None,
) -> HttpResponse:
    """Let the receiver answer with what the form says; `then` leads elsewhere than to `page`."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    crossing = kind.find(viewer=viewer, key=key)
    if not kind.may_write(viewer=viewer, crossing=crossing):
        raise NotFoundProblem
    made = attempt(form, lambda: act(crossing=crossing, by=viewer, at=now, **form.cleaned_data))
    if made is None:
        return page(request, kind.find(viewer=viewer, key=key), form)
    return redirect(then(made) if then else kind.url(crossing))


def pass_on(
    request: HttpRequest,
    template: str,
    *,
    kind: Kind[Row],
    appeal: Appeal,
    form: Form,
    act: Callable[[], Row],
    **more: object,
) -> HttpResponse:
    """Pass an appeal on as the form says, and lead to what was made; else ask."""
    made = attempt(form, act)
    if made is not None:
        return redirect(kind.url(made))
    context = {"appeal": appeal, "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def crossing_page(
    request: HttpRequest,
    template: str,
    *,
    kind: Kind[Row],
    crossing: Row,
    said: Sequence[Said],
    bound: Form | None,
    **more: object,
) -> HttpResponse:
    """One crossing, what it waits for, and the forms to answer it."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    if bound is None:
        journal.record_reads(viewer=viewer, subjects=[(kind.code, crossing.key)], at=now)
    waits = crossing.answer == Answer.WAITING
    context = {
        "crossing": crossing,
        "kind": kind,
        "said": [*said, *_why(kind, crossing)],
        "waits_for": waits_for(crossing, viewer=viewer, role=kind.answers, at=now),
        "appeal": appeals(viewer=viewer).filter(pk=crossing.appeal_key).first(),
        "may_answer": waits and kind.may_write(viewer=viewer, crossing=crossing),
        "return_form": typed(bound, ReturnForm) or ReturnForm(),
        "bound_form": bound,
        "now": now,
        **more,
    }
    return render(request, template, context, status=422 if bound else 200)


def typed(bound: Form | None, form: type[F]) -> F | None:
    """The form that was sent, if it is of this kind."""
    return bound if isinstance(bound, form) else None


def _why(kind: Kind[Row], crossing: Row) -> list[Said]:
    label, vocabulary = kind.reasons.get(crossing.answer, kind.reason)
    code = crossing.reason_code
    return [Said(label, [term(vocabulary, code)])] if code else []
