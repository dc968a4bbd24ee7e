from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def in_year(years: Mapping[int, int | None], year: int) -> int | None:
    return years.get(year)


@register.filter
def shown(value: int | None) -> str:
    """A number, or the sign for a protected one."""
    return _("c") if value is None else str(value)
