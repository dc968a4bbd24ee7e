from django import template

from arasha.people.roles import ROLE_NAMES

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    return str(ROLE_NAMES.get(role, role))
