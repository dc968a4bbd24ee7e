from django import template

from arasha.access.words import BREAKING_REASONS

register = template.Library()


@register.filter
def breaking_reason(code: str) -> str:
    return str(BREAKING_REASONS.get(code, code))
