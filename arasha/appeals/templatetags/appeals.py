import datetime as dt

from django import template

from arasha.appeals.forms import STATE_NAMES
from arasha.appeals.models import State
from arasha.engines.notes import grouped

register = template.Library()


@register.filter
def in_fours(code: str) -> str:
    """A filing code as it stands on the slip."""
    return grouped(code)


@register.filter
def days_before(day: dt.date, today: dt.date) -> int:
    """How many days ago."""
    return (today - day).days


@register.filter
def state_name(state: str) -> str:
    return str(STATE_NAMES[State(state)])
