from typing import Any

from django.conf import settings
from django.template import Library
from django.urls import translate_url

register = Library()

# Each language calls itself so; short, as on a door.
SHORT = {"kk": "Қаз", "ru": "Рус", "en": "Eng"}


@register.simple_tag
def is_demo() -> bool:
    return bool(settings.ARASHA_DEMO)


@register.simple_tag(takes_context=True)
def languages(context: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Code, short name and address of this page in each language."""
    here = context["request"].get_full_path()
    return [
        (code, SHORT.get(code, code), translate_url(here, code)) for code, _ in settings.LANGUAGES
    ]
