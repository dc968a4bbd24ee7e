"""What the pages of an appeal and of the inbox say of small offices."""

from typing import Any

from django import template
from django.utils import timezone

from arasha.access.selectors import grants_on
from arasha.actors import Actor
from arasha.appeals.models import Appeal
from arasha.appeals.selectors.offices import absences
from arasha.country import local_day
from arasha.people.selectors import institutions

register = template.Library()

BY_RULE = ("unopened", "no_officer")


@register.inclusion_tag("appeals/away_now.html", takes_context=True)
def away_now(context: template.Context) -> dict[str, Any]:
    """Who is away today in the viewer's institutions, and who stands in."""
    viewer, today = Actor.user(context["request"].user.pk), local_day(timezone.now())
    return {"absences": absences(viewer=viewer, day=today).filter(from_day__lte=today)}


@register.inclusion_tag("appeals/by_rule.html", takes_context=True)
def passed_by_rule(context: template.Context, appeal: Appeal) -> dict[str, Any]:
    """To which second offices an appeal was opened because nobody opened it, and since when."""
    viewer = Actor.user(context["request"].user.pk)
    grants = grants_on(viewer=viewer, kind="appeal", key=appeal.key)
    given = grants.filter(reason_code__in=BY_RULE, withdrawn_at__isnull=True)
    held = institutions(viewer=viewer).filter(pk__in=given.values("holder_key"))
    names = {each.pk: each for each in held}
    return {"given": [(names[each.holder_key], each) for each in given]}
