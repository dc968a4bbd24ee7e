"""Every act of an officer on an appeal: one line in a table, one small page, one service."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from arasha.actors import Actor
from arasha.appeals import forms, selectors, services
from arasha.appeals.models import Appeal
from arasha.country import local_day
from arasha.problems import NotFoundProblem, Problem

Rows = Callable[..., QuerySet[Model]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """`rows`: the act is on one of these, handed to `do` as the argument `row`."""

    title: Promise
    button: Promise
    do: Callable[..., object]
    form: type[forms.ActForm] = forms.ConfirmForm
    lead: Promise | str = ""
    row: str = ""
    rows: Rows = selectors.terms


ACTS: dict[str, Act] = {
    "take": Act(
        title=_("Take this appeal in hand"),
        button=_("Take it"),
        lead=_(
            "Your colleagues see that you look after it. It stays open to all readers of the set."
        ),
        do=services.take,
    ),
    "give-back": Act(
        title=_("Give this appeal back"),
        button=_("Give it back"),
        lead=_("Nobody has it in hand any more."),
        do=services.give_back,
    ),
    "classify": Act(
        title=_("Note what it is about"),
        button=_("Save"),
        lead=_("This is all that the server and the figures ever know of what the appeal says."),
        form=forms.RecordForm,
        do=services.classify,
    ),
    "ask-body": Act(
        title=_("Ask the body complained of"),
        button=_("Enter the request"),
        lead=_(
            "Enter what left and by when an answer is due. Never quote the person here: the words of the letter stay in the reader."
        ),
        form=forms.AskBodyForm,
        do=services.ask_body,
    ),
    "body-answer": Act(
        title=_("Enter the body's answer"),
        button=_("Enter the answer"),
        form=forms.AnswerForm,
        do=services.register_answer,
        row="request",
        rows=selectors.requests,
    ),
    "number": Act(
        title=_("Enter a number of another body"),
        button=_("Enter the number"),
        lead=_("The list finds the appeal by it, in any spacing and either alphabet."),
        form=forms.NumberForm,
        do=services.add_number,
    ),
    "suspend": Act(
        title=_("Let a term stand still"),
        button=_("Let it stand still from today"),
        form=forms.SuspensionForm,
        do=services.suspend,
        row="term",
    ),
    "resume": Act(
        title=_("Let a term go on"),
        button=_("Let it go on from today"),
        lead=_("The day moves by the time for which it stood still."),
        do=services.resume,
        row="term",
    ),
    "extend": Act(
        title=_("Make a term longer"),
        button=_("Make it longer"),
        lead=_(
            "Only before it has run out, and once for each reason. The rules of the country name no longest extension."
        ),
        form=forms.ExtensionForm,
        do=services.extend,
        row="term",
    ),
    "watch": Act(
        title=_("Watch for reprisals"),
        button=_("Begin the watch"),
        lead=_(
            "In 7, 30 and 90 days somebody asks whether the person is safe. What the risk is, write as a sealed note in the reader: the server keeps only the days."
        ),
        do=services.open_watch,
    ),
    "check-back": Act(
        title=_("Enter what you found when asking back"),
        button=_("Enter it"),
        form=forms.CheckBackForm,
        do=services.answer_check_back,
        row="check_back",
        rows=selectors.check_backs,
    ),
    "withdrawal": Act(
        title=_("The person asked to withdraw"),
        button=_("Note the request"),
        lead=_(
            "This ends nothing by itself. Who was tortured is often made to withdraw: an appeal about torture or ill-treatment goes on."
        ),
        do=services.ask_withdrawal,
    ),
    "close": Act(
        title=_("Enter the outcome"),
        button=_("End the appeal"),
        form=forms.CloseForm,
        do=services.close,
    ),
    "reopen": Act(
        title=_("Open this appeal again"),
        button=_("Open it again"),
        lead=_("How it ended before stays on record."),
        form=forms.ReopenForm,
        do=services.reopen,
    ),
    "erase": Act(
        title=_("Ask to destroy this appeal"),
        button=_("Ask for it"),
        lead=_(
            "A second officer must agree. Then the sealed text, its attachments, notes and replies and every salt are destroyed; the code, the days, the category and the outcome stay. Copies in backups live until those backups are deleted. What was passed on to other bodies stays with them."
        ),
        form=forms.ErasureForm,
        do=services.ask_erasure,
    ),
    "agree": Act(
        title=_("Agree to destroy this appeal"),
        button=_("Destroy it"),
        lead=_("This cannot be undone. Another officer asked for it; you are the second."),
        do=services.confirm_erasure,
        row="erasure",
        rows=selectors.erasures_of,
    ),
    "keep": Act(
        title=_("Keep this appeal"),
        button=_("Keep it"),
        lead=_("The request to destroy it is turned down."),
        do=services.decline_erasure,
        row="erasure",
        rows=selectors.erasures_of,
    ),
}


@require_http_methods(["GET", "POST"])
def act(
    request: HttpRequest, key: uuid.UUID, name: str, row_key: uuid.UUID | None = None
) -> HttpResponse:
    """Do one act on an appeal; a refusal keeps what was typed."""
    viewer, today = Actor.user(request.user.pk), local_day(timezone.now())
    appeal = selectors.find_appeal(viewer=viewer, key=key)
    if name not in ACTS or not selectors.may_work(viewer=viewer, appeal=appeal):
        raise NotFoundProblem
    chosen = ACTS[name]
    about = _about(chosen, appeal, row_key, viewer)
    form = chosen.form(
        request.POST if request.method == "POST" else None,
        appeal=appeal,
        viewer=viewer,
        today=today,
    )
    status = _done(chosen, form, about, viewer) if form.is_valid() else 422
    if status == DONE:
        return redirect("appeals:appeal", key=appeal.key)
    context = {"appeal": appeal, "act": chosen, "form": form}
    shown_status = status if form.is_bound else 200
    return render(request, "appeals/act.html", context, status=shown_status)


def offered(appeal: Appeal) -> list[tuple[str, Promise]]:
    """The acts that make sense in the appeal's state; the service has the last word."""
    names: list[str] = []
    if appeal.erased_day:
        return []
    if appeal.opened_day:
        names += ["classify"]
    names += ["give-back" if appeal.handler else "take"] if appeal.waits else []
    if appeal.opened_day:
        names += ["ask-body", "watch", "number"]
        names += ["reopen", "erase"] if appeal.outcome else ["withdrawal", "close"]
    return [(name, ACTS[name].title) for name in names]


DONE = 0


def _about(
    chosen: Act, appeal: Appeal, row_key: uuid.UUID | None, viewer: Actor
) -> dict[str, object]:
    """The appeal or its row that the service takes. Raises NotFoundProblem."""
    if not chosen.row:
        return {"appeal": appeal}
    found = chosen.rows(viewer=viewer, appeal=appeal).filter(pk=row_key).first()
    if found is None:
        raise NotFoundProblem
    return {chosen.row: found}


def _done(chosen: Act, form: forms.ActForm, about: dict[str, object], viewer: Actor) -> int:
    """DONE, or the status of the refusal, which then stands in the form."""
    try:
        chosen.do(by=viewer, at=timezone.now(), **about, **form.cleaned_data)
    except Problem as problem:
        form.add_error(None, str(problem))
        return problem.status
    return DONE
