from django import template
from django.core.paginator import Page, Paginator

register = template.Library()


@register.filter
def page_range(paginator: "Paginator[object]", page: "Page[object]") -> list[int | None]:
    """The numbers to show around a page; None stands for a gap."""
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]
