from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.handoffs.appeals_to_cases.selectors import is_referred
from arasha.handoffs.crossings import Answer, WaitsFor
from arasha.handoffs.listing import passed_from
from arasha.places.templatetags.names import in_language

register = template.Library()

ANSWERS = {
    Answer.WAITING: _("Waiting for an answer"),
    Answer.ACCEPTED: _("Accepted"),
    Answer.RETURNED: _("Returned"),
    Answer.REFUSED: _("Refused"),
    Answer.PASSED_ON: _("Passed on without registration"),
    Answer.JOINED: _("Joined to a case"),
}
WAITS = {
    WaitsFor.RECEIVER: _(
        "Waiting for: a receiver. Nobody there can receive it in this system yet."
    ),
    WaitsFor.ANSWER: _("Waiting for: an answer."),
    WaitsFor.NOTHING: "",
}


@register.filter
def answer_name(answer: str) -> str:
    return str(ANSWERS[Answer(answer)])


@register.filter
def waits_name(waits_for: str) -> str:
    return str(WAITS[WaitsFor(waits_for)])


@register.filter
def receiver_name(receiver: Any) -> str:
    return in_language(receiver.name) if receiver else str(_("nobody in this system yet"))


@register.inclusion_tag("handoffs/passed_on.html", takes_context=True)
def passed_on(context: template.Context, appeal: Appeal, may_work: bool) -> dict[str, object]:
    """Where an appeal went, and where it may go from its page."""
    viewer, now = Actor.user(context["request"].user.pk), timezone.now()
    return {
        "appeal": appeal,
        "passed": passed_from(viewer=viewer, appeal_key=appeal.key, at=now),
        "may_pass_on": may_work and appeal.opened_day is not None,
        "may_refer": not appeal.outcome and not is_referred(viewer=viewer, appeal_key=appeal.key),
    }
