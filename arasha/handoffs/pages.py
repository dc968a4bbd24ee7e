"""The pages that all crossings share: to pass something on, and to see and answer what was passed."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors import appeals, find_appeal, may_open
from arasha.appeals.selectors.passing import own_body
from arasha.handoffs.crossings import Crossing, waits_for
from arasha.handoffs.forms import ReturnForm
from arasha.journal import services as journal
from arasha.people.models import Institution
from arasha.problems import NotFoundProblem, Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a crossing's page: a question and its answers."""

    label: str
    values: Sequence[str]


def in_hands(request: HttpRequest, key: uuid.UUID) -> tuple[Appeal, Institution]:
    """The appeal and on whose behalf the viewer acts on it. Raises NotFoundProblem."""
    viewer = Actor.user(request.user.pk)
    appeal = find_appeal(viewer=viewer, key=key)
    body = own_body(viewer=viewer, appeal=appeal, at=timezone.now())
    if body is None or not may_open(viewer=viewer, appeal=appeal):
        raise NotFoundProblem
    return appeal, body


def attempt(form: Form, act: Callable[[], T]) -> T | None:
    """What the act made; a refusal is written into the form."""
    try:
        return act()
    except NotFoundProblem:
        raise
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


def pass_on_page(
    request: HttpRequest, template: str, *, appeal: Appeal, form: Form, **more: object
) -> HttpResponse:
    context = {"appeal": appeal, "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def crossing_page(
    request: HttpRequest,
    template: str,
    *,
    crossing: Crossing,
    kind: str,
    role: str | None,
    said: Sequence[Said],
    may_answer: bool,
    bound: Form | None = None,
    **more: object,
) -> HttpResponse:
    """One crossing, what it waits for, and the forms to answer it."""
    viewer, now = Actor.user(request.user.pk), timezone.now()
    if bound is None:
        journal.record_reads(viewer=viewer, subjects=[(kind, crossing.key)], at=now)
    context = {
        "crossing": crossing,
        "kind": kind,
        "said": said,
        "waits_for": waits_for(crossing, viewer=viewer, role=role, at=now),
        "appeal": appeals(viewer=viewer).filter(pk=crossing.appeal_key).first(),
        "may_answer": may_answer,
        "return_form": bound if isinstance(bound, ReturnForm) else ReturnForm(),
        "bound_form": bound,
        "now": now,
        **more,
    }
    return render(request, template, context, status=422 if bound else 200)
