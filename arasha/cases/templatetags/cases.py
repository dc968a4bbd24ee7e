import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from arasha.cases.forms import STAGE_NAMES
from arasha.cases.models import Stage
from arasha.country import country
from arasha.country import term as country_term

register = template.Library()

CHECKED_NAMES = {
    "official": _("read in the official text"),
    "secondary": _("read in a copy, not in the official text"),
    "article": _("known only from an article about it"),
    "unverified": _("not verified"),
}


@register.filter
def stage_name(stage: str) -> str:
    return str(STAGE_NAMES[Stage(stage)])


@register.filter
def term(code: str, vocabulary: str) -> str:
    return country_term(vocabulary, code)


@register.filter
def deadline_name(rule: str) -> str:
    return country().deadlines[rule].name.in_(get_language() or "en")


@register.filter
def checked_name(checked: str) -> str:
    return str(CHECKED_NAMES[checked])


@register.filter
def local_date(moment: dt.datetime) -> str:
    """A moment in the country's own time: the day, and the minute a clock of the law ends."""
    return date_format(moment.astimezone(country().timezone), "DATETIME_FORMAT")
