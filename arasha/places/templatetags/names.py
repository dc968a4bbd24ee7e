from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def in_language(name: Mapping[str, str]) -> str:
    """The reader's language out of a name in several; else the first one there is."""
    words = name.get(get_language() or "")
    return words or next((other for other in name.values() if other), "")
