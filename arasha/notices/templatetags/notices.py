from django import template

from arasha.actors import Actor
from arasha.notices.models import Notice
from arasha.notices.selectors import open_notices
from arasha.notices.words import words_for

register = template.Library()


@register.inclusion_tag("notices/bell.html", takes_context=True)
def bell(context: template.RequestContext) -> dict[str, int]:
    """The bell in the head of every desk page: how many notices wait."""
    return {"count": open_notices(viewer=Actor.user(context["request"].user.pk)).count()}


@register.filter
def in_words(notice: Notice) -> str:
    return words_for(notice.kind)
