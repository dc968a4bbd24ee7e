from django import template
from django.utils.translation import gettext_lazy as _

from arasha.handoffs.appeals_to_cases.models import Answer

register = template.Library()

ANSWER_NAMES = {
    Answer.WAITING: _("Waiting for an answer"),
    Answer.ACCEPTED: _("Accepted"),
    Answer.REFUSED: _("Refused"),
}


@register.filter
def answer_name(answer: str) -> str:
    return str(ANSWER_NAMES[Answer(answer)])
