import datetime as dt

from django import template
from django.core.paginator import Page, Paginator

from arasha.desk import agenda

register = template.Library()


@register.filter
def due_in_words(due_at: dt.datetime, now: dt.datetime) -> str:
    """How far it is."""
    return agenda.due_in_words(due_at, now=now)


@register.filter
def page_range(paginator: "Paginator[object]", page: "Page[object]") -> list[int | None]:
    """The numbers to show around a page; None stands for a gap."""
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
